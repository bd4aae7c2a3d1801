package dev.gantry.oci;

/**
 * A named place in a registry that holds manifests, blobs and tags. A path of one part on Docker
 * Hub stands under {@code library/}, where Docker Hub keeps its official images.
 */
public record Repository(Registry registry, String path) {
  /** Where the images without a user stand on Docker Hub. */
  static final String OFFICIAL = "library/";

  public Repository {
    if (registry.equals(Registry.DOCKER_HUB) && path.indexOf('/') < 0 && !path.isEmpty()) {
      path = OFFICIAL + path;
    }
    Grammar.checkPath(path);
  }

  @Override
  public String toString() {
    return registry + "/" + path;
  }
}
