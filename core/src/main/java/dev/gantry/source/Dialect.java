package dev.gantry.source;

import dev.gantry.oci.Bytes;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Json;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.MediaType;
import java.util.List;

/** Which media types a manifest gets that is made here; those that exist are left as they are. */
public enum Dialect {
  /** The image-spec's own; every registry of today takes them. */
  OCI,
  /** Docker's schema 2, for registries and clients from before 2018. */
  DOCKER;

  private MediaType manifest() {
    return switch (this) {
      case OCI -> MediaType.IMAGE_MANIFEST;
      case DOCKER -> MediaType.DOCKER_MANIFEST;
    };
  }

  private MediaType config() {
    return switch (this) {
      case OCI -> MediaType.IMAGE_CONFIG;
      case DOCKER -> MediaType.DOCKER_CONFIG;
    };
  }

  private MediaType layer() {
    return switch (this) {
      case OCI -> MediaType.LAYER_GZIP;
      case DOCKER -> MediaType.DOCKER_LAYER;
    };
  }

  Descriptor config(Bytes raw) {
    return new Descriptor(config(), raw.digest(), raw.size());
  }

  Descriptor layer(BlobCache.Made made) {
    return new Descriptor(layer(), made.digest(), made.size());
  }

  /** The manifest of an image; the same bytes for the same parts at all times. */
  Manifest manifest(Descriptor configBlob, List<Descriptor> layers) {
    var json =
        Json.object()
            .with("schemaVersion", new Json.Num(2))
            .with("mediaType", manifest().value())
            .with("config", json(configBlob))
            .with("layers", new Json.Arr(layers.stream().map(Dialect::json).toList()));
    return Manifest.parse(Bytes.of(json.compact()), manifest());
  }

  private static Json json(Descriptor descriptor) {
    return Json.object()
        .with("mediaType", descriptor.mediaType().value())
        .with("digest", descriptor.digest().toString())
        .with("size", new Json.Num(descriptor.size()));
  }
}
