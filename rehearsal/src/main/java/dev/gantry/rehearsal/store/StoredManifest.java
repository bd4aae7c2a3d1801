package dev.gantry.rehearsal.store;

import java.util.List;
import java.util.Optional;

/**
 * A manifest as a repository holds it.
 *
 * @param mediaType as it was pushed, without parameters
 * @param size bytes
 * @param subject what it refers to, if it says so
 * @param listing its descriptor in a list of referrers, as JSON; empty without a subject
 * @param artifactType by which a list of referrers is filtered
 * @param children what it names and what therefore should exist, in its order
 */
public record StoredManifest(
    Digest digest,
    String mediaType,
    long size,
    Optional<Digest> subject,
    Optional<String> listing,
    Optional<String> artifactType,
    List<Child> children) {

  /** A descriptor within a manifest, by a digest that this registry may not be able to compute. */
  public record Child(String mediaType, String digest, long size, boolean distributable) {}

  public StoredManifest {
    children = List.copyOf(children);
  }
}
