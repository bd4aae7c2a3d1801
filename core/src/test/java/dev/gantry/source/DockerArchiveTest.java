package dev.gantry.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.event.Event;
import dev.gantry.http.Body;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Json;
import dev.gantry.oci.MediaType;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docker save writes, old and new, and what others write in its name. */
class DockerArchiveTest {
  private final Random random = new Random(5);
  private final Pictures.Picture picture = Pictures.picture(random, 3, "linux", "amd64");

  @TempDir Path folder;
  private Reader reader;

  @BeforeEach
  void setUp() {
    reader = new Reader(folder);
  }

  @Test
  void oldFormIsCompressedOnce() throws Exception {
    Pictures.writeTar(folder.resolve("app.tar"), Pictures.oldArchive(picture, "app:v1"));
    var draft = (Artifact.Draft) reader.read("docker-archive:app.tar");
    assertThat(draft.layers()).hasSize(3).allMatch(Layer.Pending.class::isInstance);
    var ready = new ArrayList<Descriptor>();
    var whole =
        draft.finish((blob, content) -> {
          assertThat(content.body(blob)).isInstanceOf(Body.FileRegion.class);
          ready.add(blob);
        });
    Reader.checkWhole(whole);
    assertThat(ready).hasSize(3);
    assertThat(whole.layers())
        .zipSatisfy(
            draft.layers(),
            (known, pending) ->
                assertThat(known.atMost()).isPositive().isLessThanOrEqualTo(pending.atMost()));
    assertThat(whole.content().bytes(whole.blobs().getLast(), 1 << 20)).isEqualTo(picture.config());
    assertThat(whole.root().mediaType()).isEqualTo(MediaType.IMAGE_MANIFEST);
    assertThat(reader.events).hasAtLeastOneElementOfType(Event.Compressing.class);

    reader.events.clear();
    var again = reader.read("app.tar");
    assertThat(again).isInstanceOf(Artifact.Whole.class);
    assertThat(((Artifact.Whole) again).root()).isEqualTo(whole.root());
    assertThat(reader.events).isEmpty();
  }

  @Test
  void entriesInAnyOrderAndSharedLayers() throws Exception {
    var layers = new ArrayList<>(picture.layers());
    layers.add(layers.getFirst());
    var json = Json.parseObject(picture.config());
    var fs =
        Json.object()
            .with("type", "layers")
            .with("diff_ids", Json.strings(layers.stream().map(Bytes::digest).toList()));
    var shared = new Pictures.Picture(Bytes.of(json.with("rootfs", fs).compact()), layers);
    var entries = Pictures.oldArchive(shared, "app:v1");
    assertThat(entries).anyMatch(entry -> !entry.link().isEmpty());
    Collections.reverse(entries);
    Pictures.writeTar(folder.resolve("app.tar"), entries);
    var whole = reader.whole("app.tar");
    Reader.checkWhole(whole);
    assertThat(whole.layers()).hasSize(3);
    assertThat(whole.blobs()).hasSize(4);
  }

  @Test
  void newFormGivesTheSameImageAsTheOld() throws Exception {
    Pictures.writeTar(folder.resolve("old.tar"), Pictures.oldArchive(picture, "app:v1"));
    Pictures.writeTar(folder.resolve("new.tar"), Pictures.newArchive(picture, "app:v1"));
    var old = reader.whole("old.tar");
    var fresh = new Reader(folder.resolve("other"));
    var recent = fresh.whole("docker-archive:" + folder.resolve("new.tar"));
    Reader.checkWhole(recent);
    assertThat(recent.root()).isEqualTo(old.root());
    var asLayout = reader.whole("oci-archive:new.tar");
    Reader.checkWhole(asLayout);
    assertThat(asLayout.root()).isNotEqualTo(old.root());
  }

  @Test
  void archiveWithItsOwnCompressedManifestKeepsIt() throws Exception {
    var files = Pictures.layout(List.of(picture), List.of("v1"), true);
    var entries = Pictures.entries(files);
    var layout = Pictures.write(folder.resolve("layout"), files);
    var manifest = reader.whole(layout.toString()).root();
    entries.add(
        Pictures.Entry.file(
            "manifest.json",
            Pictures.list(
                "blobs/sha256/" + picture.config().digest().encoded(),
                "app:v1",
                List.of("a", "b", "c"))));
    Pictures.writeTar(folder.resolve("built.tar"), entries);
    assertThat(reader.whole("docker-archive:built.tar").root()).isEqualTo(manifest);
  }

