package dev.gantry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.oci.Bytes;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Json;
import dev.gantry.oci.MediaType;
import dev.gantry.oci.Reference;
import dev.gantry.oci.Registry;
import dev.gantry.rehearsal.Rehearsal;
import dev.gantry.source.Source;
import dev.gantry.wire.Endpoint;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A layer of 4 GiB, pushed by a process whose heap has 128 MB, to a registry in the same heap. */
class LargeLayerTest {
  private static final long SIZE = 4L << 30;

  @TempDir Path folder;

  @Test
  void fourGibibytesFitThroughASmallHeap() throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                LargeLayerTest.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    assertThat(said).contains("sent " + (SIZE + "{}".length())).doesNotContain("Exception");
    assertThat(process.exitValue()).isZero();
  }

  /** The small process: writes the layout, publishes it and tells how much was sent. */
  public static void main(String[] words) throws Exception {
    var folder = Path.of(words[0]);
    var layout = Files.createDirectories(folder.resolve("layout"));
    layout(layout);
    try (var rehearsal = Rehearsal.start()) {
      var to = Reference.parse("registry.example/large/app:v1");
      var endpoint = new Endpoint(URI.create("http://" + rehearsal.name()));
      var around =
          Surroundings.of(Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString()), folder)
              .with(
                  new Surroundings.Standin(
                      "oci",
                      Map.of(Registry.parse("registry.example"), endpoint),
                      dev.gantry.login.Credential.ANONYMOUS));
      var request = PublishRequest.of(Source.parse("oci:" + layout), List.of(Destination.of(to)));
      try (var wiring = new Wiring(around, request.registries(), _ -> {})) {
        var receipt = new Publisher(wiring).publish(request).receipt();
        System.out.println("sent " + receipt.deliveries().getFirst().bytesSent());
      }
    }
  }

  /** A layer with a hole in it takes no room on the disk of the source. */
  private static void layout(Path layout) throws Exception {
    var blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
    var hole = layout.resolve("hole");
    try (var file = new RandomAccessFile(hole.toFile(), "rw")) {
      file.setLength(SIZE);
      file.seek(SIZE / 2);
      file.write("the middle".getBytes());
    }
    var sum = Digest.sha256();
    var buffer = new byte[1 << 20];
    try (var in = Files.newInputStream(hole)) {
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        sum.update(buffer, 0, read);
      }
    }
    var digest = Digest.finish("sha256", sum.digest());
    Files.move(hole, blobs.resolve(digest.encoded()));
    var config = Bytes.of("{}");
    Files.write(blobs.resolve(config.digest().encoded()), config.toArray());
    var manifest =
        Bytes.of(
            Json.object()
                .with("schemaVersion", new Json.Num(2))
                .with("mediaType", MediaType.IMAGE_MANIFEST.value())
                .with(
                    "config",
                    json(new Descriptor(MediaType.IMAGE_CONFIG, config.digest(), config.size())))
                .with("layers", Json.array(json(new Descriptor(MediaType.LAYER_TAR, digest, SIZE))))
                .compact());
    Files.write(blobs.resolve(manifest.digest().encoded()), manifest.toArray());
    var root = new Descriptor(MediaType.IMAGE_MANIFEST, manifest.digest(), manifest.size());
    var index =
        Json.object()
            .with("schemaVersion", new Json.Num(2))
            .with("manifests", Json.array(json(root)));
    Files.writeString(layout.resolve("index.json"), index.compact());
    Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
  }

  private static Json json(Descriptor descriptor) {
    return Json.object()
        .with("mediaType", descriptor.mediaType().value())
        .with("digest", descriptor.digest().toString())
        .with("size", new Json.Num(descriptor.size()));
  }
}
