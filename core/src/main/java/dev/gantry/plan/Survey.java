package dev.gantry.plan;

import dev.gantry.oci.Digest;
import dev.gantry.oci.Repository;
import dev.gantry.oci.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one repository held when it was looked at. It may be out of date by the time of the push;
 * the push tolerates that.
 *
 * @param present blobs and manifests that are there
 * @param asked what was asked for; of anything else nothing is known
 * @param tags where each tag of the wish stands; empty for one that is not there
 * @param holders other repositories of the same registry that may hold a blob, best first
 */
public record Survey(
    Repository repository,
    Set<Digest> present,
    Set<Digest> asked,
    Map<Tag, Optional<Digest>> tags,
    Map<Digest, List<Repository>> holders) {

  public Survey {
    present = Set.copyOf(present);
    asked = Set.copyOf(asked);
    tags = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    holders = Map.copyOf(holders);
  }

  /** The same tags, but nothing is believed to be there: for a walk that starts again. */
  public Survey nothing() {
    return new Survey(repository, Set.of(), asked, tags, Map.of());
  }

  /** Whether the registry was asked for this blob or manifest. */
  public boolean asked(Digest digest) {
    return asked.contains(digest);
  }
}
