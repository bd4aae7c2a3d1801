package dev.gantry.source;

import dev.gantry.oci.Bytes;
import dev.gantry.oci.Config;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Malformed;
import dev.gantry.oci.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An image as Docker keeps it: a config, whose bytes stay as they are, and layers by diff id. */
record DockerImage(Bytes raw, Config config) {

  static DockerImage parse(Bytes raw, String where) {
    try {
      return new DockerImage(raw, Config.parse(raw));
    } catch (Malformed e) {
      throw Refusal.other(
          "the image's config cannot be read: " + e.getMessage(), where, "save the image again");
    }
  }

  List<Digest> diffIds() {
    return config.diffIds();
  }

  void requirePlatform(Optional<Platform> wanted, String where) {
    if (wanted.isPresent()
        && config.platform().filter(platform -> platform.serves(wanted.get())).isEmpty()) {
      throw Refusal.of(
          "content.platform",
          "the image is not for " + wanted.get(),
          where,
          "it is for " + config.platform().map(Platform::toString).orElse("it does not say what"));
    }
  }

  /** The artifact, when every layer has its blob. */
  Artifact.Whole whole(Dialect dialect, Map<Digest, Compressor.Compressed> layers, Blobs blobs) {
    var descriptors = new ArrayList<Descriptor>();
    for (var diffId : diffIds()) {
      var layer = Optional.ofNullable(layers.get(diffId)).orElseThrow();
      descriptors.add(dialect.layer(layer.made()));
      blobs.add(layer.made().digest(), layer.place());
    }
    blobs.add(raw.digest(), new Blobs.Place.InMemory(raw));
    var manifest = dialect.manifest(dialect.config(raw), descriptors);
    return new Artifact.Whole(
        manifest, List.of(manifest), List.of(), config.platform().stream().toList(), blobs);
  }
}
