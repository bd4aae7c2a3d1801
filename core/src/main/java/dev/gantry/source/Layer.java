package dev.gantry.source;

import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Digest;

/** A layer of an artifact, as much as is known of it before it has been read. */
public sealed interface Layer {

  /** A layer whose bytes have a name already. */
  record Known(Descriptor descriptor) implements Layer {}

  /**
   * A layer still to be compressed.
   *
   * @param diffId the digest of its uncompressed tar
   * @param upperBound bytes that the compressed form will not exceed
   */
  record Pending(Digest diffId, long upperBound) implements Layer {}

  /** Bytes that this layer takes at most. */
  default long atMost() {
    return switch (this) {
      case Known(var descriptor) -> descriptor.size();
      case Pending(_, var bound) -> bound;
    };
  }
}
