package dev.gantry.push;

import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Repository;
import dev.gantry.oci.Tag;
import dev.gantry.plan.Survey;
import dev.gantry.registry.Target;
import dev.gantry.source.Artifact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Looks at one repository and never writes. */
public final class Surveyor {
  private final Whereabouts whereabouts;
  private final int limit;

  public Surveyor(Whereabouts whereabouts, int limit) {
    this.whereabouts = whereabouts;
    this.limit = limit;
  }

  /** One thing to be asked for. */
  private sealed interface Look {
    record AtTag(Tag tag) implements Look {}

    record AtManifest(Digest digest) implements Look {}

    record AtBlob(Descriptor blob) implements Look {}
  }

  /**
   * What of the artifact is there, and where the tags stand; everything is asked at once.
   *
   * @param near repositories of the same registry that hold the blobs for sure, such as the source
   */
  public Survey look(Target target, Artifact artifact, List<Tag> tags, List<Repository> near)
      throws InterruptedException {
    var looks = new ArrayList<Look>();
    tags.forEach(tag -> looks.add(new Look.AtTag(tag)));
    var blobs = List.<Descriptor>of();
    if (artifact instanceof Artifact.Whole whole) {
      blobs = whole.blobs();
      whole.manifests().forEach(manifest -> looks.add(new Look.AtManifest(manifest.digest())));
      whole.absent().forEach(child -> looks.add(new Look.AtManifest(child.digest())));
      blobs.forEach(blob -> looks.add(new Look.AtBlob(blob)));
    }
    Set<Digest> present = ConcurrentHashMap.newKeySet();
    Map<Tag, Optional<Digest>> stands = new ConcurrentHashMap<>();
    Together.forEach(
        looks,
        limit,
        look -> {
          switch (look) {
            case Look.AtTag(var tag) -> stands.put(tag, target.resolve(tag));
            case Look.AtManifest(var digest) -> {
              if (target.hasManifest(digest)) {
                present.add(digest);
              }
            }
            case Look.AtBlob(var blob) -> {
              if (target.has(blob)) {
                present.add(blob.digest());
              }
            }
          }
        });
    var inOrder = new LinkedHashMap<Tag, Optional<Digest>>();
    tags.forEach(tag -> inOrder.put(tag, stands.getOrDefault(tag, Optional.empty())));
    Set<Digest> asked = new HashSet<>();
    blobs.forEach(blob -> asked.add(blob.digest()));
    return new Survey(
        target.repository(), present, asked, inOrder, holders(target.repository(), blobs, near));
  }

  private Map<Digest, List<Repository>> holders(
      Repository to, List<Descriptor> blobs, List<Repository> near) {
    var all = new HashMap<Digest, List<Repository>>();
    for (var blob : blobs) {
      var from = new ArrayList<>(near);
      from.addAll(whereabouts.holders(to.registry(), blob.digest()));
      var others =
          from.stream()
              .filter(one -> one.registry().equals(to.registry()) && !one.equals(to))
              .distinct()
              .limit(MOST_HOLDERS)
              .toList();
      if (!others.isEmpty()) {
        all.put(blob.digest(), others);
      }
    }
    return all;
  }

  /** Each is a request that may fail; after two, sending is quicker for most blobs. */
  private static final int MOST_HOLDERS = 2;
}
