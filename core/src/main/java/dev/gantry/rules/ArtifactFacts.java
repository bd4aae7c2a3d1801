package dev.gantry.rules;

import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.MediaType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * What the offline rules look at in an artifact.
 *
 * @param root the type of the root
 * @param manifests every manifest, the root too
 * @param blobs layers and configs, each once
 */
public record ArtifactFacts(MediaType root, List<Part> manifests, List<Part> blobs) {
  private static final String REFERENCE_TYPE = "vnd.docker.reference.type";

  public ArtifactFacts {
    manifests = List.copyOf(manifests);
    blobs = List.copyOf(blobs);
  }

  /**
   * A manifest or blob.
   *
   * @param name the digest, or the diff id of a layer that is not compressed yet
   * @param bytes how many at most
   * @param foreign whether a registry need not hold it
   * @param attestation whether it is a manifest of statements about another, not of an image
   */
  public record Part(
      String name, MediaType type, long bytes, boolean foreign, boolean attestation) {
    public Part(String name, MediaType type, long bytes) {
      this(name, type, bytes, false, false);
    }
  }

  /** The facts of a root and the other manifests below it. */
  public static ArtifactFacts of(Manifest root, List<Manifest> others) {
    var manifests = new ArrayList<Part>();
    var blobs = new LinkedHashMap<String, Part>();
    var all = new ArrayList<>(others);
    all.addFirst(root);
    var attestations =
        all.stream()
            .filter(Manifest.Index.class::isInstance)
            .flatMap(index -> index.children().stream())
            .filter(child -> child.annotations().containsKey(REFERENCE_TYPE))
            .map(Descriptor::digest)
            .toList();
    for (var manifest : all) {
      var digest = manifest.raw().digest();
      manifests.add(
          new Part(
              digest.toString(),
              manifest.mediaType(),
              manifest.raw().size(),
              false,
              attestations.contains(digest)));
      if (manifest instanceof Manifest.Image image) {
        image.children().forEach(blob -> blobs.put(blob.digest().toString(), part(blob)));
      }
    }
    return new ArtifactFacts(root.mediaType(), manifests, List.copyOf(blobs.values()));
  }

  private static Part part(Descriptor blob) {
    return new Part(blob.digest().toString(), blob.mediaType(), blob.size(), blob.foreign(), false);
  }

  /** Bytes of all blobs that a registry has to hold. */
  public long bytes() {
    return blobs.stream().filter(blob -> !blob.foreign()).mapToLong(Part::bytes).sum();
  }

  /** The largest of these. */
  static Optional<Part> largest(List<Part> parts) {
    return parts.stream()
        .filter(part -> !part.foreign())
        .max(Comparator.comparingLong(Part::bytes));
  }
}
