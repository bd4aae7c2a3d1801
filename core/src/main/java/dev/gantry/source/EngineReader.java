package dev.gantry.source;

import dev.gantry.event.Event;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Config;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Json;
import dev.gantry.oci.Malformed;
import dev.gantry.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads an image of the Docker Engine. The Engine tells the diff ids at once; its layers come in
 * one stream, each compressed as it passes, so that the image is never whole in memory nor a second
 * time uncompressed on the disk. If every layer was compressed before, nothing is streamed at all.
 */
final class EngineReader {
  private final Engine engine;
  private final BlobCache cache;
  private final Compressor compressor;
  private final Dialect dialect;
  private final Consumer<Event> events;

  EngineReader(
      Engine engine,
      BlobCache cache,
      Compressor compressor,
      Dialect dialect,
      Consumer<Event> events) {
    this.engine = engine;
    this.cache = cache;
    this.compressor = compressor;
    this.dialect = dialect;
    this.events = events;
  }

  Artifact read(String name, Optional<Platform> platform) throws IOException, InterruptedException {
    var found = new EngineImages(engine).find(name);
    var where = "docker-daemon:" + name;
    var json = found.inspected();
    var diffIds = diffIds(json, where);
    if (diffIds.isEmpty()) {
      throw Refusal.other("the Engine names no layers of the image", where, "inspect the image");
    }
    var known = new HashMap<Digest, Compressor.Compressed>();
    for (var diffId : diffIds) {
      compressor.kept(diffId).ifPresent(layer -> known.put(diffId, layer));
    }
    var config =
        known.keySet().containsAll(diffIds) ? keptConfig(json) : Optional.<DockerImage>empty();
    if (config.isPresent() && config.get().diffIds().equals(diffIds)) {
      config.get().requirePlatform(platform, where);
      return config.get().whole(dialect, known, new Blobs(where));
    }
    var is = runsOn(json);
    requirePlatform(is, platform, where);
    requireRoom(json.number("Size").orElse(0L), where);
    return new Draft(found.name(), where, diffIds, bounds(found.name(), diffIds, json), known, is);
  }

  private static List<Digest> diffIds(Json.Obj json, String where) {
    try {
      return json.object("RootFS").flatMap(fs -> fs.array("Layers")).stream()
          .flatMap(all -> all.texts().stream())
          .map(Digest::parse)
          .toList();
    } catch (Malformed e) {
      throw Refusal.other(
          "the Engine names a layer in a way that is not known: " + e.getMessage(),
          where,
          "update");
    }
  }

  /** Engines with Docker's own store name an image by the digest of its config. */
  private Optional<DockerImage> keptConfig(Json.Obj json) throws IOException {
    try {
      var id = Digest.parse(json.needText("Id"));
      var region = cache.find(id);
      if (region.isEmpty()) {
        return Optional.empty();
      }
      var raw = Bytes.of(Files.readAllBytes(region.get().file()));
      if (!raw.digest().equals(id)) {
        cache.forget(id);
        return Optional.empty();
      }
      return Optional.of(new DockerImage(raw, Config.parse(raw)));
    } catch (Malformed _) {
      return Optional.empty();
    }
  }

  private static Optional<Platform> runsOn(Json.Obj json) {
    return json.text("Os")
        .flatMap(os ->
            json.text("Architecture")
                .map(architecture ->
                    new Platform(
                        os,
                        architecture,
                        json.text("Variant").filter(variant -> !variant.isEmpty()),
                        json.text("OsVersion").filter(version -> !version.isEmpty()))));
  }

  private static void requirePlatform(
      Optional<Platform> is, Optional<Platform> wanted, String where) {
    if (wanted.isPresent() && is.filter(platform -> platform.serves(wanted.get())).isEmpty()) {
      throw Refusal.of(
          "content.platform",
          "the image is not for " + wanted.get(),
          where,
          "it is for " + is.map(Platform::toString).orElse("an unknown platform"));
    }
  }

  /**
   * The Engine writes the whole image to its own disk before the first byte of it comes (moby,
   * image/tarexport/save.go); without room there, that ends in an error after minutes.
   */
  private void requireRoom(long size, String where) throws InterruptedException {
    if (!engine.local() || !(engine.get("/info").orElse(Json.object()) instanceof Json.Obj about)) {
      return;
    }
    var store = about.array("DriverStatus").map(Json::compact).orElse("");
    var root = about.text("DockerRootDir").map(Path::of).filter(Files::isDirectory);
    if (root.isEmpty() || store.contains("io.containerd.snapshotter")) {
      return;
    }
    try {
      var free = Files.getFileStore(root.get()).getUsableSpace();
      if (free < size) {
        throw Refusal.of(
            "local.disk-full",
            "the Docker Engine writes the image to its own disk first: "
                + Refusal.size(size)
                + ", and "
                + Refusal.size(free)
                + " are free there",
            root.get() + ", for " + where,
            "make room there (docker system prune), or save from a machine that has it");
      }
      if (free < size + size / 2) {
        events.accept(
            new Event.Noticed(
                "the Docker Engine writes the image to its own disk first: up to "
                    + Refusal.size(size)
                    + " of the "
                    + Refusal.size(free)
                    + " that are free in "
                    + root.get()));
      }
    } catch (IOException e) {
      events.accept(
          new Event.Noticed("the Docker Engine's disk cannot be looked at: " + e.getMessage()));
    }
  }

