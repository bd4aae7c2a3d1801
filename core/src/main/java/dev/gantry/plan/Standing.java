package dev.gantry.plan;

import dev.gantry.oci.Digest;
import dev.gantry.oci.Repository;
import dev.gantry.oci.Tag;
import java.util.List;
import java.util.Optional;

/** What the registries hold now, after something did not work: one place for each repository. */
public record Standing(List<Place> places) {
  /** Nothing was written anywhere. */
  public static final Standing UNTOUCHED = new Standing(List.of());

  public Standing {
    places = List.copyOf(places);
  }

  /** How much of the wish reached a repository. */
  public enum Reach {
    /** Nothing was written. */
    NOTHING,
    /** Some blobs or manifests are there; no tag was touched. */
    CONTENT,
    /** Everything is there by digest; no tag was touched. */
    READY,
    /** Tags were moved and put back, each as far as {@code tags} says. */
    PUT_BACK,
    /** The tags point at what was published. */
    POINTED
  }

  /** One repository. */
  public record Place(Repository repository, Reach reach, List<Stand> tags) {
    public Place {
      tags = List.copyOf(tags);
    }
  }

  /**
   * Where a tag stood before and where it stands now.
   *
   * @param now empty where the tag is not there
   * @param known whether {@code now} was read from the registry; false where it did not answer
   */
  public record Stand(Tag tag, Optional<Digest> before, Optional<Digest> now, boolean known) {
    /** Whether the tag stands where it stood. */
    public boolean unmoved() {
      return known && before.equals(now);
    }
  }

  /** Whether any tag may stand elsewhere than before. */
  public boolean moved() {
    return places.stream().flatMap(place -> place.tags().stream()).anyMatch(tag -> !tag.unmoved());
  }
}
