package dev.gantry.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The incoming side of a connection, with a buffer for lines; large reads go around the buffer. */
final class Inlet {
  private static final int SIZE = 16 << 10;

  private final InputStream in;
  private final byte[] buffer = new byte[SIZE];
  private int at;
  private int end;
  private long received;

  Inlet(InputStream in) {
    this.in = in;
  }

  /** Bytes that have come over the wire so far. */
  long received() {
    return received;
  }

  /** Bytes that have come and were not asked for yet. */
  int waiting() {
    return end - at;
  }

  /** Takes what has come and was not asked for yet. */
  byte[] takeWaiting() {
    var taken = Arrays.copyOfRange(buffer, at, end);
    at = end;
    return taken;
  }

  /** Whether these bytes come next and have come already. */
  boolean startsWith(byte[] bytes) {
    return end - at >= bytes.length
        && Arrays.equals(buffer, at, at + bytes.length, bytes, 0, bytes.length);
  }

  /** Waits until at least one byte is there; false at the end of the stream. */
  boolean fill() throws IOException {
    if (at < end) {
      return true;
    }
    int n = in.read(buffer, 0, SIZE);
    if (n <= 0) {
      return false;
    }
    at = 0;
    end = n;
    received += n;
    return true;
  }

  /** The next byte without taking it, or -1 at the end. */
  int peek() throws IOException {
    return fill() ? buffer[at] & 0xff : -1;
  }

  int read() throws IOException {
    return fill() ? buffer[at++] & 0xff : -1;
  }

  int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (at == end && length >= SIZE) {
      int n = in.read(into, offset, length);
      if (n > 0) {
        received += n;
      }
      return n;
    }
    if (!fill()) {
      return -1;
    }
    int n = Math.min(length, end - at);
    System.arraycopy(buffer, at, into, offset, n);
    at += n;
    return n;
  }

  /**
   * The next line without its CRLF, as ISO 8859-1. A bare CR or LF and any control character but
   * the tab are refused (RFC 9112 section 2.2 lets a recipient be lenient there; smuggling lives of
   * that).
   *
   * @throws BadMessage when it is longer than {@code limit} or has such a character
   * @throws EOFException when the stream ends before the line does
   */
  String line(int limit, int status, String what) throws IOException {
    var line = new byte[Math.min(limit, 128)];
    int length = 0;
    while (true) {
      int c = read();
      if (c < 0) {
        throw new EOFException("the connection ended in the " + what);
      }
      if (c == '\r') {
        int next = read();
        if (next < 0) {
          throw new EOFException("the connection ended in the " + what);
        }
        if (next != '\n') {
          throw BadMessage.syntax("a CR without LF in the " + what);
        }
        return new String(line, 0, length, StandardCharsets.ISO_8859_1);
      }
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        throw BadMessage.syntax("byte 0x%02x in the %s".formatted(c, what));
      }
      if (length == limit) {
        throw BadMessage.limit(status, "the " + what + " is longer than " + limit + " bytes");
      }
      if (length == line.length) {
        line = Arrays.copyOf(line, Math.min(limit, length * 2));
      }
      line[length++] = (byte) c;
    }
  }
}
