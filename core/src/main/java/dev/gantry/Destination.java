package dev.gantry;

import dev.gantry.oci.Repository;
import dev.gantry.oci.Tag;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * A repository and the tags that shall point at what is published.
 *
 * @param tags at least one, each once
 */
public record Destination(Repository repository, List<Tag> tags) {
  public Destination {
    tags = List.copyOf(new LinkedHashSet<>(tags));
    if (tags.isEmpty()) {
      throw new IllegalArgumentException("a destination without a tag: " + repository);
    }
  }
}
