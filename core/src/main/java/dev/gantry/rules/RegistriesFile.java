package dev.gantry.rules;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads a team's registries file. Everything that is wrong with it is told at once, each fault with
 * file, line and column, and nothing is put in place of what is missing.
 */
public final class RegistriesFile {
  /** The name under which it is looked for. */
  public static final String NAME = "registries.yaml";

  private static final Set<String> REGISTRY_KEYS =
      Set.of(
          "id",
          "name",
          "kind",
          "url",
          "default",
          "insecure",
          "ca-file",
          "concurrency",
          "credentials",
          "projects");
  private static final Set<String> CREDENTIAL_KEYS =
      Set.of("username-env", "password-env", "program");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern PROJECT_PATH =
      Pattern.compile("[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*");
  private static final int MOST_STREAMS = 64;

  private final Path file;
  private final Book book;
  private final YamlFaults faults;

  private RegistriesFile(Path file, Book book) {
    this.file = file;
    this.book = book;
    this.faults = new YamlFaults(file.toString());
  }

  /**
   * Where the file is looked for, in this order: beside the work, then in the folder for settings.
   *
   * @param environment the variables XDG_CONFIG_HOME and HOME are read
   */
  public static List<Path> candidates(Path work, Map<String, String> environment) {
    var places = new ArrayList<Path>();
    places.add(work.resolve(NAME));
    Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
        .filter(set -> !set.isEmpty())
        .map(Path::of)
        .or(() ->
            Optional.ofNullable(environment.get("HOME")).map(home -> Path.of(home, ".config")))
        .map(folder -> folder.resolve("gantry").resolve(NAME))
        .ifPresent(places::add);
    return List.copyOf(places);
  }

  /**
   * Reads the text of a file.
   *
   * @param file for messages, and the place that a relative ca-file is beside
   * @throws PublishException Refused, with every fault
   */
  public static Registries parse(String text, Path file, Book book) {
    var reading = new RegistriesFile(file, book);
    var registries = reading.read(text);
    if (!reading.faults.all().isEmpty()) {
      throw new PublishException(new Failure.Refused(Failure.Stage.REQUEST, reading.faults.all()));
    }
    return registries;
  }

  private Registries read(String text) {
    var entries = new ArrayList<Registries.Entry>();
    var top = YamlMap.top(text, faults);
    top.only(Set.of("registries"), "");
    var words = new HashMap<String, String>();
    var hosts = new HashMap<String, String>();
    Optional<Node> main = Optional.empty();
    for (var node : top.list("registries")) {
      var map = YamlMap.of(node, faults);
      var entry = entry(map);
      for (var word : words(entry.id(), entry.name())) {
        var at = word.equals(entry.name()) ? map.node("name") : map.node("id");
        at.ifPresent(place -> unique(words, word, place, "id or name"));
      }
      var url = map.node("url");
      url.ifPresent(at -> unique(hosts, entry.registry().toString(), at, "registry"));
      if (entry.main() && main.isPresent()) {
        faults.add(
            map.node("default").orElse(node),
            "two registries are the default, the other at line " + YamlFaults.line(main.get()),
            "leave one");
      } else if (entry.main()) {
        main = map.node("default");
      }
      entries.add(entry);
    }
    return new Registries(file.toString(), entries);
  }

  private void unique(Map<String, String> seen, String value, Node at, String what) {
    var line = seen.putIfAbsent(value, YamlFaults.line(at));
    if (line != null) {
      faults.add(
          at, "the " + what + " '" + value + "' stands at line " + line + " too", "change one");
    }
  }

  private Registries.Entry entry(YamlMap map) {
    map.noSecrets("credentials");
    map.only(REGISTRY_KEYS, " of a registry");
    var url = RegistryUrl.read(map, faults, book);
    var name = map.need("name", "harbor").filter(text -> fits(map, "name", text, WORD));
    var id = map.text("id").filter(text -> fits(map, "id", text, WORD)).or(() -> name);
    return new Registries.Entry(
        id.orElse(""),
        name.orElse(""),
        kind(map, url),
        url.registry(),
        url.plainHttp(),
        map.yes("insecure"),
        map.text("ca-file").map(file::resolveSibling),
        concurrency(map),
        credentials(map),
        map.yes("default"),
        projects(map));
  }

