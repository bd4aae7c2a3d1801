package dev.gantry.source;

import dev.gantry.event.Event;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.MediaType;
import dev.gantry.oci.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads what {@code docker save} writes, old and new. Where the archive is an OCI layout too, and
 * the image has a manifest there with compressed layers, that manifest is taken with its bytes;
 * otherwise the layers are compressed and a manifest is made.
 */
final class DockerArchiveReader {
  private static final int LARGEST_DOCUMENT = Manifest.LARGEST;

  private final Tree.Tar tree;
  private final Blobs blobs;
  private final Compressor compressor;
  private final Dialect dialect;
  private final Consumer<Event> events;

  DockerArchiveReader(
      Tree.Tar tree, Blobs blobs, Compressor compressor, Dialect dialect, Consumer<Event> events) {
    this.tree = tree;
    this.blobs = blobs;
    this.compressor = compressor;
    this.dialect = dialect;
    this.events = events;
  }

  Artifact read(Optional<String> entry, Optional<Platform> platform) throws IOException {
    var item = ArchiveList.parse(document("manifest.json"), tree.where()).pick(entry);
    var raw = document(item.config());
    requireNamed(item.config(), raw);
    var image = DockerImage.parse(raw, tree.where());
    image.requirePlatform(platform, tree.where());
    var finished = finishedManifest(raw.digest());
    if (finished.isPresent()) {
      return new LayoutReader(tree, blobs, events).read(finished.get());
    }
    return draft(image, layers(item, image));
  }

  private Artifact draft(DockerImage image, Map<Digest, Region> layers) throws IOException {
    var known = new HashMap<Digest, Compressor.Compressed>();
    for (var layer : layers.entrySet()) {
      compressor
          .known(layer.getKey(), layer.getValue())
          .ifPresent(kept -> known.put(layer.getKey(), kept));
    }
    return known.keySet().containsAll(image.diffIds())
        ? image.whole(dialect, known, blobs)
        : new Draft(image, layers, known);
  }

  /** The layers of an image by diff id. */
  private Map<Digest, Region> layers(ArchiveList.Image item, DockerImage image) {
    var diffIds = image.diffIds();
    if (diffIds.size() != item.layers().size()) {
      throw Refusal.other(
          "the image's config names "
              + diffIds.size()
              + " layers, and manifest.json "
              + item.layers().size(),
          tree.where(),
          "save the image again");
    }
    var regions = new LinkedHashMap<Digest, Region>();
    for (int i = 0; i < diffIds.size(); i++) {
      var name = item.layers().get(i);
      regions.put(
          diffIds.get(i),
          tree.find(name)
              .orElseThrow(() ->
                  Refusal.of(
                      "content.blob-unknown",
                      "the layer '" + name + "' is not in the archive",
                      tree.where(),
                      "save the image again")));
    }
    return regions;
  }

  /** A config whose name is its digest must have it. */
  private void requireNamed(String name, Bytes raw) {
    var stem = name.replaceFirst(".*/", "").replaceFirst("[.]json$", "");
    if (stem.matches("[0-9a-f]{64}") && !raw.digest().encoded().equals(stem)) {
      throw Refusal.altered(
          "the config '" + name + "' has the digest " + raw.digest(), tree.where());
    }
  }

  private Bytes document(String name) throws IOException {
    var region =
        tree.find(name)
            .orElseThrow(() ->
                Refusal.missing(
                    "the archive has no '" + name + "'", tree.where(), "save the image again"));
    if (region.size() > LARGEST_DOCUMENT) {
      throw Refusal.other(
          "'" + name + "' has " + Refusal.size(region.size()) + ", and 8 MiB is the most",
          tree.where(),
          "check how the archive was made");
    }
    try (var in = region.open()) {
      return Bytes.of(in.readAllBytes());
    }
  }

  /** The image's own manifest, if the archive has it and its layers need no compressing. */
  private Optional<Descriptor> finishedManifest(Digest config) throws IOException {
    if (tree.find("index.json").isEmpty()) {
      return Optional.empty();
    }
    var reader = new LayoutReader(tree, blobs, events);
    var open = new ArrayList<>(reader.index().manifests());
    for (int depth = 0; depth < 8 && !open.isEmpty(); depth++) {
      var deeper = new ArrayList<Descriptor>();
      for (var descriptor : open) {
        if (reader.find(descriptor).isEmpty()) {
          continue;
        }
        switch (reader.manifest(descriptor)) {
          case Manifest.Index index -> deeper.addAll(index.manifests());
          case Manifest.Image image -> {
            if (image.config().digest().equals(config)) {
              return image.layers().stream().anyMatch(DockerArchiveReader::isPlain)
                  ? Optional.empty()
                  : Optional.of(descriptor);
            }
          }
        }
      }
      open = deeper;
    }
    return Optional.empty();
  }

  private static boolean isPlain(Descriptor layer) {
    return layer.mediaType().equals(MediaType.LAYER_TAR)
        || layer.mediaType().value().endsWith("rootfs.diff.tar");
  }

  /** An image of which some layers have no blob yet. */
  private final class Draft implements Artifact.Draft {
    private final DockerImage image;
    private final Map<Digest, Region> layers;
    private final Map<Digest, Compressor.Compressed> known;

    Draft(DockerImage image, Map<Digest, Region> layers, Map<Digest, Compressor.Compressed> known) {
      this.image = image;
      this.layers = layers;
      this.known = known;
    }

    @Override
    public List<Layer> layers() {
      var all = new ArrayList<Layer>();
      for (var diffId : new LinkedHashSet<>(image.diffIds())) {
        var made = Optional.ofNullable(known.get(diffId));
        var size = Optional.ofNullable(layers.get(diffId)).orElseThrow().size();
        all.add(
            made.<Layer>map(layer -> new Layer.Known(dialect.layer(layer.made())))
                .orElseGet(() -> new Layer.Pending(diffId, GzipBlocks.atMost(size))));
      }
      return List.copyOf(all);
    }

    @Override
    public List<Platform> platforms() {
      return image.config().platform().stream().toList();
    }

    @Override
    public Artifact.Whole finish(Artifact.Ready ready) throws IOException, InterruptedException {
      var done = new HashMap<>(known);
      for (var layer : layers.entrySet()) {
        var diffId = layer.getKey();
        if (!done.containsKey(diffId)) {
          var made = make(layer.getValue(), diffId);
          done.put(diffId, made);
          blobs.add(made.made().digest(), made.place());
          ready.blob(dialect.layer(made.made()), blobs);
        }
      }
      return image.whole(dialect, done, blobs);
    }

    private Compressor.Compressed make(Region layer, Digest diffId)
        throws IOException, InterruptedException {
      var where = tree.where() + ", layer " + diffId;
      var head = layer.head(2);
      var gzip = head.length == 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
      return gzip
          ? compressor.taken(layer, diffId, where)
          : compressor.compress(layer, diffId, where);
    }

    @Override
    public void close() {
      blobs.close();
    }
  }
}
