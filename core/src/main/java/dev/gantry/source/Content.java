package dev.gantry.source;

import dev.gantry.http.Body;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** The blobs of an artifact, each of which can be read from its beginning as often as needed. */
public interface Content extends AutoCloseable {

  /**
   * The bytes of a blob. Size and digest are checked as they pass, and the last bytes are not given
   * out if they are wrong, so that what is altered never arrives whole.
   *
   * @throws dev.gantry.failure.PublishException when the blob is not there, or is not what its
   *     descriptor says
   */
  InputStream open(Descriptor blob) throws IOException;

  /**
   * The blob as a request's body: a stretch of a file where its bytes stand in one, which is sent
   * without being looked at; the registry checks the digest, and {@link #check} tells afterwards
   * whether it was the file that was wrong.
   */
  default Body body(Descriptor blob) {
    return new Body.Stream(() -> open(blob), OptionalLong.of(blob.size()));
  }

  /**
   * Reads a blob to its end and throws it away.
   *
   * @throws dev.gantry.failure.PublishException when it is not what its descriptor says
   */
  default void check(Descriptor blob) throws IOException {
    try (var in = open(blob)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }

  /**
   * The whole of a small blob, checked.
   *
   * @throws dev.gantry.failure.PublishException also when it is larger than {@code limit} bytes
   */
  default Bytes bytes(Descriptor blob, int limit) throws IOException {
    if (blob.size() > limit) {
      throw Refusal.other(
          "a document of " + blob.size() + " bytes, and " + limit + " is the most that is read",
          blob.digest().toString(),
          "check how this image was made");
    }
    try (var in = open(blob)) {
      return Bytes.of(in.readAllBytes());
    }
  }

  /** Lets go of files; what was spooled to disk is removed. */
  @Override
  void close();
}
