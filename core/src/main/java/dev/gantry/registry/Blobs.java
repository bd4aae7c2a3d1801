package dev.gantry.registry;

import dev.gantry.oci.Descriptor;
import dev.gantry.wire.Call;
import java.io.InputStream;

/** The blobs of a repository, as they are asked for (distribution-spec, end-2). */
record Blobs(Line line) {

  /**
   * Whether a blob is there. A HEAD that is refused is followed by a GET of its first byte, whose
   * body has the reason; a registry that knows no HEAD says yes that way.
   */
  boolean has(Descriptor blob) throws InterruptedException {
    var head = line.call("HEAD", path(blob));
    try (var reply = line.send(head)) {
      if (reply.ok() || reply.status() == 404) {
        return reply.ok();
      }
      if (reply.status() >= 500 || reply.status() == 429) {
        throw reply.rejected();
      }
    }
    try (var reply = line.send(head.by("GET").with("Range", "bytes=0-0"))) {
      if (reply.status() == 404) {
        return false;
      }
      // 416: an empty blob has no first byte.
      if (!reply.ok() && reply.status() != 416) {
        throw reply.rejected();
      }
      return true;
    }
  }

  /** The bytes of a blob, checked while they pass. */
  InputStream open(Descriptor blob) throws InterruptedException {
    return BlobStream.open(line, blob);
  }

  static Call get(Line line, Descriptor blob) {
    return line.call("GET", path(blob)).as(Call.Kind.ASIDE);
  }

  private static String path(Descriptor blob) {
    return "blobs/" + blob.digest();
  }
}
