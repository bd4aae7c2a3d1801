package dev.gantry.source;

import dev.gantry.event.Event;
import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Config;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Json;
import dev.gantry.oci.Malformed;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads an OCI layout (image-spec, image-layout.md): all manifests, and of the blobs whether they
 * are there and have the right size. The bytes of manifests are kept as they stand.
 */
final class LayoutReader {
  /** Indexes within indexes; more is nothing that anybody writes. */
  private static final int DEEPEST = 8;

  private static final int MOST_MANIFESTS = 5_000;

  private final Tree tree;
  private final Blobs blobs;
  private final Consumer<Event> events;
  private final Map<Digest, Manifest> manifests = new LinkedHashMap<>();
  private final Map<Digest, Descriptor> absent = new LinkedHashMap<>();
  private final Set<Platform> platforms = new java.util.LinkedHashSet<>();
  private final List<Failure.Problem> problems = new ArrayList<>();
  private final Set<Digest> looked = new HashSet<>();

  LayoutReader(Tree tree, Blobs blobs, Consumer<Event> events) {
    this.tree = tree;
    this.blobs = blobs;
    this.events = events;
  }

  /** Reads the entry that is meant, and of it the image for a platform if one is asked for. */
  Artifact.Whole read(Optional<String> entry, Optional<Platform> platform) throws IOException {
    var chosen = new LayoutEntries(index(), tree.where()).pick(entry);
    return read(
        platform.isPresent()
            ? new PlatformPick(this::manifest, this::platform, tree.where())
                .pick(chosen, platform.get())
            : chosen);
  }

  /** Reads what a descriptor names. */
  Artifact.Whole read(Descriptor root) throws IOException {
    if (find(root).isEmpty()) {
      throw Refusal.of(
          "content.blob-unknown",
          "the manifest " + root.digest() + " is not there",
          tree.where(),
          "make the layout again, whole");
    }
    collect(root, 0);
    if (!problems.isEmpty()) {
      throw new PublishException(new Failure.Refused(Failure.Stage.READ, problems));
    }
    if (!absent.isEmpty()) {
      events.accept(
          new Event.Noticed(
              tree.where()
                  + " lists "
                  + absent.size()
                  + " manifests that it does not hold: the registry must have them already"));
    }
    return new Artifact.Whole(
        manifest(root),
        List.copyOf(manifests.values()),
        List.copyOf(absent.values()),
        List.copyOf(platforms),
        blobs);
  }

  /** The folder's own list of entries. */
  Manifest.Index index() throws IOException {
    checkVersion();
    var raw = document("index.json");
    try {
      if (Manifest.parse(raw) instanceof Manifest.Index index) {
        return index;
      }
    } catch (Malformed e) {
      throw Refusal.other(
          "index.json is no image index: " + e.getMessage(), tree.where(), "make the layout again");
    }
    throw Refusal.other("index.json is no image index", tree.where(), "make the layout again");
  }

  private void checkVersion() throws IOException {
    if (tree.find("oci-layout").isEmpty()) {
      events.accept(new Event.Noticed(tree.where() + " has no oci-layout file; read all the same"));
      return;
    }
    var raw = document("oci-layout");
    try {
      var version = Json.parseObject(raw).needText("imageLayoutVersion");
      if (!version.startsWith("1.")) {
        throw Refusal.other(
            "the layout is of version " + version + ", and 1 is read here",
            tree.where(),
            "convert it");
      }
    } catch (Malformed e) {
      throw Refusal.other(
          "oci-layout is broken: " + e.getMessage(), tree.where(), "make the layout again");
    }
  }

  private Bytes document(String name) throws IOException {
    var region =
        tree.find(name)
            .orElseThrow(() ->
                Refusal.missing(
                    "there is no " + name, tree.where(), "name a folder or tar with an image"));
    if (region.size() > Manifest.LARGEST) {
      throw Refusal.other(
          name + " has " + Refusal.size(region.size()) + ", and 8 MiB is the most that is read",
          tree.where(),
          "check how it was made");
    }
    try (var in = region.open()) {
      return Bytes.of(in.readAllBytes());
    }
  }

  Optional<Region> find(Descriptor blob) throws IOException {
    return tree.find("blobs/" + blob.digest().algorithm() + "/" + blob.digest().encoded());
  }

