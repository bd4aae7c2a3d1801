package dev.gantry.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A stretch of a file in which a blob's bytes stand as they are.
 *
 * @param offset in bytes from the file's beginning
 * @param size in bytes
 */
record Region(Path file, long offset, long size) {

  /**
   * The bytes of the region.
   *
   * @throws EOFException while reading, when the file has become shorter
   */
  InputStream open() throws IOException {
    return new Reading(FileChannel.open(file, StandardOpenOption.READ), this);
  }

  /** The first bytes, fewer if the region is shorter. */
  byte[] head(int count) throws IOException {
    try (var in = open()) {
      return in.readNBytes(count);
    }
  }

  private static final class Reading extends InputStream {
    private final FileChannel channel;
    private final Region region;
    private long at;

    Reading(FileChannel channel, Region region) {
      this.channel = channel;
      this.region = region;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      var left = region.size - at;
      if (length == 0) {
        return 0;
      }
      if (left <= 0) {
        return -1;
      }
      var wanted = (int) Math.min(length, left);
      var count = channel.read(ByteBuffer.wrap(bytes, from, wanted), region.offset + at);
      if (count < 0) {
        throw new EOFException(region.file + " ends " + left + " bytes early");
      }
      at += count;
      return count;
    }

    @Override
    public long skip(long count) {
      var skipped = Math.max(0, Math.min(count, region.size - at));
      at += skipped;
      return skipped;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, region.size - at);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