  @Test
  void layersThatAreCompressedAlreadyAreTakenAsTheyAre() throws Exception {
    var entries = new ArrayList<Pictures.Entry>();
    var names = new ArrayList<String>();
    for (var layer : picture.layers()) {
      names.add(layer.digest().encoded() + ".tar.gz");
      entries.add(Pictures.Entry.file(names.getLast(), Pictures.gzip(layer)));
    }
    entries.add(Pictures.Entry.file("config.json", picture.config()));
    entries.add(
        Pictures.Entry.file("manifest.json", Pictures.list("config.json", "app:v1", names)));
    Pictures.writeTar(folder.resolve("jib.tar"), entries);
    var whole = reader.whole("jib.tar");
    Reader.checkWhole(whole);
    assertThat(whole.layers().getFirst())
        .isEqualTo(
            new Layer.Known(
                new Descriptor(
                    MediaType.LAYER_GZIP,
                    Pictures.gzip(picture.layers().getFirst()).digest(),
                    Pictures.gzip(picture.layers().getFirst()).size())));
  }

  @Test
  void withoutRoomLayersAreCompressedAtEachReading() throws Exception {
    Pictures.writeTar(folder.resolve("app.tar"), Pictures.oldArchive(picture, "app:v1"));
    var tiny = new BlobCache(folder.resolve("tiny"), 1);
    try (var engine = new Engine(Map.of(), folder)) {
      var sources =
          new Sources(
              tiny,
              Runnable::run,
              Dialect.OCI,
              InputStream.nullInputStream(),
              engine,
              reader.events::add);
      var source = (Source.Local) Source.parse("app.tar", folder);
      var whole = Reader.whole(sources.read(source, Optional.empty()));
      Reader.checkWhole(whole);
      Reader.checkWhole(whole);
      assertThat(whole.content().body(whole.blobs().getFirst())).isInstanceOf(Body.Stream.class);
      assertThat(reader.events).hasAtLeastOneElementOfType(Event.Noticed.class);
      assertThat(whole.root()).isEqualTo(reader.whole("app.tar").root());
    }
  }

  @Test
  void dockerDialect() throws Exception {
    Pictures.writeTar(folder.resolve("app.tar"), Pictures.oldArchive(picture, "app:v1"));
    try (var engine = new Engine(Map.of(), folder)) {
      var sources =
          new Sources(
              reader.cache,
              Runnable::run,
              Dialect.DOCKER,
              InputStream.nullInputStream(),
              engine,
              reader.events::add);
      var source = (Source.Local) Source.parse("app.tar", folder);
      var whole = Reader.whole(sources.read(source, Optional.empty()));
      assertThat(whole.root().mediaType()).isEqualTo(MediaType.DOCKER_MANIFEST);
      assertThat(whole.blobs().getFirst().mediaType()).isEqualTo(MediaType.DOCKER_LAYER);
    }
  }

  @Test
  void severalImages() throws Exception {
    var other = Pictures.picture(random, 1, "linux", "arm64");
    var entries = new ArrayList<Pictures.Entry>();
    var list = new ArrayList<Json>();
    for (var each : Map.of("app:v1", picture, "app:v2", other).entrySet()) {
      var digest = each.getValue().config().digest();
      var layers = each.getValue().layers().stream().map(Bytes::digest).map(Digest::encoded);
      list.add(
          Json.object()
              .with("Config", digest.encoded() + ".json")
              .with("RepoTags", Json.strings(List.of(each.getKey())))
              .with("Layers", Json.strings(layers.map(hex -> hex + ".tar").toList())));
      entries.add(Pictures.Entry.file(digest.encoded() + ".json", each.getValue().config()));
      for (var layer : each.getValue().layers()) {
        entries.add(Pictures.Entry.file(layer.digest().encoded() + ".tar", layer));
      }
    }
    entries.add(Pictures.Entry.file("manifest.json", new Json.Arr(list).compact()));
    Pictures.writeTar(folder.resolve("two.tar"), entries);
    assertThat(reader.whole("docker-archive:two.tar:app:v2").layers()).hasSize(1);
    assertThat(reader.whole("docker-archive:two.tar:docker.io/library/app:v1").layers()).hasSize(3);
    assertThat(reader.whole("docker-archive:two.tar:" + other.config().digest()).layers())
        .hasSize(1);
    assertThat(reader.problem("two.tar").todo()).contains("app:v1").contains("app:v2");
    assertThat(reader.problem("two.tar:app").what()).contains("several images");
    assertThat(reader.problem("two.tar:web:v1").cause()).isEqualTo("name.local-image-missing");
    assertThatThrownBy(() -> reader.read("two.tar:app:v1", "linux/arm64"))
        .hasMessageContaining("content.platform");
  }

  @Test
  void alteredLayersAndConfigs() throws Exception {
    var entries = Pictures.oldArchive(picture, "app:v1");
    var bytes = entries.get(2).bytes().toArray();
    bytes[700] ^= 1;
    entries.set(2, Pictures.Entry.file(entries.get(2).name(), Bytes.of(bytes)));
    Pictures.writeTar(folder.resolve("app.tar"), entries);
    var layer = reader.problem("app.tar");
    assertThat(layer.cause()).isEqualTo("content.digest-mismatch");
    assertThat(layer.what()).contains(picture.layers().getFirst().digest().toString());
    assertThat(reader.cache.made(picture.layers().getFirst().digest())).isEmpty();

    var renamed = Pictures.oldArchive(picture, "app:v1");
    renamed.replaceAll(entry ->
        entry.bytes().equals(picture.config())
            ? Pictures.Entry.file(entry.name(), picture.config().text() + " ")
            : entry);
    Pictures.writeTar(folder.resolve("app.tar"), renamed);
    assertThat(reader.problem("app.tar").what()).contains("has the digest");
  }

