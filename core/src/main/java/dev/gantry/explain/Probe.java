package dev.gantry.explain;

import dev.gantry.explain.log.Facts;
import dev.gantry.explain.log.Hosts;
import dev.gantry.oci.Json;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request that would tell two causes apart. It is a value: the front door carries it out.
 *
 * @param host the registry's name; empty where it is not known
 * @param path the repository the failure was about; empty where it is not known
 * @param tag the tag or digest it was about; empty where it is not known
 * @param yes the cause that speaks for itself when the request is accepted; may be empty
 * @param no the cause that speaks for itself when it is refused; may be empty
 */
public record Probe(Kind kind, String host, String path, String tag, String yes, String no) {

  /** What is asked. */
  public enum Kind {
    /**
     * Opens an upload under a fresh name beside the repository, with the same credentials. An
     * opened upload creates nothing (GHCR, Docker Hub, distribution); where it would, as on GitLab,
     * Quay and zot, it is not to be made.
     */
    OPEN_UPLOAD_BESIDE(true),
    /** Opens an upload in the repository itself, to hear the reason that a tool did not print. */
    OPEN_UPLOAD(true),
    /** Asks the token endpoint for push and pull, and reads what it grants and when. */
    TOKEN(true),
    /** Asks who we are: GET /v2/ with the credentials. */
    SIGN_IN(true),
    /** Asks for a tag's manifest and, of an index, for each child. */
    MANIFEST(false),
    /** Asks for the tag's manifest, without credentials. */
    LOOK(false),
    /** Asks GET /v2/ without credentials: is a registry there at all? */
    PING(false);

    private final boolean signed;

    Kind(boolean signed) {
      this.signed = signed;
    }

    /** Whether it says nothing without credentials. */
    public boolean needsCredentials() {
      return signed;
    }

    /** Whether it is about one repository and not about the registry as a whole. */
    public boolean needsPath() {
      return this != SIGN_IN && this != PING;
    }

    /** As it stands in data files and JSON. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** A reference with its host, or the one that "manifest for" is about; never part of a URL. */
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?:(?<![\\w./-])|manifest for )((?:[a-z0-9-]{1,63}\\.){1,6}[a-z]{2,20}(?::\\d{2,5})?"
              + "/[a-z0-9._/-]{1,200}|(?<=manifest for )[a-z0-9._/-]{1,200})"
              + "(?::(\\w[\\w.-]{0,127})|@(sha256:[0-9a-f]{64}))?");

  /**
   * A probe with its blanks filled.
   *
   * @param text the line it is about, which names what was looked for in vain; what is pushed may
   *     be another
   */
  static Probe of(Json.Obj json, Facts facts, String text) {
    var kind = Kind.valueOf(json.needText("kind").toUpperCase(Locale.ROOT).replace('-', '_'));
    var yes = json.text("yes").orElse("");
    var no = json.text("no").orElse("");
    var named = REFERENCE.matcher(text);
    if ((kind == Kind.LOOK || kind == Kind.MANIFEST) && named.find()) {
      var name = named.group(1);
      var slash = name.indexOf('/');
      var hosted = slash > 0 && name.substring(0, slash).contains(".");
      return new Probe(
          kind,
          hosted ? name.substring(0, slash) : "docker.io",
          hosted ? name.substring(slash + 1) : name,
          Objects.requireNonNullElse(
              named.group(2), Objects.requireNonNullElse(named.group(3), "")),
          yes,
          no);
    }
    return new Probe(
        kind,
        host(facts).orElse(""),
        path(facts).orElse(""),
        facts.first("ref").map(Probe::tag).filter(Probe::clear).orElse(""),
        yes,
        no);
  }

  /** A kind that lives at one place tells the host where that is masked or left out. */
  private static Optional<String> host(Facts facts) {
    return facts.all("host").stream()
        .filter(Probe::clear)
        .findFirst()
        .or(() -> facts.first("registry").flatMap(Hosts::only));
  }

  private static Optional<String> path(Facts facts) {
    return facts
        .first("scope-repository")
        .or(() -> facts.first("url-repository"))
        .or(() -> facts.first("path"))
        .filter(Probe::clear);
  }

  /** Masks and variables are no names. */
  private static boolean clear(String text) {
    return !text.isEmpty() && text.chars().noneMatch(c -> "*$<>{}".indexOf(c) >= 0);
  }

  private static String tag(String reference) {
    var at = reference.indexOf('@');
    if (at >= 0) {
      return reference.substring(at + 1);
    }
    var colon = reference.lastIndexOf(':');
    return colon > reference.lastIndexOf('/') ? reference.substring(colon + 1) : "";
  }
}