  /** Puts a manifest behind all its children; each once, however often it is listed. */
  private void collect(Descriptor descriptor, int depth) throws IOException {
    if (manifests.containsKey(descriptor.digest())) {
      return;
    }
    if (depth > DEEPEST || manifests.size() > MOST_MANIFESTS) {
      throw Refusal.other(
          "more manifests, or deeper within each other, than any image has",
          tree.where(),
          "check how it was made");
    }
    var manifest = manifest(descriptor);
    switch (manifest) {
      case Manifest.Index index -> {
        for (var child : index.manifests()) {
          collectChild(child, depth + 1);
        }
      }
      case Manifest.Image image -> {
        image.children().forEach(this::look);
        descriptor
            .platform()
            .or(() -> configPlatform(image))
            .filter(platform -> !platform.os().equals("unknown"))
            .ifPresent(platforms::add);
      }
    }
    manifests.putIfAbsent(descriptor.digest(), manifest);
  }

  private void collectChild(Descriptor child, int depth) throws IOException {
    if (find(child).isEmpty()) {
      absent.putIfAbsent(child.digest(), child);
    } else if (child.mediaType().isManifest()) {
      collect(child, depth);
    } else {
      throw Refusal.of(
          "policy.unsupported-media-type",
          "an index lists " + child.mediaType() + ", which is no manifest",
          tree.where() + ", " + child.digest(),
          "make the index of images and artifacts only");
    }
  }

  /** Looks whether a blob is there and whole, as far as its size tells. */
  private void look(Descriptor blob) {
    if (!looked.add(blob.digest())) {
      return;
    }
    try {
      var region = find(blob);
      if (region.isEmpty()) {
        if (!blob.foreign()) {
          problem("content.blob-unknown", "the blob " + blob.digest() + " is not there");
        }
      } else if (region.get().size() != blob.size()) {
        problem(
            "content.digest-mismatch",
            "the blob "
                + blob.digest()
                + " has "
                + region.get().size()
                + " bytes and should have "
                + blob.size());
      } else {
        blobs.add(blob.digest(), new Blobs.Place.InFile(region.get()));
      }
    } catch (IOException e) {
      problem("other", "the blob " + blob.digest() + " cannot be read: " + e.getMessage());
    }
  }

  private void problem(String cause, String what) {
    problems.add(
        new Failure.Problem(cause, what, tree.where(), "make or copy it again, and whole"));
  }

  /** The manifest a descriptor names, its digest checked. */
  Manifest manifest(Descriptor descriptor) throws IOException {
    var known = manifests.get(descriptor.digest());
    if (known != null) {
      return known;
    }
    var region =
        find(descriptor)
            .orElseThrow(() ->
                Refusal.of(
                    "content.blob-unknown",
                    "the manifest " + descriptor.digest() + " is not there",
                    tree.where(),
                    "make the layout again, whole"));
    var where = tree.where() + ", " + descriptor.digest();
    if (region.size() != descriptor.size() || region.size() > Manifest.LARGEST) {
      throw Refusal.altered(
          "the manifest has "
              + region.size()
              + " bytes and should have "
              + descriptor.size()
              + ", at most "
              + Manifest.LARGEST,
          where);
    }
    try (var in = new Checked(region.open(), descriptor, where)) {
      return Manifest.parse(Bytes.of(in.readAllBytes()), descriptor.mediaType());
    } catch (Malformed e) {
      throw Refusal.other("a manifest is broken: " + e.getMessage(), where, "make the image again");
    }
  }

  private Optional<Platform> platform(Descriptor descriptor) {
    return descriptor
        .platform()
        .or(() -> {
          try {
            return manifest(descriptor) instanceof Manifest.Image image
                ? configPlatform(image)
                : Optional.empty();
          } catch (IOException e) {
            throw Refusal.other(
                "a manifest cannot be read: " + e.getMessage(), tree.where(), "try again");
          }
        });
  }

  /** What an image's config says it is for; the config of an artifact says nothing. */
  private Optional<Platform> configPlatform(Manifest.Image image) {
    var type = image.config().mediaType();
    if (!type.equals(dev.gantry.oci.MediaType.IMAGE_CONFIG)
        && !type.equals(dev.gantry.oci.MediaType.DOCKER_CONFIG)) {
      return Optional.empty();
    }
    try {
      var region = find(image.config());
      if (region.isEmpty() || region.get().size() > Manifest.LARGEST) {
        return Optional.empty();
      }
      try (var in = new Checked(region.get().open(), image.config(), tree.where())) {
        return Config.parse(Bytes.of(in.readAllBytes())).platform();
      }
    } catch (IOException | Malformed e) {
      throw Refusal.other(
          "the config " + image.config().digest() + " is broken: " + e.getMessage(),
          tree.where(),
          "make the image again");
    }
  }
}