  @Test
  void truncatedArchive() throws Exception {
    var tar = Pictures.tar(Pictures.oldArchive(picture, "app:v1")).toArray();
    for (var length : List.of(513, 3000, tar.length / 2)) {
      Files.write(folder.resolve("cut.tar"), Arrays.copyOf(tar, length));
      assertThat(reader.problem("cut.tar").cause())
          .isIn("content.digest-mismatch", "name.local-image-missing");
    }
    var gzip = Pictures.gzip(Bytes.of(tar)).toArray();
    Files.write(folder.resolve("cut.tgz"), Arrays.copyOf(gzip, gzip.length / 2));
    assertThat(reader.problem("cut.tgz").what()).contains("ends early");
    try (var left = Files.list(folder.resolve("cache/parts"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void tricksInTars() throws Exception {
    for (var name : List.of("../evil", "/etc/passwd", "a/../../b")) {
      var entries = Pictures.oldArchive(picture, "app:v1");
      entries.add(Pictures.Entry.file(name, "x"));
      Pictures.writeTar(folder.resolve("t.tar"), entries);
      assertThat(reader.problem("t.tar").what()).contains("leads out");
    }
    var linked = Pictures.oldArchive(picture, "app:v1");
    linked.add(Pictures.Entry.link("a/b", "../../../etc/passwd"));
    Pictures.writeTar(folder.resolve("t.tar"), linked);
    assertThat(reader.problem("t.tar").what()).contains("leads out");
    var twice = Pictures.oldArchive(picture, "app:v1");
    twice.add(Pictures.Entry.file("./manifest.json", "[]"));
    Pictures.writeTar(folder.resolve("t.tar"), twice);
    assertThat(reader.problem("t.tar").what()).contains("twice");
    var circle =
        List.of(
            Pictures.Entry.link("manifest.json", "other.json"),
            Pictures.Entry.link("other.json", "manifest.json"));
    Pictures.writeTar(folder.resolve("t.tar"), circle);
    assertThat(reader.problem("t.tar").cause()).isEqualTo("name.local-image-missing");
    var hugeList = List.of(Pictures.Entry.file("manifest.json", " ".repeat((8 << 20) + 1)));
    Pictures.writeTar(folder.resolve("t.tar"), hugeList);
    assertThat(reader.problem("t.tar").what()).contains("8 MiB");
  }

  @Test
  void aLongNameIsNoBomb() throws Exception {
    var header = new byte[512];
    System.arraycopy("././@LongLink".getBytes(US_ASCII), 0, header, 0, 13);
    System.arraycopy("00100000000".getBytes(US_ASCII), 0, header, 124, 11);
    header[156] = 'L';
    Arrays.fill(header, 148, 156, (byte) ' ');
    var sum = 0;
    for (var b : header) {
      sum += b & 0xff;
    }
    System.arraycopy(String.format("%06o\0 ", sum).getBytes(US_ASCII), 0, header, 148, 8);
    Files.write(folder.resolve("bomb.tar"), Arrays.copyOf(header, 1 << 20));
    assertThat(reader.problem("bomb.tar").what()).contains("a header of");
  }

  @Test
  void whatIsNoArchive() throws Exception {
    Files.writeString(folder.resolve("text"), "hello");
    assertThat(reader.problem("text").what()).isEqualTo("this is no tar");
    assertThat(reader.problem("docker-archive:text").what()).isEqualTo("this is no tar");
    Files.writeString(folder.resolve("empty"), "");
    assertThat(reader.problem("empty").what()).isEqualTo("this is no tar");
    Files.write(folder.resolve("z.tar.zst"), new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0});
    assertThat(reader.problem("z.tar.zst").todo()).isEqualTo("zstd -d");
    Pictures.writeTar(folder.resolve("other.tar"), List.of(Pictures.Entry.file("README", "x")));
    assertThat(reader.problem("other.tar").what()).contains("neither manifest.json nor index.json");
    assertThat(reader.problem("oci:other.tar").todo()).contains("oci-archive:");
    assertThat(reader.problem("docker-archive:missing.tar").what()).contains("no file or folder");
    assertThat(reader.problem("docker-archive:" + folder).what()).contains("a folder");
    Pictures.writeTar(folder.resolve("docker.tar"), Pictures.oldArchive(picture, "a:b"));
    assertThat(reader.problem("oci-archive:docker.tar").todo()).contains("docker-archive:");
    assertThat(reader.standardInput(Bytes.of("")).problem("docker-archive:-").what())
        .isEqualTo("nothing came");
  }
}
