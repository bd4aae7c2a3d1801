package dev.gantry.rules;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Registry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A team's own registries and projects, as their file {@code registries.yaml} lists them.
 *
 * @param file where they were read, for messages
 */
public record Registries(String file, List<Entry> entries) {
  /** Nobody wrote a file. */
  public static final Registries NONE = new Registries("", List.of());

  public Registries {
    entries = List.copyOf(entries);
  }

  /**
   * One registry.
   *
   * @param kind a kind of the registry book
   * @param plainHttp whether it is spoken to without TLS
   * @param insecure whether its certificate is believed unseen
   * @param authority a file with the certificate that its own is signed with
   * @param concurrency requests at a time
   * @param main whether it is meant where none is named
   */
  public record Entry(
      String id,
      String name,
      String kind,
      Registry registry,
      boolean plainHttp,
      boolean insecure,
      Optional<Path> authority,
      Optional<Integer> concurrency,
      CredentialSource credentials,
      boolean main,
      List<Project> projects) {
    public Entry {
      projects = List.copyOf(projects);
    }

    /**
     * The project of this id, name or path.
     *
     * @throws PublishException Refused if there is none, with those that there are
     */
    public Project project(String word) {
      return find(projects, word, Project::id)
          .or(() -> find(projects, word, Project::name))
          .or(() -> find(projects, word, Project::path))
          .orElseThrow(() ->
              unknown(
                  "the registry '" + name + "' has no project '" + word + "'",
                  word,
                  projects.isEmpty()
                      ? "list its projects under 'projects' of the registry '" + name + "'"
                      : "name one of " + listed(projects, p -> p.name(), p -> p.id())));
    }
  }

  /**
   * A place in a registry under which images stand.
   *
   * @param path one or more segments, without a slash at either end
   */
  public record Project(String id, String name, String path) {}

  /**
   * The registry of this id or name, or of this exact host and port.
   *
   * @throws PublishException Refused if there is none, with those that there are
   */
  public Entry entry(String word) {
    return find(entries, word, Entry::id)
        .or(() -> find(entries, word, Entry::name))
        .or(() -> find(entries, word, entry -> entry.registry().toString()))
        .orElseThrow(() -> unknown("there is no registry '" + word + "'", word, known()));
  }

  /** The registry at exactly this host and port. */
  public Optional<Entry> at(Registry registry) {
    return entries.stream()
        .filter(entry ->
            entry.registry().host().equalsIgnoreCase(registry.host())
                && port(entry, entry.registry()) == port(entry, registry))
        .findFirst();
  }

  private static int port(Entry entry, Registry registry) {
    return registry.port().orElse(entry.plainHttp() ? 80 : 443);
  }

  /** The one that is meant where none is named. */
  public Optional<Entry> main() {
    return entries.stream().filter(Entry::main).findFirst();
  }

  /** The rules that hold at a registry: by the team's own word for its kind, else by its host. */
  public RegistryRules rules(Book book, Registry registry) {
    return at(registry)
        .map(entry -> book.rules(entry.kind()))
        .orElseGet(() -> book.rules(registry));
  }

  /** What to do about a registry that is not here. */
  String known() {
    if (entries.isEmpty()) {
      return "list it in registries.yaml, or say --registries FILE";
    }
    return "name one of " + listed(entries, Entry::name, Entry::id) + ", or list it in " + file;
  }

  private static <T> String listed(List<T> all, Function<T, String> name, Function<T, String> id) {
    return String.join(
        ", ", all.stream().map(one -> name.apply(one) + " (" + id.apply(one) + ")").toList());
  }

  private static <T> Optional<T> find(List<T> all, String word, Function<T, String> by) {
    return all.stream().filter(one -> by.apply(one).equals(word)).findFirst();
  }

  private static PublishException unknown(String what, String where, String todo) {
    return new PublishException(
        new Failure.Refused(
            Failure.Stage.REQUEST, new Failure.Problem("name.namespace", what, where, todo)));
  }
}
