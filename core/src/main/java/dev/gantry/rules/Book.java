package dev.gantry.rules;

import dev.gantry.oci.Bytes;
import dev.gantry.oci.Json;
import dev.gantry.oci.Malformed;
import dev.gantry.oci.Registry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The registry book as it is shipped: kinds of registries, the hosts they live at, and their rules.
 * The index is read when the book is opened, a kind when it is first asked for.
 */
public final class Book {
  /** The kind of a registry of which nothing more is known. */
  public static final String PLAIN = "oci";

  private final Map<String, Kind> kinds;
  private final List<Misspelt> misspelt;
  private final Map<String, RegistryRules> read = new ConcurrentHashMap<>();

  private Book(Map<String, Kind> kinds, List<Misspelt> misspelt) {
    this.kinds = kinds;
    this.misspelt = List.copyOf(misspelt);
  }

  /**
   * One kind in the index.
   *
   * @param aliases other words for it in a team's registries file
   */
  public record Kind(String name, List<String> aliases, List<Host> hosts) {
    public Kind {
      aliases = List.copyOf(aliases);
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * Hosts at which a kind lives.
   *
   * @param pattern over the whole host name, without a port
   * @param pullOnly whether nothing can be pushed there
   * @param instead the name to use now, where these are old names
   */
  public record Host(
      Pattern pattern,
      List<String> examples,
      boolean pullOnly,
      Optional<String> instead,
      Optional<String> note,
      Backing backing) {
    public Host {
      examples = List.copyOf(examples);
    }
  }

  /** A host that people write when they mean another. */
  public record Misspelt(String host, String meant, Backing backing) {}

  /** Opens the book on the class path. */
  public static Book open() {
    var index = file("index");
    var kinds = new LinkedHashMap<String, Kind>();
    for (var json : index.array("kinds").orElse(new Json.Arr(List.of())).objects()) {
      var kind =
          new Kind(
              json.needText("kind"),
              json.array("aliases").map(Json.Arr::texts).orElse(List.of()),
              json.array("hosts").stream()
                  .flatMap(all -> all.objects().stream())
                  .map(Book::host)
                  .toList());
      kinds.put(kind.name(), kind);
    }
    var misspelt = new ArrayList<Misspelt>();
    for (var json : index.array("misspelt").orElse(new Json.Arr(List.of())).objects()) {
      misspelt.add(new Misspelt(json.needText("host"), json.needText("meant"), backing(json)));
    }
    return new Book(kinds, misspelt);
  }

  private static Host host(Json.Obj json) {
    return new Host(
        Pattern.compile(json.needText("pattern")),
        json.array("examples").map(Json.Arr::texts).orElse(List.of()),
        json.bool("pull-only").orElse(false),
        json.text("instead"),
        json.text("note"),
        backing(json));
  }

  private static Backing backing(Json.Obj json) {
    return new Backing(
        Confidence.parse(json.needText("confidence")), json.text("source").stream().toList());
  }

  public List<Kind> kinds() {
    return List.copyOf(kinds.values());
  }

  /** The kind of this name or alias; empty if the book has none. */
  public Optional<Kind> kind(String word) {
    return kinds.values().stream()
        .filter(kind -> kind.name().equals(word) || kind.aliases().contains(word))
        .findFirst();
  }

  /** The kind that is known to live at this host, whatever the port. */
  public Optional<Kind> at(Registry registry) {
    return at(registry.host());
  }

  Optional<Kind> at(String host) {
    return kinds.values().stream()
        .filter(kind -> kind.hosts().stream().anyMatch(known -> covers(known, host)))
        .findFirst();
  }

  /** What the index says of the host itself. */
  public Optional<Host> host(Registry registry) {
    return at(registry).stream()
        .flatMap(kind -> kind.hosts().stream())
        .filter(host -> covers(host, registry.host()))
        .findFirst();
  }

  private static boolean covers(Host known, String host) {
    return known.pattern().matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  public List<Misspelt> misspelt() {
    return misspelt;
  }

  /**
   * The rules of a kind, by its name or an alias.
   *
   * @throws Malformed if the book has no such kind, with those that it has
   */
  public RegistryRules rules(String word) {
    var kind =
        kind(word)
            .orElseThrow(() ->
                new Malformed(
                    "not a kind of registry; known are " + String.join(", ", kinds.keySet()),
                    word));
    return read.computeIfAbsent(kind.name(), name -> new RulesReader(file(name)).read());
  }

  /** The rules that hold at a host; those of the specification where its kind is not known. */
  public RegistryRules rules(Registry registry) {
    return rules(at(registry).map(Kind::name).orElse(PLAIN));
  }

  private static Json.Obj file(String name) {
    var path = "/dev/gantry/book/" + name + ".json";
    try (var in = Book.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the class path holds no " + path);
      }
      return Json.parseObject(Bytes.of(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }
}