  private String kind(YamlMap map, RegistryUrl url) {
    var word = map.text("kind");
    if (word.isEmpty()) {
      return book.at(url.registry()).map(Book.Kind::name).orElse(Book.PLAIN);
    }
    var kind = book.kind(word.get());
    if (kind.isEmpty()) {
      var known = book.kinds().stream().map(Book.Kind::name).toList();
      faults.add(
          map.node("kind").orElseThrow(),
          "'" + word.get() + "' is no kind of registry",
          Spelling.nearest(word.get(), known)
              .map(meant -> "write " + meant)
              .orElse("write one of " + String.join(", ", known) + ", or private"));
    }
    return kind.map(Book.Kind::name).orElse(Book.PLAIN);
  }

  private Optional<Integer> concurrency(YamlMap map) {
    return map.text("concurrency")
        .flatMap(text -> {
          if (text.matches("[1-9][0-9]?") && Integer.parseInt(text) <= MOST_STREAMS) {
            return Optional.of(Integer.valueOf(text));
          }
          faults.add(
              map.node("concurrency").orElseThrow(),
              "'" + text + "' is no number of requests at a time",
              "write a number from 1 to " + MOST_STREAMS);
          return Optional.empty();
        });
  }

  private CredentialSource credentials(YamlMap map) {
    var node = map.node("credentials");
    if (node.isEmpty()) {
      return new CredentialSource.Stored();
    }
    var word = YamlMap.scalar(node.get());
    if (word.isPresent()) {
      return switch (word.get()) {
        case "stored" -> new CredentialSource.Stored();
        case "anonymous" -> new CredentialSource.Anonymous();
        default -> {
          faults.add(
              node.get(),
              "credentials are neither a secret nor this word",
              "write stored, anonymous, {program: NAME}"
                  + " or {username-env: VARIABLE, password-env: VARIABLE}");
          yield new CredentialSource.Stored();
        }
      };
    }
    var source = YamlMap.of(node.get(), faults);
    source.noSecrets("password-env");
    source.only(CREDENTIAL_KEYS, " of credentials");
    var program = source.text("program").filter(text -> fits(source, "program", text, WORD));
    if (program.isPresent()) {
      return new CredentialSource.Program(program.get());
    }
    var user = source.need("username-env", "HARBOR_USERNAME");
    var password = source.need("password-env", "HARBOR_PASSWORD");
    user.ifPresent(text -> fits(source, "username-env", text, VARIABLE));
    password.ifPresent(text -> fits(source, "password-env", text, VARIABLE));
    return new CredentialSource.Environment(user.orElse(""), password.orElse(""));
  }

  private List<Registries.Project> projects(YamlMap registry) {
    var projects = new ArrayList<Registries.Project>();
    var seen = new HashSet<String>();
    for (var node : registry.list("projects")) {
      var map = YamlMap.of(node, faults);
      map.only(Set.of("id", "name", "path"), " of a project");
      var name = map.need("name", "production");
      var id = map.text("id").or(() -> name).orElse("");
      var path = map.text("path").or(() -> name).map(RegistriesFile::trimmed).orElse("");
      map.node("path")
          .or(() -> map.node("name"))
          .filter(_ -> !PROJECT_PATH.matcher(path).matches())
          .ifPresent(at ->
              faults.add(
                  at,
                  "'" + path + "' is no path of a project",
                  "write letters and digits in lower case, with '.', '_', '-' or '/' between"));
      for (var word : words(id, name.orElse(id))) {
        if (!seen.add(word)) {
          faults.add(node, "two projects are called '" + word + "'", "change one");
        }
      }
      projects.add(new Registries.Project(id, name.orElse(""), path));
    }
    return projects;
  }

  private static List<String> words(String id, String name) {
    return id.equals(name) ? List.of(id) : List.of(id, name);
  }

  private static String trimmed(String path) {
    return path.replaceAll("^/+|/+$", "");
  }

  private boolean fits(YamlMap map, String key, String text, Pattern pattern) {
    if (pattern.matcher(text).matches()) {
      return true;
    }
    faults.add(
        map.node(key).orElseThrow(),
        "'" + text + "' is no " + key,
        "write letters, digits" + (pattern.equals(WORD) ? ", '.', '_' and '-'" : " and '_'"));
    return false;
  }
}
