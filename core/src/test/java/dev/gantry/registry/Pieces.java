package dev.gantry.registry;

import dev.gantry.http.Body;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Json;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.MediaType;
import java.util.List;

/** Small blobs and manifests for tests. */
final class Pieces {
  private Pieces() {}

  static Bytes bytes(String seed, int size) {
    var bytes = new byte[size];
    new java.util.Random(seed.hashCode()).nextBytes(bytes);
    return Bytes.of(bytes);
  }

  static Descriptor layer(Bytes bytes) {
    return new Descriptor(MediaType.LAYER_GZIP, bytes.digest(), bytes.size());
  }

  static Body body(Bytes bytes) {
    return new Body.Bytes(bytes.toArray());
  }

  static Json.Obj json(Descriptor descriptor) {
    return Json.object()
        .with("mediaType", descriptor.mediaType().value())
        .with("digest", descriptor.digest().toString())
        .with("size", new Json.Num(descriptor.size()));
  }

  static Json.Obj image(Descriptor config, List<Descriptor> layers) {
    return Json.object()
        .with("schemaVersion", new Json.Num(2))
        .with("mediaType", MediaType.IMAGE_MANIFEST.value())
        .with("config", json(config))
        .with("layers", Json.array(layers.stream().map(Pieces::json).toArray(Json[]::new)));
  }

  /** A manifest with these bytes, written with odd spaces, which must survive. */
  static Manifest odd(Json.Obj json) {
    return Manifest.parse(Bytes.of(" " + json.pretty().replace("\n", "\n\t") + "\n"));
  }

  static Manifest index(List<Manifest> children) {
    var entries = children.stream().map(child -> json(child.descriptor())).toArray(Json[]::new);
    return odd(
        Json.object()
            .with("schemaVersion", new Json.Num(2))
            .with("mediaType", MediaType.IMAGE_INDEX.value())
            .with("manifests", Json.array(entries)));
  }

  /** An image of its own whose blobs are in the target already. */
  static Manifest pushed(Target target, String seed) throws InterruptedException {
    var config = Bytes.of("{\"seed\":\"" + seed + "\"}");
    var layer = bytes(seed, 3000);
    var named = new Descriptor(MediaType.IMAGE_CONFIG, config.digest(), config.size());
    target.put(named, body(config), List.of());
    target.put(layer(layer), body(layer), List.of());
    var manifest = odd(image(named, List.of(layer(layer))));
    target.put(manifest);
    return manifest;
  }
}
