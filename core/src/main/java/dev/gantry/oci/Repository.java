package dev.gantry.oci;

/** A named place in a registry that holds manifests, blobs and tags. */
public record Repository(Registry registry, String path) {
  @Override
  public String toString() {
    return registry + "/" + path;
  }
}
