package dev.gantry.source;

import dev.gantry.event.Event;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Opens the sources of this machine. */
public final class Sources {
  private final BlobCache cache;
  private final Executor executor;
  private final Dialect dialect;
  private final InputStream standardInput;
  private final Engine engine;
  private final Consumer<Event> events;

  /**
   * A reader of sources.
   *
   * @param cache keeps compressed layers and what has to be spooled
   * @param executor compresses blocks side by side; {@code Runnable::run} does them one by one
   * @param dialect what the manifests are that have to be made
   * @param standardInput read by {@code oci-archive:-} and {@code docker-archive:-}
   * @param engine asked for {@code docker-daemon:} images
   */
  public Sources(
      BlobCache cache,
      Executor executor,
      Dialect dialect,
      InputStream standardInput,
      Engine engine,
      Consumer<Event> events) {
    this.cache = cache;
    this.executor = executor;
    this.dialect = dialect;
    this.standardInput = standardInput;
    this.engine = engine;
    this.events = events;
  }

  /**
   * Reads what there is to be known without reading the layers. Sizes are checked, so that a blob
   * that was cut off is told now.
   *
   * @param platform which image of an index; without one all are taken
   * @throws PublishException when the source is not there or is no image
   */
  public Artifact read(Source.Local source, Optional<Platform> platform)
      throws IOException, InterruptedException {
    return switch (source) {
      case Source.OciLayout(var folder, var entry) -> layout(folder, entry, platform);
      case Source.Archive archive -> archive(archive, platform);
      case Source.DockerDaemon(var name) ->
          new EngineReader(engine, cache, compressor(), dialect, events).read(name, platform);
    };
  }

  private Compressor compressor() {
    return new Compressor(cache, executor, events);
  }

  private Artifact layout(Path folder, Optional<String> entry, Optional<Platform> platform)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      throw Refusal.missing(
          "this is no folder", folder.toString(), "write oci-archive:" + folder + " for a tar");
    }
    var tree = new Tree.Folder(folder);
    return new LayoutReader(tree, new Blobs(tree.where()), events).read(entry, platform);
  }

  private Artifact archive(Source.Archive source, Optional<Platform> platform) throws IOException {
    var archive = new Spool(cache, standardInput).open(source.input());
    var blobs = new Blobs(archive.where());
    archive.remove().ifPresent(blobs::spooled);
    try {
      var tree = TarReading.index(archive.file(), archive.where());
      return isDocker(source.form(), tree)
          ? new DockerArchiveReader(tree, blobs, compressor(), dialect, events)
              .read(source.entry(), platform)
          : new LayoutReader(tree, blobs, events).read(source.entry(), platform);
    } catch (IOException | RuntimeException e) {
      blobs.close();
      throw e;
    }
  }

  /** Whether a tar is to be read by its {@code manifest.json}; it must have what it is read by. */
  private static boolean isDocker(Source.Form form, Tree.Tar tree) {
    var docker = tree.find("manifest.json").isPresent();
    var oci = tree.find("index.json").isPresent();
    if (!docker && !oci) {
      throw Refusal.missing(
          "the tar holds no image: it has neither manifest.json nor index.json",
          tree.where(),
          tree.find("repositories").isPresent()
              ? "it was saved by a Docker from before 1.10: load it and save it again"
              : "name what docker save, or an OCI tool, has written");
    }
    return switch (form) {
      case AS_FOUND -> docker;
      case DOCKER -> {
        if (!docker) {
          throw Refusal.missing(
              "the tar is an OCI archive", tree.where(), "write oci-archive:" + tree.where());
        }
        yield true;
      }
      case OCI -> {
        if (!oci) {
          throw Refusal.missing(
              "the tar is a docker archive", tree.where(), "write docker-archive:" + tree.where());
        }
        yield false;
      }
    };
  }
}
