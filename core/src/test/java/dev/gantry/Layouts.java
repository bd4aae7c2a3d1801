package dev.gantry;

import dev.gantry.oci.Bytes;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Json;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Writes OCI layouts for tests. */
final class Layouts {
  private final Path folder;

  private Layouts(Path folder) {
    this.folder = folder;
  }

  /** A layout with one image of so many layers; its content follows from the seed. */
  static Path image(Path folder, String seed, int layers) {
    var layout = new Layouts(folder);
    return layout.finish(layout.manifest(seed, layers, "amd64"));
  }

  /** A layout with an index of two images that share a layer. */
  static Path index(Path folder, String seed) {
    var layout = new Layouts(folder);
    var children = new ArrayList<Json>();
    for (var architecture : List.of("amd64", "arm64")) {
      var platform = Json.object().with("os", "linux").with("architecture", architecture);
      children.add(
          json(layout.manifest(seed, 2, architecture).descriptor()).with("platform", platform));
    }
    var index =
        Json.object()
            .with("schemaVersion", new Json.Num(2))
            .with("mediaType", MediaType.IMAGE_INDEX.value())
            .with("manifests", new Json.Arr(children));
    return layout.finish(layout.kept(Manifest.parse(Bytes.of(index.pretty()))));
  }

  private Manifest manifest(String seed, int layers, String architecture) {
    var all = new ArrayList<Json>();
    for (int i = 0; i < layers; i++) {
      var content = new byte[20_000 + i];
      new Random((seed + i).hashCode()).nextBytes(content);
      all.add(json(blob(MediaType.LAYER_GZIP, gzip(content))));
    }
    var config =
        Json.object()
            .with("os", "linux")
            .with("architecture", architecture)
            .with("seed", seed)
            .with(
                "config",
                Json.object()
                    .with("ExposedPorts", Json.object().with("8080/tcp", Json.object()))
                    .with(
                        "Labels",
                        Json.object().with("org.opencontainers.image.revision", "abc123")));
    var manifest =
        Json.object()
            .with("schemaVersion", new Json.Num(2))
            .with("mediaType", MediaType.IMAGE_MANIFEST.value())
            .with("config", json(blob(MediaType.IMAGE_CONFIG, Bytes.of(config.compact()))))
            .with("layers", new Json.Arr(all));
    return kept(Manifest.parse(Bytes.of(manifest.pretty())));
  }

  private static Bytes gzip(byte[] content) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Bytes.of(bytes.toByteArray());
  }

  private Manifest kept(Manifest manifest) {
    blob(manifest.mediaType(), manifest.raw());
    return manifest;
  }

  private Descriptor blob(MediaType type, Bytes bytes) {
    var digest = bytes.digest();
    write("blobs/sha256/" + digest.encoded(), bytes);
    return new Descriptor(type, digest, bytes.size());
  }

  private Path finish(Manifest root) {
    var index =
        Json.object()
            .with("schemaVersion", new Json.Num(2))
            .with("manifests", Json.array(json(root.descriptor())));
    write("index.json", Bytes.of(index.compact()));
    write("oci-layout", Bytes.of("{\"imageLayoutVersion\":\"1.0.0\"}"));
    return folder;
  }

  private void write(String name, Bytes bytes) {
    try {
      var file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes.toArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Json.Obj json(Descriptor descriptor) {
    return Json.object()
        .with("mediaType", descriptor.mediaType().value())
        .with("digest", descriptor.digest().toString())
        .with("size", new Json.Num(descriptor.size()));
  }
}
