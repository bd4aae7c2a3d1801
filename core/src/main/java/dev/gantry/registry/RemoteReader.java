package dev.gantry.registry;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.http.Body;
import dev.gantry.oci.Config;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Malformed;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.Platform;
import dev.gantry.oci.Reference;
import dev.gantry.source.Artifact;
import dev.gantry.source.Content;
import dev.gantry.source.PlatformPick;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads an artifact that stands in a registry: its manifests at once, its blobs when asked. */
public final class RemoteReader {
  /** Indexes within indexes; more is nothing that anybody writes. */
  private static final int DEEPEST = 8;

  private final Target target;
  private final Reference reference;
  private final Map<Digest, Manifest> read = new LinkedHashMap<>();
  private final Map<Digest, Manifest> inOrder = new LinkedHashMap<>();
  private final Map<Digest, Descriptor> absent = new LinkedHashMap<>();
  private final Set<Platform> platforms = new LinkedHashSet<>();

  /** A reader of this reference, over the line to its repository. */
  public RemoteReader(Target target, Reference reference) {
    this.target = target;
    this.reference = reference;
  }

  /**
   * All manifests below the reference.
   *
   * @param platform which image of an index; without one all are taken
   * @throws PublishException when it is not there, or nothing in it is for the platform
   */
  public Artifact.Whole read(Optional<Platform> platform) throws IOException, InterruptedException {
    var root = root();
    read.put(root.digest(), root);
    if (platform.isPresent()) {
      var pick = new PlatformPick(this::needed, this::platform, "docker://" + reference);
      root = needed(pick.pick(root.descriptor(), platform.get()));
    }
    collect(root, root.descriptor(), 0);
    return new Artifact.Whole(
        root,
        List.copyOf(inOrder.values()),
        List.copyOf(absent.values()),
        List.copyOf(platforms),
        new Remote(target));
  }

  private Manifest root() throws InterruptedException {
    var found =
        reference.digest().isPresent()
            ? target.manifest(reference.digest().get())
            : target.manifest(
                reference
                    .tag()
                    .orElseThrow(() ->
                        refused(
                            "name.invalid-tag",
                            "the source names neither a tag nor a digest",
                            "write docker://" + reference + ":latest if that is meant")));
    return found.orElseThrow(() ->
        refused(
            "name.local-image-missing",
            "there is no such image in the registry",
            "gantry ls " + reference.repository() + " lists the tags that are there"));
  }

  private PublishException refused(String cause, String what, String todo) {
    return new PublishException(
        new Failure.Refused(
            Failure.Stage.READ, new Failure.Problem(cause, what, "docker://" + reference, todo)));
  }

  /** Puts a manifest behind all its children. */
  private void collect(Manifest manifest, Descriptor descriptor, int depth)
      throws IOException, InterruptedException {
    if (inOrder.containsKey(manifest.digest())) {
      return;
    }
    if (depth > DEEPEST) {
      throw refused("other", "indexes within indexes, deeper than any image has", "check it");
    }
    switch (manifest) {
      case Manifest.Index index -> {
        for (var child : index.manifests()) {
          var found = find(child);
          if (found.isPresent()) {
            collect(found.get(), child, depth + 1);
          } else {
            absent.putIfAbsent(child.digest(), child);
          }
        }
      }
      case Manifest.Image _ ->
          descriptor
              .platform()
              .or(() -> platform(descriptor))
              .filter(platform -> !platform.os().equals("unknown"))
              .ifPresent(platforms::add);
    }
    inOrder.putIfAbsent(manifest.digest(), manifest);
  }

  private Optional<Manifest> find(Descriptor child) throws InterruptedException {
    var known = Optional.ofNullable(read.get(child.digest()));
    if (known.isPresent()) {
      return known;
    }
    var found = target.manifest(child.digest());
    found.ifPresent(manifest -> read.put(child.digest(), manifest));
    return found;
  }

  private Manifest needed(Descriptor child) throws IOException {
    try {
      return find(child)
          .orElseThrow(() ->
              refused(
                  "content.blob-unknown",
                  "the index names a manifest that the registry does not have: " + child.digest(),
                  "publish the source again, whole"));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while manifests were read");
    }
  }

  /** What an image says of itself; nothing where it is an artifact of another kind. */
  private Optional<Platform> platform(Descriptor image) {
    if (!(read.get(image.digest()) instanceof Manifest.Image manifest)) {
      return Optional.empty();
    }
    try (var content = new Remote(target)) {
      return Config.parse(content.bytes(manifest.config(), Manifest.LARGEST)).platform();
    } catch (IOException | Malformed _) {
      return Optional.empty();
    }
  }

  /** The blobs of the repository, fetched as they are read. */
  private record Remote(Target target) implements Content {
    @Override
    public InputStream open(Descriptor blob) throws IOException {
      try {
        return target.open(blob);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("stopped while a blob was opened");
      }
    }

    @Override
    public Body body(Descriptor blob) {
      return new Body.Stream(() -> open(blob), OptionalLong.of(blob.size()));
    }

    @Override
    public void close() {
      // Nothing is held open between two reads.
    }
  }
}
