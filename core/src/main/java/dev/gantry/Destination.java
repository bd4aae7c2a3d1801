package dev.gantry;

import dev.gantry.oci.Malformed;
import dev.gantry.oci.Reference;
import dev.gantry.oci.Repository;
import dev.gantry.oci.Tag;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * A repository and the tags that shall point at what is published.
 *
 * @param tags at least one, each once
 */
public record Destination(Repository repository, List<Tag> tags) {
  /**
   * The repository and tag of a reference.
   *
   * @throws dev.gantry.oci.Malformed when it has no tag, or has a digest, which is made and not
   *     chosen
   */
  public static Destination of(Reference reference) {
    if (reference.digest().isPresent()) {
      throw new Malformed(
          "a target has no digest: what it will be is known when the image is",
          reference.toString(),
          reference.toString().indexOf('@'),
          Optional.of(reference.toString().replaceFirst("@.*", "")));
    }
    return new Destination(
        reference.repository(),
        List.of(
            reference
                .tag()
                .orElseThrow(() ->
                    new Malformed(
                        "the target names no tag",
                        reference.toString(),
                        -1,
                        Optional.of(reference + ":latest")))));
  }

  public Destination {
    tags = List.copyOf(new LinkedHashSet<>(tags));
    if (tags.isEmpty()) {
      throw new IllegalArgumentException("a destination without a tag: " + repository);
    }
  }
}
