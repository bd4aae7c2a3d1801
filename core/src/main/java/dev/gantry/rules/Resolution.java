package dev.gantry.rules;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Json;
import dev.gantry.oci.Malformed;
import dev.gantry.oci.Reference;
import dev.gantry.oci.Registry;
import dev.gantry.oci.Repository;
import dev.gantry.oci.Tag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which image goes where: what a push step names, made into a source and a target reference.
 *
 * <p>The image's own tag or digest says what is taken, the step's tag what it is called there; a
 * tag is never guessed. The registry's name takes the place of a host in the image, and the
 * project's path stands before the image's path once. Whatever is not known is an error, and never
 * Docker Hub.
 */
public record Resolution(
    Reference source,
    Reference target,
    Optional<Registries.Entry> registry,
    Optional<Registries.Project> project) {

  /**
   * Resolves a step.
   *
   * @throws PublishException Refused, where a name is malformed, unknown or missing
   */
  public static Resolution of(PushStep step, Registries registries) {
    try {
      var image = Reference.parse(step.image());
      var entry = entry(step, image, registries);
      var project = project(step, entry);
      var tag = tag(step, image);
      var registry = entry.map(Registries.Entry::registry).orElse(image.registry());
      var path = path(image, entry, project);
      return new Resolution(
          source(image, tag), new Reference(new Repository(registry, path), tag), entry, project);
    } catch (Malformed fault) {
      throw refused(OfflineRules.finding(fault).problem());
    }
  }

  private static Optional<Registries.Entry> entry(
      PushStep step, Reference image, Registries registries) {
    if (step.registry().isPresent()) {
      return Optional.of(registries.entry(step.registry().get()));
    }
    if (namesHost(step.image())) {
      return registries.at(image.registry());
    }
    var main = registries.main();
    if (main.isEmpty()) {
      throw refused(
          new Failure.Problem(
              "name.namespace",
              "no registry is named, and none is the default",
              step.image(),
              registries.entries().isEmpty()
                  ? "write the registry before the image, as in docker.io/USER/"
                      + familiarPath(image)
                  : registries.known()));
    }
    return main;
  }

  private static Optional<Registries.Project> project(
      PushStep step, Optional<Registries.Entry> entry) {
    return step.project()
        .map(word ->
            entry
                .orElseThrow(() ->
                    refused(
                        new Failure.Problem(
                            "name.namespace",
                            "the project '" + word + "' is of no registry",
                            word,
                            "name the registry too")))
                .project(word));
  }

  private static Tag tag(PushStep step, Reference image) {
    var named = step.tag().filter(text -> !text.isBlank());
    if (named.isPresent()) {
      return tag(named.get());
    }
    return image
        .tag()
        .orElseThrow(() ->
            refused(
                new Failure.Problem(
                    "ci.tags-empty",
                    "no tag is named",
                    step.image(),
                    "name one; for the tag that others take unasked, write :latest")));
  }

  private static Tag tag(String text) {
    try {
      return new Tag(text);
    } catch (Malformed fault) {
      throw refused(
          new Failure.Problem(
              "name.invalid-tag",
              fault.what(),
              text,
              fault.nearest().map(right -> "write " + right).orElse("choose another tag")));
    }
  }

  private static Reference source(Reference image, Tag tag) {
    if (image.digest().isPresent()) {
      return new Reference(image.repository(), image.digest().get());
    }
    return new Reference(image.repository(), image.tag().orElse(tag));
  }

  /** The image's path below the project, which stands before it once. */
  private static String path(
      Reference image, Optional<Registries.Entry> entry, Optional<Registries.Project> project) {
    var path = familiarPath(image);
    if (project.isEmpty()) {
      return path;
    }
    var there = entry.map(known -> known.registry().equals(image.registry())).orElse(false);
    var projects = there ? entry.get().projects() : List.of(project.get());
    var below =
        projects.stream()
            .map(known -> known.path() + "/")
            .filter(path::startsWith)
            .max(Comparator.comparingInt(String::length))
            .map(prefix -> path.substring(prefix.length()))
            .orElse(path);
    return project.get().path() + "/" + below;
  }

  /** The path as people write it: of Docker Hub's official images without {@code library/}. */
  private static String familiarPath(Reference image) {
    var bare = new Reference(image.repository()).familiar();
    return bare.equals(image.repository().toString()) ? image.repository().path() : bare;
  }

  /** Whether the image as it was written begins with a host. */
  private static boolean namesHost(String image) {
    var slash = image.indexOf('/');
    if (slash < 0) {
      return false;
    }
    try {
      Registry.parse(image.substring(0, slash));
      return true;
    } catch (Malformed _) {
      return false;
    }
  }

  /** What docker would be told, a list of words a command. */
  public List<List<String>> commands() {
    var commands = new ArrayList<List<String>>();
    if (!source.equals(target)) {
      commands.add(List.of("docker", "tag", source.familiar(), target.toString()));
    }
    commands.add(List.of("docker", "push", target.toString()));
    return List.copyOf(commands);
  }

  /** The same as lines for a shell. */
  public List<String> shellLines() {
    return commands().stream().map(ShellWords::line).toList();
  }

  /** The document of {@code docs/schemas/resolution.json}. */
  public Json.Obj json() {
    var json = Json.object().with("source", source.familiar()).with("target", target.toString());
    json = json.with("registry", registry.<Json>map(Resolution::json).orElse(Json.Null.NULL));
    json = json.with("project", project.<Json>map(Resolution::json).orElse(Json.Null.NULL));
    return json.with("commands", Json.strings(shellLines()));
  }

  private static Json json(Registries.Entry entry) {
    return Json.object()
        .with("id", entry.id())
        .with("name", entry.name())
        .with("kind", entry.kind())
        .with("url", (entry.plainHttp() ? "http://" : "https://") + entry.registry());
  }

  private static Json json(Registries.Project project) {
    return Json.object()
        .with("id", project.id())
        .with("name", project.name())
        .with("path", project.path());
  }

  private static PublishException refused(Failure.Problem problem) {
    return new PublishException(new Failure.Refused(Failure.Stage.REQUEST, problem));
  }
}