  /**
   * What each layer takes at most. The Engine tells the sizes of files, not of tars, so that this
   * allows for headers and padding by an eighth and a MiB.
   */
  private Map<Digest, Long> bounds(String name, List<Digest> diffIds, Json.Obj json)
      throws InterruptedException {
    var whole = json.number("Size").orElse(0L);
    var sizes = new ArrayList<Long>();
    if (engine.get(Engine.path("/images/", name, "/history")).orElse(Json.object())
        instanceof Json.Arr history) {
      for (var step : history.objects().reversed()) {
        step.number("Size").filter(size -> size > 0).ifPresent(sizes::add);
      }
    }
    var bounds = new HashMap<Digest, Long>();
    for (int i = 0; i < diffIds.size(); i++) {
      var size = sizes.size() == diffIds.size() ? sizes.get(i) : whole;
      bounds.put(diffIds.get(i), GzipBlocks.atMost(size + size / 8 + (1 << 20)));
    }
    return bounds;
  }

  /** An image that the Engine has not handed out yet. */
  private final class Draft implements Artifact.Draft {
    private final String name;
    private final String where;
    private final List<Digest> diffIds;
    private final Map<Digest, Long> bounds;
    private final Map<Digest, Compressor.Compressed> known;
    private final Optional<Platform> platform;

    Draft(
        String name,
        String where,
        List<Digest> diffIds,
        Map<Digest, Long> bounds,
        Map<Digest, Compressor.Compressed> known,
        Optional<Platform> platform) {
      this.name = name;
      this.where = where;
      this.diffIds = List.copyOf(diffIds);
      this.bounds = Map.copyOf(bounds);
      this.known = Map.copyOf(known);
      this.platform = platform;
    }

    @Override
    public List<Layer> layers() {
      var all = new ArrayList<Layer>();
      for (var diffId : new LinkedHashSet<>(diffIds)) {
        all.add(
            Optional.ofNullable(known.get(diffId))
                .<Layer>map(layer -> new Layer.Known(dialect.layer(layer.made())))
                .orElseGet(() -> new Layer.Pending(diffId, bounds.getOrDefault(diffId, 0L))));
      }
      return List.copyOf(all);
    }

    @Override
    public List<Platform> platforms() {
      return platform.stream().toList();
    }

    @Override
    public Artifact.Whole finish(Artifact.Ready ready) throws IOException, InterruptedException {
      var blobs = new Blobs(where);
      var done = new HashMap<>(known);
      var export =
          new Export(
              compressor,
              new LinkedHashSet<>(diffIds),
              where,
              layer -> {
                if (done.putIfAbsent(layer.diffId(), layer) == null) {
                  blobs.add(layer.made().digest(), layer.place());
                  ready.blob(dialect.layer(layer.made()), blobs);
                }
              });
      stream(export);
      var item =
          ArchiveList.parse(export.document("manifest.json"), where).images().stream()
              .findFirst()
              .orElseThrow(
                  () -> Refusal.missing("the Engine exported no image", where, "try again"));
      var image = DockerImage.parse(export.document(item.config()), where);
      requireSame(image, item, export);
      cache.keep(image.raw());
      return image.whole(dialect, done, blobs);
    }

    private void stream(Export export) throws IOException, InterruptedException {
      try (var answer = engine.stream(Engine.path("/images/", name, "/get"))) {
        if (answer.status() != 200) {
          throw Refusal.missing("No such image: " + name, engine.where(), "it has gone meanwhile");
        }
        export.read(answer.body());
      } catch (IOException e) {
        throw Refusal.altered("the Engine's export ended early: " + e.getMessage(), where);
      }
    }

    private void requireSame(DockerImage image, ArchiveList.Image item, Export export) {
      var found =
          item.layers().stream().map(export::layer).map(Compressor.Compressed::diffId).toList();
      if (!found.equals(image.diffIds()) || !image.diffIds().equals(diffIds)) {
        throw Refusal.altered("the layers that came are not those that the image names", where);
      }
    }

    @Override
    public void close() {
      // a stream is closed where it is read, and the cache keeps what it holds
    }
  }
}
