package dev.gantry.explain.log;

import dev.gantry.oci.Bytes;
import dev.gantry.oci.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which kind of registry a host in a log is, by its name alone: the well-known services exactly,
 * self-hosted ones by a word that people put into the name. Data in {@code hosts.json}.
 */
public final class Hosts {
  private record Rule(
      String kind,
      List<String> is,
      List<String> ends,
      List<String> has,
      int least,
      int most,
      Optional<Pattern> owner) {

    boolean named(String name) {
      return is.contains(name) || ends.stream().anyMatch(name::endsWith);
    }
  }

  /** Words in a host's name that stand only in those of a provider's service. */
  private static final List<String> OF_PROVIDERS = List.of(".dkr.ecr", ".dkr-ecr.", ".pkg.coding.");

  private static final List<Rule> RULES = load();

  private Hosts() {}

  /** The kind's id, as in the registry book. */
  public static Optional<String> kind(String host) {
    var name = portless(host);
    return RULES.stream()
        .filter(rule -> rule.named(name) || rule.has().stream().anyMatch(name::contains))
        .map(Rule::kind)
        .filter(kind -> !kind.isEmpty())
        .findFirst();
  }

  /** The host of a kind that lives at one place only; empty for software that many run. */
  public static Optional<String> only(String kind) {
    return RULES.stream()
        .filter(rule -> rule.kind().equals(kind) && rule.ends().isEmpty() && rule.has().isEmpty())
        .flatMap(rule -> rule.is().stream())
        .findFirst();
  }

  /** Whether a provider runs the host for everybody; any other is its owner's to set up. */
  public static boolean ofProvider(String host) {
    var name = portless(host);
    return RULES.stream().anyMatch(rule -> rule.named(name))
        || OF_PROVIDERS.stream().anyMatch(name::contains);
  }

  private static String portless(String host) {
    var port = host.indexOf(':');
    return port < 0 ? host : host.substring(0, port);
  }

  /** How many path segments a reference of this kind needs at least behind the host. */
  public static int leastSegments(String kind) {
    return RULES.stream()
        .filter(rule -> rule.kind().equals(kind))
        .mapToInt(Rule::least)
        .findFirst()
        .orElse(1);
  }

  /** How many path segments this kind takes at most. */
  public static int mostSegments(String kind) {
    return RULES.stream()
        .filter(rule -> rule.kind().equals(kind))
        .mapToInt(Rule::most)
        .findFirst()
        .orElse(Integer.MAX_VALUE);
  }

  /** Whether an account of this kind can have that name; a masked part counts as allowed. */
  public static boolean owner(String kind, String name) {
    return name.contains("*")
        || RULES.stream()
            .filter(rule -> rule.kind().equals(kind))
            .findFirst()
            .flatMap(Rule::owner)
            .map(owner -> owner.matcher(name).matches())
            .orElse(true);
  }

  private static List<Rule> load() {
    try (var in = Hosts.class.getResourceAsStream("/dev/gantry/explain/hosts.json")) {
      if (in == null) {
        throw new IllegalStateException("hosts.json is missing from the jar");
      }
      return Json.parseObject(Bytes.of(in.readAllBytes()))
          .array("hosts")
          .orElseThrow()
          .objects()
          .stream()
          .map(Hosts::rule)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Rule rule(Json.Obj json) {
    return new Rule(
        json.needText("kind"),
        texts(json, "is"),
        texts(json, "ends"),
        texts(json, "has"),
        json.number("least").orElse(1L).intValue(),
        json.number("most").orElse((long) Integer.MAX_VALUE).intValue(),
        json.text("owner").map(Pattern::compile));
  }

  private static List<String> texts(Json.Obj json, String name) {
    return json.array(name).map(Json.Arr::texts).orElse(List.of());
  }
}
