package dev.gantry.source;

import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Digest;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * The bytes of a blob, counted and hashed on their way. The bytes that would complete a blob with
 * another digest are withheld: whoever reads so many bytes as the descriptor says gets a refusal
 * instead of the last of them.
 */
final class Checked extends FilterInputStream {
  private final Descriptor blob;
  private final String where;
  private final MessageDigest sum;
  private long seen;

  Checked(InputStream in, Descriptor blob, String where) {
    super(in);
    this.blob = blob;
    this.where = where;
    this.sum =
        blob.digest()
            .computation()
            .orElseThrow(() ->
                Refusal.other(
                    "nobody here can check a digest of the kind " + blob.digest().algorithm(),
                    where,
                    "make the image with sha256 digests"));
    if (blob.size() == 0) {
      complete();
    }
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int count;
    try {
      count = super.read(bytes, from, length);
    } catch (EOFException e) {
      throw Refusal.ended(e, where);
    }
    if (count < 0) {
      if (seen != blob.size()) {
        throw Refusal.altered(
            blob.digest() + " has " + seen + " bytes and should have " + blob.size(), where);
      }
      return -1;
    }
    seen += count;
    if (seen > blob.size()) {
      throw Refusal.altered(
          blob.digest() + " has more bytes than the " + blob.size() + " it should have", where);
    }
    sum.update(bytes, from, count);
    if (count > 0 && seen == blob.size()) {
      complete();
    }
    return count;
  }

  private void complete() {
    var found = Digest.finish(blob.digest().algorithm(), sum.digest());
    if (!found.equals(blob.digest())) {
      throw Refusal.altered("the bytes have the digest " + found + ", not " + blob.digest(), where);
    }
  }

  @Override
  public long skip(long count) throws IOException {
    return readNBytes((int) Math.min(count, 1 << 16)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
