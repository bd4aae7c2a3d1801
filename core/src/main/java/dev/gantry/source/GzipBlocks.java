package dev.gantry.source;

import dev.gantry.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.LongConsumer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * The gzip form of a stream, compressed block by block on as many threads as the executor has, and
 * the same bytes on any number of them: every block has the same length, is primed with the 32 KiB
 * before it and ends on a whole byte (the way of pigz). The header has no time and no name in it.
 * The digest of what goes in is computed on the way.
 */
final class GzipBlocks extends InputStream {
  /** Bytes of one block; larger ones gain next to nothing in size. */
  static final int BLOCK = 256 << 10;

  /** What a dictionary of deflate holds at most (RFC 1951). */
  private static final int WINDOW = 32 << 10;

  /** 46 MB/s a core, 2 % above the size of level 6, which takes twice as long. */
  private static final int LEVEL = 4;

  /** Blocks on their way at one time; each takes about 600 KiB. */
  private static final int AHEAD = Math.min(16, Runtime.getRuntime().availableProcessors() + 1);

  /** RFC 1952: deflate, no flags, no time, no extra flags, system unknown. */
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  /** A last block without content in fixed codes (RFC 1951, section 3.2.6). */
  private static final byte[] END = {3, 0};

  private final InputStream in;
  private final Executor executor;
  private final LongConsumer progress;
  private final MessageDigest sum = Digest.sha256();
  private final CRC32 crc = new CRC32();
  private final Deque<FutureTask<byte[]>> ahead = new ArrayDeque<>();
  private byte[] before = {};
  private byte[] out = HEADER;
  private int at;
  private long length;
  private boolean drained;
  private Optional<Digest> diffId = Optional.empty();

  /**
   * The gzip form of a stream, which is closed with this.
   *
   * @param progress told how many bytes have been read
   */
  GzipBlocks(InputStream in, Executor executor, LongConsumer progress) {
    this.in = in;
    this.executor = executor;
    this.progress = progress;
  }

  /** The digest of what went in; to be asked when the end has been reached. */
  Digest diffId() {
    return diffId.orElseThrow(() -> new IllegalStateException("not read to its end"));
  }

  /** Bytes that went in so far. */
  long length() {
    return length;
  }

  /** Bytes that the gzip form of this many bytes does not exceed. */
  static long atMost(long length) {
    return length + (length >>> 8) + (length / BLOCK + 1) * 64 + HEADER.length + END.length + 8;
  }

  /** Names the compression; another JDK may bring another deflate and so another name. */
  static String kind() {
    return Kind.NAME;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    while (at == out.length) {
      if (diffId.isPresent()) {
        return -1;
      }
      next();
    }
    var given = Math.min(count, out.length - at);
    System.arraycopy(out, at, bytes, from, given);
    at += given;
    return given;
  }

  private void next() throws IOException {
    while (!drained && ahead.size() < AHEAD) {
      submit();
    }
    at = 0;
    if (ahead.isEmpty()) {
      out = trailer();
      diffId = Optional.of(Digest.finish("sha256", sum.digest()));
    } else {
      out = taken(ahead.removeFirst());
    }
  }

  private void submit() throws IOException {
    var block = in.readNBytes(BLOCK);
    drained = block.length < BLOCK;
    if (block.length == 0) {
      return;
    }
    sum.update(block);
    crc.update(block);
    length += block.length;
    progress.accept(length);
    var dictionary = before;
    before = Arrays.copyOfRange(block, Math.max(0, block.length - WINDOW), block.length);
    var task = new FutureTask<>(() -> deflate(dictionary, block));
    ahead.addLast(task);
    executor.execute(task);
  }

  private static byte[] taken(FutureTask<byte[]> task) throws IOException {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var interrupted = new InterruptedIOException("interrupted while compressing");
      interrupted.initCause(e);
      throw interrupted;
    } catch (ExecutionException e) {
      throw new IOException("compressing failed", e.getCause());
    }
  }

  private byte[] trailer() {
    var end = Arrays.copyOf(END, END.length + 8);
    for (int i = 0; i < 4; i++) {
      end[END.length + i] = (byte) (crc.getValue() >>> (8 * i));
      end[END.length + 4 + i] = (byte) (length >>> (8 * i));
    }
    return end;
  }

  private static byte[] deflate(byte[] dictionary, byte[] block) {
    var deflater = new Deflater(LEVEL, true);
    try {
      if (dictionary.length > 0) {
        deflater.setDictionary(dictionary);
      }
      deflater.setInput(block);
      var buffer = new byte[(int) atMost(block.length)];
      var filled = 0;
      while (true) {
        var room = buffer.length - filled;
        var count = deflater.deflate(buffer, filled, room, Deflater.SYNC_FLUSH);
        filled += count;
        if (count < room) {
          return Arrays.copyOf(buffer, filled);
        }
        buffer = Arrays.copyOf(buffer, buffer.length + 1024);
      }
    } finally {
      deflater.end();
    }
  }

  @Override
  public void close() throws IOException {
    ahead.forEach(task -> task.cancel(false));
    in.close();
  }

  /** What this deflate makes of a fixed sample tells it from others. */
  private static final class Kind {
    static final String NAME = name();

    private static String name() {
      var sample = new byte[BLOCK];
      var state = 1;
      for (int i = 0; i < sample.length; i++) {
        state = state * 1_103_515_245 + 12_345;
        sample[i] = (byte) ("etaoin shrdlu".charAt((state >>> 16) % 13) + (i >>> 15));
      }
      var crc = new CRC32();
      crc.update(deflate(new byte[] {1}, sample));
      return String.format(Locale.ROOT, "gzip-%d-%08x", LEVEL, crc.getValue());
    }
  }
}
