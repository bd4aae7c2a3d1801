package dev.gantry.registry;

import dev.gantry.failure.PublishException;
import dev.gantry.oci.Descriptor;
import dev.gantry.wire.Reply;
import dev.gantry.wire.Tries;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A blob on its way here. Where the connection breaks, the rest is asked for by {@code Range}; the
 * last read says that all is there only if size and digest are right. Used by one thread.
 */
final class BlobStream extends InputStream {
  private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-\\d+/(?:\\d+|\\*)");

  private final Line line;
  private final Descriptor blob;
  private final Tries tries;
  private final Optional<MessageDigest> sum;
  private Reply reply;
  private long at;
  private boolean checked;

  private BlobStream(Line line, Descriptor blob, Tries tries, Reply reply) {
    this.line = line;
    this.blob = blob;
    this.tries = tries;
    this.sum = blob.digest().computation();
    this.reply = reply;
  }

  /** Asks for the blob, and waits for the answer's header section. */
  static InputStream open(Line line, Descriptor blob) throws InterruptedException {
    var reply = line.send(Blobs.get(line, blob));
    if (!reply.ok()) {
      reply.close();
      throw reply.rejected();
    }
    return new BlobStream(line, blob, line.tries().get(), reply);
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (checked) {
      return -1;
    }
    try {
      var count = some(into, offset, length);
      if (count > 0) {
        sum.ifPresent(digest -> digest.update(into, offset, count));
        at += count;
        tries.progressed();
        tooLong();
        return count;
      }
      check();
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("reading " + blob.digest() + " was interrupted").initCause(e);
    }
  }

  /** At least one byte, or -1 at the end of the blob; broken connections are taken up. */
  private int some(byte[] into, int offset, int length) throws InterruptedException {
    while (true) {
      try {
        var count = reply.body().read(into, offset, length);
        if (count > 0 || at >= blob.size()) {
          return count;
        }
        if (count < 0) {
          throw reply.offProtocol("the blob ended after " + at + " of " + blob.size() + " bytes");
        }
      } catch (IOException fault) {
        goOn(reply.broken(fault));
      }
    }
  }

  private void goOn(PublishException broken) throws InterruptedException {
    reply.close();
    if (!tries.again(reply.call(), broken)) {
      throw broken;
    }
    reply = line.send(Blobs.get(line, blob).with("Range", "bytes=" + at + "-"));
    if (reply.status() == 200) {
      skip();
      return;
    }
    var from = RANGE.matcher(reply.header("Content-Range").orElse(""));
    if (reply.status() != 206 || !from.matches() || !from.group(1).equals(Long.toString(at))) {
      reply.close();
      throw reply.ok()
          ? reply.offProtocol("asked for the bytes from " + at + " on, it sent others")
          : reply.rejected();
    }
  }

  /** The registry sends everything again: what was read already is passed over. */
  private void skip() throws InterruptedException {
    try {
      reply.body().skipNBytes(at);
    } catch (IOException fault) {
      goOn(reply.broken(fault));
    }
  }

  private void tooLong() {
    if (at > blob.size()) {
      throw reply.offProtocol("the blob is longer than its " + blob.size() + " bytes");
    }
  }

  private void check() {
    checked = true;
    if (sum.isPresent()) {
      var found = HexFormat.of().formatHex(sum.get().digest());
      if (!found.equals(blob.digest().encoded())) {
        throw reply.offProtocol(
            "the blob's digest is "
                + blob.digest().algorithm()
                + ":"
                + found
                + ", not "
                + blob.digest());
      }
    }
  }

  @Override
  public void close() {
    reply.close();
  }
}
