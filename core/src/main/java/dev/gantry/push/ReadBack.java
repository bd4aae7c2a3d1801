package dev.gantry.push;

import dev.gantry.failure.Failure;
import dev.gantry.failure.Failure.Problem;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.Tag;
import dev.gantry.registry.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Asks the registry for what was published: every tag, manifest and blob, as somebody would who
 * knows nothing of the push.
 *
 * <p>Some registries take a moment until what they accepted can be read, so what is missing is
 * asked for again, a few times, before it counts.
 */
public final class ReadBack {
  /** Waits between the askings; 12 s in all. GHCR and Quay have been seen to need up to 5 s. */
  private static final List<Duration> PATIENCE =
      List.of(Duration.ofMillis(500), Duration.ofMillis(1500), Duration.ofSeconds(10));

  private final Wait wait;
  private final int limit;

  /** Lets time pass. */
  @FunctionalInterface
  public interface Wait {
    void of(Duration time) throws InterruptedException;
  }

  public ReadBack(Wait wait, int limit) {
    this.wait = wait;
    this.limit = limit;
  }

  /** One thing to be asked for. */
  private sealed interface Look {
    record AtTag(Tag tag) implements Look {}

    record AtManifest(Digest digest) implements Look {}

    record AtBlob(Descriptor blob) implements Look {}
  }

  /**
   * Looks for everything in one repository.
   *
   * @param manifests children before parents, the root last
   * @throws PublishException Refused at stage VERIFY, naming what is not as it should be
   */
  public void look(Target target, List<Tag> tags, List<Manifest> manifests)
      throws InterruptedException {
    var looks = looks(tags, manifests);
    var root = manifests.getLast().digest();
    for (var time : PATIENCE) {
      looks = wrong(target, looks, root);
      if (looks.isEmpty()) {
        return;
      }
      wait.of(time);
    }
    var still = wrong(target, looks, root);
    if (!still.isEmpty()) {
      var problems = new ArrayList<Problem>();
      still.forEach(look -> problems.add(problem(target, look, root)));
      throw new PublishException(new Failure.Refused(Failure.Stage.VERIFY, problems));
    }
  }

  /** Downloads every blob and manifest once and computes its digest. */
  public void content(Target target, List<Manifest> manifests) throws InterruptedException {
    Together.forEach(
        manifests,
        limit,
        manifest -> {
          if (target.manifest(manifest.digest()).filter(manifest::equals).isEmpty()) {
            var problem =
                problem(
                    target, new Look.AtManifest(manifest.digest()), manifests.getLast().digest());
            throw new PublishException(new Failure.Refused(Failure.Stage.VERIFY, problem));
          }
        });
    Together.forEach(blobs(manifests), limit, blob -> download(target, blob));
  }

  /** The target checks size and digest while the bytes pass, and fails if they are not right. */
  private static void download(Target target, Descriptor blob) throws InterruptedException {
    try (var bytes = target.open(blob)) {
      bytes.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new PublishException(
          new Failure.Refused(
              Failure.Stage.VERIFY,
              new Problem(
                  "content.digest-mismatch",
                  "a blob came back in another form than it was sent",
                  target.repository() + "@" + blob.digest() + ": " + e.getMessage(),
                  "push again; if it stays, the registry's storage is damaged")),
          e);
    }
  }

  private static List<Look> looks(List<Tag> tags, List<Manifest> manifests) {
    var looks = new ArrayList<Look>();
    tags.forEach(tag -> looks.add(new Look.AtTag(tag)));
    manifests.forEach(manifest -> looks.add(new Look.AtManifest(manifest.digest())));
    blobs(manifests).forEach(blob -> looks.add(new Look.AtBlob(blob)));
    return looks;
  }

  /** What is not a manifest of the publish and must be held by the registry, each once. */
  static List<Descriptor> blobs(List<Manifest> manifests) {
    Set<Digest> known = new HashSet<>();
    manifests.forEach(manifest -> known.add(manifest.digest()));
    var blobs = new ArrayList<Descriptor>();
    for (var manifest : manifests) {
      for (var child : manifest.children()) {
        if (!child.foreign() && !child.mediaType().isManifest() && known.add(child.digest())) {
          blobs.add(child);
        }
      }
    }
    return blobs;
  }

  private List<Look> wrong(Target target, List<Look> looks, Digest root)
      throws InterruptedException {
    List<Boolean> right =
        Together.map(
            looks,
            limit,
            look ->
                switch (look) {
                  case Look.AtTag(var tag) -> target.resolve(tag).filter(root::equals).isPresent();
                  case Look.AtManifest(var digest) -> target.hasManifest(digest);
                  case Look.AtBlob(var blob) -> target.has(blob);
                });
    var wrong = new ArrayList<Look>();
    for (int i = 0; i < looks.size(); i++) {
      if (!right.get(i)) {
        wrong.add(looks.get(i));
      }
    }
    return wrong;
  }

  private static Problem problem(Target target, Look look, Digest root) {
    return switch (look) {
      case Look.AtTag(var tag) ->
          new Problem(
              "other",
              "the tag was moved and does not stand where it should",
              target.repository() + ":" + tag + " should be at " + root,
              "somebody else may have moved it just now: look with gantry digest, and push again");
      case Look.AtManifest(var digest) ->
          new Problem(
              "content.blob-unknown",
              "the registry took a manifest and does not give it back",
              target.repository() + "@" + digest,
              "push again; if it stays, ask the registry's owner about its storage");
      case Look.AtBlob(var blob) ->
          new Problem(
              "content.blob-unknown",
              "the registry took the manifest and does not hold this blob of it",
              target.repository() + "@" + blob.digest(),
              "push again; if it stays, ask the registry's owner about its storage");
    };
  }
}
