package dev.gantry.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.event.Event;
import dev.gantry.http.Body;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.Platform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OCI layouts as folders and as tars. */
class OciLayoutTest {
  private final Random random = new Random(4);
  private final Pictures.Picture one = Pictures.picture(random, 2, "linux", "amd64");
  private final Pictures.Picture other = Pictures.picture(random, 1, "linux", "arm64");

  @TempDir Path folder;
  private Reader reader;

  @BeforeEach
  void setUp() {
    reader = new Reader(folder);
  }

  @Test
  void theOnlyEntryOfAFolder() throws Exception {
    var files = Pictures.layout(List.of(one), List.of("v1"), true);
    Pictures.write(folder.resolve("app"), files);
    try (var whole = reader.whole("oci:app")) {
      Reader.checkWhole(whole);
      assertThat(whole.root()).isInstanceOf(Manifest.Image.class);
      assertThat(files.get("blobs/sha256/" + whole.root().digest().encoded()))
          .isEqualTo(whole.root().raw());
      assertThat(whole.platforms()).containsExactly(Platform.parse("linux/amd64"));
      assertThat(whole.blobs()).hasSize(3);
      assertThat(whole.layers()).hasSize(2).allMatch(Layer.Known.class::isInstance);
      assertThat(whole.content().body(whole.blobs().getFirst()))
          .isInstanceOf(Body.FileRegion.class);
    }
    assertThat(reader.whole("app").root()).isEqualTo(reader.whole("oci:app:v1").root());
  }

  @Test
  void entriesByNameAndDigest() throws Exception {
    Pictures.write(
        folder.resolve("app"),
        Pictures.layout(List.of(one, other), List.of("v1", "ghcr.io/o/app:v2"), true));
    var second = reader.whole("oci:app:ghcr.io/o/app:v2").root();
    assertThat(reader.whole("oci:app:v2").root()).isEqualTo(second);
    assertThat(reader.whole("oci:app:" + second.digest()).root()).isEqualTo(second);
    assertThat(reader.whole("oci:app:v1").root()).isNotEqualTo(second);
    assertThat(reader.problem("oci:app").todo()).contains("v1, ghcr.io/o/app:v2");
    assertThat(reader.problem("oci:app:v3").what()).contains("no image named 'v3'");
  }

  @Test
  void indexWithPlatforms() throws Exception {
    Pictures.write(folder.resolve("multi"), Pictures.platforms(one, other));
    var whole = reader.whole("multi");
    Reader.checkWhole(whole);
    assertThat(whole.manifests()).hasSize(3);
    assertThat(whole.platforms())
        .containsExactly(Platform.parse("linux/amd64"), Platform.parse("linux/arm64"));
    var picked = Reader.whole(reader.read("multi", "linux/arm64/v8"));
    Reader.checkWhole(picked);
    assertThat(picked.manifests()).hasSize(1);
    assertThat(picked.layers()).hasSize(1);
  }

  @Test
  void platformThatIsNotThere() throws Exception {
    Pictures.write(folder.resolve("multi"), Pictures.platforms(one, other));
    var problem =
        org.assertj.core.api.Assertions.catchThrowable(() -> reader.read("multi", "windows/amd64"));
    assertThat(problem).hasMessageContaining("there are: linux/amd64, linux/arm64");
    assertThat(problem).hasMessageContaining("content.platform");
  }

  @Test
  void sparseIndexIsTold() throws Exception {
    var files = Pictures.platforms(one, other);
    Pictures.write(folder.resolve("full"), files);
    var arm = Reader.whole(new Reader(folder).read("full", "linux/arm64")).root();
    files.remove("blobs/sha256/" + arm.digest().encoded());
    Pictures.write(folder.resolve("sparse"), files);
    var whole = reader.whole("sparse");
    Reader.checkWhole(whole);
    assertThat(whole.absent()).hasSize(1);
    assertThat(whole.absent().getFirst().digest()).isEqualTo(arm.digest());
    assertThat(reader.events).hasAtLeastOneElementOfType(Event.Noticed.class);
  }

