package dev.gantry.source;

import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.Platform;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An image or an index with its content, ready to be read. Whoever read it closes it. */
public sealed interface Artifact extends AutoCloseable {

  /** The layers of all images, each once, in the order of the manifests. */
  List<Layer> layers();

  /** What the images are for; those without a platform, such as attestations, are left out. */
  List<Platform> platforms();

  /** Lets go of what is held open or on disk. */
  @Override
  void close();

  /**
   * An artifact of which every digest is known.
   *
   * @param manifests those that the content holds, children before parents, the root last
   * @param absent children of an index that the content does not hold; the registry must have them
   *     already, or refuses the index
   * @param content holds the blobs; manifests are not asked of it
   */
  record Whole(
      Manifest root,
      List<Manifest> manifests,
      List<Descriptor> absent,
      List<Platform> platforms,
      Content content)
      implements Artifact {
    public Whole {
      manifests = List.copyOf(manifests);
      absent = List.copyOf(absent);
      platforms = List.copyOf(platforms);
    }

    /** Configs and layers, each once, without those that a registry need not hold. */
    public List<Descriptor> blobs() {
      var found = new LinkedHashMap<String, Descriptor>();
      for (var manifest : manifests) {
        if (manifest instanceof Manifest.Image image) {
          for (var child : image.children()) {
            if (!child.foreign()) {
              found.putIfAbsent(child.digest().toString(), child);
            }
          }
        }
      }
      return List.copyOf(found.values());
    }

    @Override
    public List<Layer> layers() {
      Map<String, Layer> found = new LinkedHashMap<>();
      for (var manifest : manifests) {
        if (manifest instanceof Manifest.Image image) {
          for (var layer : image.layers()) {
            found.putIfAbsent(layer.digest().toString(), new Layer.Known(layer));
          }
        }
      }
      return List.copyOf(found.values());
    }

    @Override
    public void close() {
      content.close();
    }
  }

  /** One image whose layers are still to be compressed, so that its manifest has no name yet. */
  non-sealed interface Draft extends Artifact {
    /**
     * Compresses what is pending and makes the manifest. The result takes over what this holds
     * open; closing either is enough.
     *
     * @param ready told of each blob as soon as {@code content} gives it out; the next is
     *     compressed meanwhile
     * @throws dev.gantry.failure.PublishException when a layer is not what the image says
     */
    Whole finish(Ready ready) throws IOException, InterruptedException;

    /** The same without telling anybody in between. */
    default Whole finish() throws IOException, InterruptedException {
      return finish((_, _) -> {});
    }
  }

  /** Hears of blobs as they become ready to be sent. */
  @FunctionalInterface
  interface Ready {
    void blob(Descriptor blob, Content content);
  }
}
