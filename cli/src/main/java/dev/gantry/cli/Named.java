package dev.gantry.cli;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Reference;
import dev.gantry.oci.Tag;
import dev.gantry.registry.Target;
import java.util.List;

/** References that stand on a command line, and what they point at. */
final class Named {
  private static final String DOCKER = "docker://";

  private Named() {}

  /** A reference, with or without {@code docker://} before it. */
  static Reference reference(String word) {
    return Reference.parse(word.startsWith(DOCKER) ? word.substring(DOCKER.length()) : word);
  }

  /** A reference that names one image: by tag, by digest, or both. */
  static Reference image(String word) {
    var reference = reference(word);
    if (reference.tag().isEmpty() && reference.digest().isEmpty()) {
      throw Access.refused(
          "name.invalid-tag",
          "'" + word + "' names no tag and no digest",
          word,
          "write " + word + ":latest if that is meant, or gantry ls " + word);
    }
    return reference;
  }

  /** A reference without tag and digest. */
  static Reference repository(String word) {
    var reference = reference(word);
    if (reference.tag().isPresent() || reference.digest().isPresent()) {
      throw Access.refused(
          "name.invalid-reference",
          "'" + word + "' names one image, and a repository is wanted",
          word,
          "write " + reference.repository());
    }
    return reference;
  }

  /**
   * The digest that a reference points at. With tag and digest, the tag has to stand there.
   *
   * @throws PublishException Refused if there is no such image, with the tags that there are
   */
  static Digest digest(Reference reference, Target target) throws InterruptedException {
    var tag = reference.tag();
    if (tag.isEmpty()) {
      var digest = reference.digest().orElseThrow();
      if (!target.hasManifest(digest)) {
        throw absent(reference, "no manifest of this digest is there", List.of());
      }
      return digest;
    }
    var found = target.resolve(tag.get());
    if (found.isEmpty()) {
      throw absent(reference, "there is no such tag", target.tags());
    }
    if (reference.digest().filter(wanted -> !wanted.equals(found.get())).isPresent()) {
      throw absent(reference, "the tag '" + tag.get() + "' stands at " + found.get(), List.of());
    }
    return found.get();
  }

  private static PublishException absent(Reference reference, String what, List<Tag> tags) {
    var names = tags.stream().map(Tag::value).toList();
    var near = reference.tag().map(tag -> Nearest.of(tag.value(), names)).orElse(List.of());
    var todo =
        names.isEmpty()
            ? "check the name; gantry ls " + reference.repository() + " lists the tags"
            : near.isEmpty()
                ? "there are: " + String.join(", ", names.subList(0, Math.min(10, names.size())))
                : "did you mean " + String.join(", ", near) + "?";
    return new PublishException(
        new Failure.Refused(
            Failure.Stage.SURVEY,
            new Failure.Problem("name.repository-missing", what, reference.toString(), todo)));
  }
}