  @Test
  void tarFromFileAndFromStandardInput() throws Exception {
    var entries = Pictures.entries(Pictures.platforms(one, other));
    Pictures.writeTar(folder.resolve("a:b.tar"), entries);
    var whole = reader.whole("oci-archive:a:b.tar");
    Reader.checkWhole(whole);
    assertThat(whole.content().body(whole.blobs().getFirst()))
        .isInstanceOfSatisfying(
            Body.FileRegion.class, region -> assertThat(region.offset()).isPositive());
    assertThat(reader.whole("a:b.tar").root()).isEqualTo(whole.root());

    var tar = Pictures.tar(entries);
    try (var spooled = reader.standardInput(tar).whole("oci-archive:-")) {
      Reader.checkWhole(spooled);
      assertThat(spooled.root()).isEqualTo(whole.root());
      assertThat(parts()).hasSize(1);
    }
    assertThat(parts()).isEmpty();
    Files.write(folder.resolve("a.tar.gz"), Pictures.gzip(tar).toArray());
    try (var unpacked = reader.whole("a.tar.gz")) {
      Reader.checkWhole(unpacked);
    }
    assertThat(parts()).isEmpty();
  }

  private List<Path> parts() throws Exception {
    try (var all = Files.list(folder.resolve("cache/parts"))) {
      return all.toList();
    }
  }

  @Test
  void truncatedAndAlteredBlobs() throws Exception {
    var files = Pictures.layout(List.of(one), List.of("v1"), true);
    Pictures.write(folder.resolve("app"), files);
    var layer = reader.whole("app").blobs().getFirst();
    var path = folder.resolve("app/blobs/sha256/" + layer.digest().encoded());
    var bytes = Files.readAllBytes(path);

    Files.write(path, java.util.Arrays.copyOf(bytes, bytes.length - 1));
    var truncated = reader.problem("app");
    assertThat(truncated.cause()).isEqualTo("content.digest-mismatch");
    assertThat(truncated.what()).contains(layer.digest().toString(), bytes.length + "");

    bytes[bytes.length / 2] ^= 1;
    Files.write(path, bytes);
    var whole = reader.whole("app");
    var altered =
        org.assertj.core.api.Assertions.catchThrowable(() -> whole.content().check(layer));
    assertThat(altered).hasMessageContaining("content.digest-mismatch");

    Files.delete(path);
    assertThat(reader.problem("app").cause()).isEqualTo("content.blob-unknown");
  }

  @Test
  void brokenLayouts() throws Exception {
    var files = Pictures.layout(List.of(one), List.of("v1"), true);
    Pictures.write(folder.resolve("app"), files);
    Files.writeString(folder.resolve("app/index.json"), "{\"manifests\":[");
    assertThat(reader.problem("app").what()).contains("index.json is no image index");
    Files.writeString(folder.resolve("app/index.json"), "{\"schemaVersion\":2,\"manifests\":[]}");
    assertThat(reader.problem("app").what()).contains("no image in it");
    Files.writeString(folder.resolve("app/index.json"), " ".repeat(Manifest.LARGEST + 1));
    assertThat(reader.problem("app").what()).contains("8 MiB");
    Files.writeString(folder.resolve("app/oci-layout"), "{\"imageLayoutVersion\":\"2.0\"}");
    assertThat(reader.problem("app").what()).contains("version 2.0");
    Files.delete(folder.resolve("app/index.json"));
    Files.delete(folder.resolve("app/oci-layout"));
    Files.writeString(folder.resolve("app/Dockerfile"), "FROM scratch\n");
    assertThat(reader.problem("app").todo()).contains("Dockerfile");
    assertThat(reader.problem("oci:app").what()).contains("no index.json");
  }

  @Test
  void manifestWithOtherBytes() throws Exception {
    var files = Pictures.layout(List.of(one), List.of("v1"), true);
    Pictures.write(folder.resolve("app"), files);
    var root = reader.whole("app").root();
    var path = folder.resolve("app/blobs/sha256/" + root.digest().encoded());
    var text = Files.readString(path, StandardCharsets.UTF_8);
    Files.writeString(path, text.replace("amd64", "arm64").replace("{", "{ "));
    assertThat(reader.problem("app").cause()).isEqualTo("content.digest-mismatch");
    assertThat(Bytes.of(text).digest()).isEqualTo(root.digest());
  }
}
