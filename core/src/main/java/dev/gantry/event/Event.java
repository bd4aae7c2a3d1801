package dev.gantry.event;

import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Repository;
import dev.gantry.oci.Tag;
import java.time.Duration;
import java.util.Optional;

/** One thing that happened on the way. */
public sealed interface Event {

  /** The walk reached a stage; {@code text} is for people. */
  record Reached(String stage, String text) implements Event {}

  /** A blob begins to go out. */
  record BlobStarted(Repository to, Descriptor blob) implements Event {}

  /** So many bytes of a blob have left, counted from its beginning. */
  record BlobAdvanced(Repository to, Descriptor blob, long bytes) implements Event {}

  /** A blob is in its repository: sent, mounted from another, or found there. */
  record BlobDone(Repository to, Descriptor blob, How how) implements Event {}

  /** A manifest was taken. */
  record ManifestDone(Repository to, Digest digest) implements Event {}

  /** A tag now stands at another digest. */
  record TagMoved(Repository in, Tag tag, Optional<Digest> from, Digest to) implements Event {}

  /** A request is about to be made again. */
  record Retrying(String method, String url, int attempt, Duration pause, String why)
      implements Event {}

  /** A layer is being compressed: so many bytes of its uncompressed form are read. */
  record Compressing(Digest diffId, long bytes, long total) implements Event {}

  /** Something worth knowing that stops nothing. */
  record Noticed(String text) implements Event {}

  /** How a blob came to be where it is. */
  enum How {
    SENT,
    MOUNTED,
    PRESENT
  }
}
