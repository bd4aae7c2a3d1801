package dev.gantry.explain.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/**
 * A log's bytes without what a download put around them: gzip (RFC 1952, by its first two bytes)
 * and UTF-16 (by its byte order mark). Everything else passes as it is.
 */
final class Unwrapped {
  private Unwrapped() {}

  static InputStream of(InputStream raw) throws IOException {
    var in = new PushbackInputStream(raw, 2);
    var head = in.readNBytes(2);
    in.unread(head);
    if (head.length < 2) {
      return in;
    }
    return switch ((head[0] & 255) << 8 | head[1] & 255) {
      case 0x1f8b -> of(new GZIPInputStream(in, 1 << 16));
      case 0xfffe, 0xfeff -> new Recoded(in, StandardCharsets.UTF_16);
      default -> in;
    };
  }

  /** Text of one encoding, as UTF-8. */
  private static final class Recoded extends InputStream {
    private final Reader reader;
    private final char[] letters = new char[4096];
    private byte[] bytes = {};
    private int at;

    Recoded(InputStream in, Charset charset) {
      reader = new InputStreamReader(in, charset);
    }

    @Override
    public int read() throws IOException {
      return more() ? bytes[at++] & 255 : -1;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
      if (!more()) {
        return -1;
      }
      var count = Math.min(most, bytes.length - at);
      System.arraycopy(bytes, at, into, from, count);
      at += count;
      return count;
    }

    private boolean more() throws IOException {
      if (at < bytes.length) {
        return true;
      }
      var got = reader.read(letters);
      bytes = got < 0 ? new byte[0] : new String(letters, 0, got).getBytes(StandardCharsets.UTF_8);
      at = 0;
      return got > 0;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
