package dev.gantry.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.event.Event;
import dev.gantry.failure.PublishException;
import dev.gantry.http.Body;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Json;
import dev.gantry.oci.Tag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every {@link Target}, whatever is behind it. */
abstract class TargetContract {

  /** A fresh repository of one registry, open for everything, with nothing in it. */
  abstract Target repository(String path);

  @Test
  void nothingIsThereAtFirst() throws Exception {
    var target = repository("demo/empty");
    var blob = Pieces.layer(Pieces.bytes("absent", 10));
    assertThat(target.has(blob)).isFalse();
    assertThat(target.hasManifest(blob.digest())).isFalse();
    assertThat(target.resolve(new Tag("v1"))).isEmpty();
    assertThat(target.manifest(new Tag("v1"))).isEmpty();
    assertThat(target.manifest(blob.digest())).isEmpty();
    assertThat(target.tags()).isEmpty();
    assertThat(target.referrers(blob.digest())).isEmpty();
    assertThat(target.delete(blob.digest())).isFalse();
    target.delete(new Tag("v1"));
    assertThatThrownBy(() -> target.open(blob)).isInstanceOf(PublishException.class);
  }

  @Test
  void aBlobComesBackAsItWent() throws Exception {
    var target = repository("demo/blob");
    var bytes = Pieces.bytes("blob", 1_000_000);
    var blob = Pieces.layer(bytes);
    assertThat(target.put(blob, Pieces.body(bytes), List.of())).isEqualTo(Event.How.SENT);
    assertThat(target.has(blob)).isTrue();
    try (var in = target.open(blob)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes.toArray());
    }
  }

  @Test
  void anEmptyBlobIsABlob() throws Exception {
    var target = repository("demo/empty-blob");
    var blob = Pieces.layer(Bytes.of(""));
    target.put(blob, Pieces.body(Bytes.of("")), List.of());
    assertThat(target.has(blob)).isTrue();
    try (var in = target.open(blob)) {
      assertThat(in.readAllBytes()).isEmpty();
    }
  }

  @Test
  void aBlobGoesOutFromAFileOrAStream(@TempDir Path folder) throws Exception {
    var target = repository("demo/body");
    var bytes = Pieces.bytes("file", 70_000);
    var file = folder.resolve("blob");
    Files.write(file, Bytes.of("before").toArray());
    Files.write(file, bytes.toArray(), java.nio.file.StandardOpenOption.APPEND);
    var blob = Pieces.layer(bytes);
    target.put(blob, new Body.FileRegion(file, 6, bytes.size()), List.of());
    assertThat(target.has(blob)).isTrue();
    var other = Pieces.bytes("stream", 70_000);
    var stream =
        new Body.Stream(
            () -> new java.io.ByteArrayInputStream(other.toArray()), OptionalLong.of(other.size()));
    target.put(Pieces.layer(other), stream, List.of());
    assertThat(target.has(Pieces.layer(other))).isTrue();
  }

  @Test
  void contentOfAnotherSizeIsNotSent() {
    var target = repository("demo/size");
    var blob = Pieces.layer(Pieces.bytes("size", 100));
    assertThatThrownBy(() -> target.put(blob, Pieces.body(Bytes.of("short")), List.of()))
        .isInstanceOf(PublishException.class)
        .hasMessageContaining("100");
  }

  @Test
  void contentOfAnotherDigestIsRefused() throws Exception {
    var target = repository("demo/digest");
    var blob = Pieces.layer(Pieces.bytes("right", 100));
    var wrong = Pieces.bytes("wrong", 100);
    assertThatThrownBy(() -> target.put(blob, Pieces.body(wrong), List.of()))
        .isInstanceOf(PublishException.class);
    assertThat(target.has(blob)).isFalse();
  }

  @Test
  void aBlobIsMountedFromAnotherRepository() throws Exception {
    var from = repository("demo/from");
    var target = repository("demo/to");
    var bytes = Pieces.bytes("mount", 100);
    var blob = Pieces.layer(bytes);
    assertThat(target.mount(blob, from.repository())).isFalse();
    from.put(blob, Pieces.body(bytes), List.of());
    var nowhere = repository("demo/nowhere").repository();
    var how =
        target.put(
            blob,
            new Body.Stream(
                () -> {
                  throw new AssertionError("a mount needs no content");
                },
                OptionalLong.of(blob.size())),
            List.of(nowhere, from.repository()));
    assertThat(how).isEqualTo(Event.How.MOUNTED);
    assertThat(target.has(blob)).isTrue();
  }

  @Test
  void aFailedMountIsSent() throws Exception {
    var target = repository("demo/no-mount");
    var bytes = Pieces.bytes("no mount", 100);
    var how =
        target.put(
            Pieces.layer(bytes),
            Pieces.body(bytes),
            List.of(repository("demo/nothing-here").repository()));
    assertThat(how).isEqualTo(Event.How.SENT);
    assertThat(target.has(Pieces.layer(bytes))).isTrue();
  }

  @Test
  void manifestsKeepTheirBytes() throws Exception {
    var target = repository("demo/manifests");
    var image = Pieces.pushed(target, "one");
    var index = Pieces.index(List.of(image, Pieces.pushed(target, "two")));
    target.put(index);
    target.point(new Tag("v1"), index);
    assertThat(target.resolve(new Tag("v1"))).contains(index.digest());
    assertThat(target.manifest(new Tag("v1"))).contains(index);
    assertThat(target.manifest(image.digest())).contains(image);
    assertThat(target.hasManifest(image.digest())).isTrue();
  }

  @Test
  void aTagMoves() throws Exception {
    var target = repository("demo/moves");
    var one = Pieces.pushed(target, "one");
    var two = Pieces.pushed(target, "two");
    target.point(new Tag("latest"), one);
    target.point(new Tag("latest"), two);
    assertThat(target.resolve(new Tag("latest"))).contains(two.digest());
    assertThat(target.hasManifest(one.digest())).isTrue();
  }

  @Test
  void tagsAreListed() throws Exception {
    var target = repository("demo/tags");
    var image = Pieces.pushed(target, "tags");
    for (var name : List.of("a", "b", "v1.0")) {
      target.point(new Tag(name), image);
    }
    assertThat(target.tags())
        .containsExactlyInAnyOrder(new Tag("a"), new Tag("b"), new Tag("v1.0"));
  }

  @Test
  void aTagIsDeletedWithoutItsSiblings() throws Exception {
    var target = repository("demo/siblings");
    var image = Pieces.pushed(target, "siblings");
    target.point(new Tag("gone"), image);
    target.point(new Tag("stays"), image);
    target.delete(new Tag("gone"));
    assertThat(target.resolve(new Tag("gone"))).isEmpty();
    assertThat(target.resolve(new Tag("stays"))).contains(image.digest());
    assertThat(target.tags()).containsExactly(new Tag("stays"));
  }

  @Test
  void aManifestIsDeletedWithItsTags() throws Exception {
    var target = repository("demo/deleted");
    var image = Pieces.pushed(target, "deleted");
    target.point(new Tag("v1"), image);
    assertThat(target.delete(image.digest())).isTrue();
    assertThat(target.resolve(new Tag("v1"))).isEmpty();
    assertThat(target.hasManifest(image.digest())).isFalse();
  }

  @Test
  void referrersAreFoundByTheirSubject() throws Exception {
    var target = repository("demo/referrers");
    var image = Pieces.pushed(target, "subject");
    var empty = Bytes.of("{}");
    var config = new Descriptor(dev.gantry.oci.MediaType.EMPTY, empty.digest(), empty.size());
    target.put(config, Pieces.body(empty), List.of());
    for (var kind : List.of("application/vnd.example.sbom", "application/vnd.example.signature")) {
      target.put(
          Pieces.odd(
              Pieces.image(config, List.of(config))
                  .with("artifactType", kind)
                  .with("subject", Pieces.json(image.descriptor()))
                  .with("annotations", Json.object().with("about", kind))));
    }
    var found = target.referrers(image.digest());
    assertThat(found.stream().map(Descriptor::artifactType).flatMap(java.util.Optional::stream))
        .containsExactlyInAnyOrder(
            "application/vnd.example.sbom", "application/vnd.example.signature");
    assertThat(found.getFirst().annotations()).containsKey("about");
  }
}
