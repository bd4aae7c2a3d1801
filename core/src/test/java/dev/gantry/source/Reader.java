package dev.gantry.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gantry.event.Event;
import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Config;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.Platform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/**
 * Reads sources in a test, with a cache in its own folder, and checks all that an artifact says.
 */
final class Reader {
  final List<Event> events = new CopyOnWriteArrayList<>();
  final BlobCache cache;
  private final Path home;
  private final Map<String, String> environment;
  private InputStream standardInput = InputStream.nullInputStream();

  Reader(Path home) {
    this(home, Map.of());
  }

  Reader(Path home, Map<String, String> environment) {
    this.home = home;
    this.environment = environment;
    this.cache = new BlobCache(home.resolve("cache"), 4L << 30);
  }

  Reader standardInput(Bytes bytes) {
    standardInput = new ByteArrayInputStream(bytes.toArray());
    return this;
  }

  Artifact read(String source) throws Exception {
    return read(source, Optional.empty());
  }

  Artifact read(String source, String platform) throws Exception {
    return read(source, Optional.of(Platform.parse(platform)));
  }

  private Artifact read(String source, Optional<Platform> platform) throws Exception {
    try (var engine = new Engine(environment, home)) {
      return sources(engine).read((Source.Local) Source.parse(source, home), platform);
    }
  }

  Sources sources(Engine engine) {
    return new Sources(cache, Runnable::run, Dialect.OCI, standardInput, engine, events::add);
  }

  Artifact.Whole whole(String source) throws Exception {
    return whole(read(source));
  }

  static Artifact.Whole whole(Artifact artifact) throws IOException, InterruptedException {
    return switch (artifact) {
      case Artifact.Whole whole -> whole;
      case Artifact.Draft draft -> draft.finish();
    };
  }

  Failure.Problem problem(String source) {
    var thrown = catchThrowableOfType(PublishException.class, () -> checkWhole(whole(source)));
    assertThat(thrown).as(source).isNotNull();
    assertThat(thrown.failure()).isInstanceOf(Failure.Refused.class);
    assertThat(thrown.failure().stage()).isEqualTo(Failure.Stage.READ);
    var problem = ((Failure.Refused) thrown.failure()).problems().getFirst();
    assertThat(problem.what()).isNotBlank();
    assertThat(problem.where()).isNotBlank();
    assertThat(problem.todo()).isNotBlank();
    return problem;
  }

  /** Reads every byte: children stand before parents, digests and diff ids are right. */
  static void checkWhole(Artifact.Whole whole) throws IOException {
    var seen = new HashSet<Digest>();
    for (var manifest : whole.manifests()) {
      switch (manifest) {
        case Manifest.Index index ->
            assertThat(seen)
                .containsAll(
                    index.manifests().stream()
                        .filter(child -> !whole.absent().contains(child))
                        .map(Descriptor::digest)
                        .toList());
        case Manifest.Image image -> checkImage(whole, image);
      }
      assertThat(seen.add(manifest.digest())).isTrue();
    }
    assertThat(whole.manifests().getLast().digest()).isEqualTo(whole.root().digest());
  }

  private static void checkImage(Artifact.Whole whole, Manifest.Image image) throws IOException {
    var config = Config.parse(whole.content().bytes(image.config(), 1 << 20));
    assertThat(config.diffIds()).hasSameSizeAs(image.layers());
    for (int i = 0; i < image.layers().size(); i++) {
      assertThat(plain(whole, image.layers().get(i)).digest()).isEqualTo(config.diffIds().get(i));
    }
  }

  /** A layer's tar. */
  static Bytes plain(Artifact.Whole whole, Descriptor layer) throws IOException {
    try (var in = whole.content().open(layer)) {
      return Bytes.of(
          layer.mediaType().value().endsWith("gzip")
              ? new GZIPInputStream(in).readAllBytes()
              : in.readAllBytes());
    }
  }
}
