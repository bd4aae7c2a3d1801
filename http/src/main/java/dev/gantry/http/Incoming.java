package dev.gantry.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A body on its way in, decoded from its framing. Ends with an exception if it breaks off. */
final class Incoming extends InputStream {
  private static final int CHUNK_LINE = 4096;
  private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Inlet in;
  private final Framing framing;
  private final Limits limits;
  private long left;
  private boolean ended;
  private boolean firstChunk = true;

  Incoming(Inlet in, Framing framing, Limits limits) {
    this.in = in;
    this.framing = framing;
    this.limits = limits;
    switch (framing) {
      case Framing.None _ -> ended = true;
      case Framing.Sized sized -> left = sized.length();
      case Framing.Chunked _ -> left = 0;
      case Framing.UntilClose _ -> left = Long.MAX_VALUE;
    }
  }

  /** Whether the last byte of the body and of its framing has been read. */
  boolean ended() {
    return ended;
  }

  /** Whether another message can follow on this connection once this body has ended. */
  boolean delimited() {
    return !(framing instanceof Framing.UntilClose);
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
    if (!ended && left == 0 && framing instanceof Framing.Chunked) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int n = in.read(into, offset, (int) Math.min(length, left));
    if (n < 0) {
      return atEnd();
    }
    if (framing instanceof Framing.UntilClose) {
      return n;
    }
    left -= n;
    if (left == 0) {
      ended = framing instanceof Framing.Sized;
    }
    return n;
  }

  /** Reads the end of a chunked body if it lies in the buffer already. */
  void settle() throws IOException {
    if (!ended && left == 0 && framing instanceof Framing.Chunked && in.startsWith(LAST_CHUNK)) {
      nextChunk();
    }
  }

  private void endOfChunk() throws IOException {
    int first = in.read();
    int second = first < 0 ? -1 : in.read();
    if (second < 0) {
      throw new EOFException("the connection ended at the end of a chunk");
    }
    if (first != '\r' || second != '\n') {
      throw BadMessage.syntax("a chunk is longer than it says");
    }
  }

  private int atEnd() throws EOFException {
    if (framing instanceof Framing.UntilClose) {
      ended = true;
      return -1;
    }
    throw new EOFException("the connection ended " + left + " bytes before the body did");
  }

  /** Chunk sizes are hexadecimal digits and nothing else (section 7.1); extensions are skipped. */
  private void nextChunk() throws IOException {
    if (!firstChunk) {
      endOfChunk();
    }
    firstChunk = false;
    var line = in.line(CHUNK_LINE, 400, "chunk size");
    int semicolon = line.indexOf(';');
    var size = semicolon < 0 ? line : line.substring(0, semicolon);
    if (!size.matches("[0-9a-fA-F]{1,15}")) {
      throw BadMessage.syntax("not a chunk size");
    }
    left = Long.parseLong(size, 16);
    if (left == 0) {
      Head.section(in, limits, "trailer section");
      ended = true;
    }
  }
}
