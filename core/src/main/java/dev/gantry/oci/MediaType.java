package dev.gantry.oci;

/** A media type kept as the exact text that was read, known or not. */
public record MediaType(String value) {
  public static final MediaType IMAGE_MANIFEST =
      new MediaType("application/vnd.oci.image.manifest.v1+json");
  public static final MediaType IMAGE_INDEX =
      new MediaType("application/vnd.oci.image.index.v1+json");
  public static final MediaType IMAGE_CONFIG =
      new MediaType("application/vnd.oci.image.config.v1+json");
  public static final MediaType LAYER_TAR = new MediaType("application/vnd.oci.image.layer.v1.tar");
  public static final MediaType LAYER_GZIP =
      new MediaType("application/vnd.oci.image.layer.v1.tar+gzip");
  public static final MediaType LAYER_ZSTD =
      new MediaType("application/vnd.oci.image.layer.v1.tar+zstd");
  public static final MediaType DOCKER_MANIFEST =
      new MediaType("application/vnd.docker.distribution.manifest.v2+json");
  public static final MediaType DOCKER_LIST =
      new MediaType("application/vnd.docker.distribution.manifest.list.v2+json");
  public static final MediaType DOCKER_CONFIG =
      new MediaType("application/vnd.docker.container.image.v1+json");
  public static final MediaType DOCKER_LAYER =
      new MediaType("application/vnd.docker.image.rootfs.diff.tar.gzip");
  public static final MediaType EMPTY = new MediaType("application/vnd.oci.empty.v1+json");

  /** Whether this names an index of manifests, in either dialect. */
  public boolean isIndex() {
    return equals(IMAGE_INDEX) || equals(DOCKER_LIST);
  }

  /** Whether this names a manifest of one image or artifact, in either dialect. */
  public boolean isImage() {
    return equals(IMAGE_MANIFEST) || equals(DOCKER_MANIFEST);
  }

  /** Whether this names a manifest of any kind. */
  public boolean isManifest() {
    return isImage() || isIndex();
  }

  @Override
  public String toString() {
    return value;
  }
}
