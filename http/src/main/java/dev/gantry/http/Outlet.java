package dev.gantry.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** The outgoing side of a connection: heads, and bodies in their framing. */
final class Outlet {
  /** What is handed to the socket at a time; the stall limit counts from one to the next. */
  static final int PIECE = 256 << 10;

  private final Connection connection;
  private final Duration stall;

  Outlet(Connection connection, Duration stall) {
    this.connection = connection;
    this.stall = stall;
  }

  /** The content to be sent could not be read, or is not what was announced. */
  static final class SourceFault extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    SourceFault(String message) {
      super(message);
    }

    SourceFault(IOException cause) {
      super(cause.toString(), cause);
    }
  }

  /** Told how far a body is. */
  @FunctionalInterface
  interface Progress {
    /** Before each piece and at the end, with the bytes that have left; false stops the sending. */
    boolean goOn(long sent);
  }

  /** A start line and fields as they stand on the wire. */
  static byte[] head(String startLine, Headers headers) {
    var text = new StringBuilder(startLine).append("\r\n");
    for (var field : headers.fields()) {
      text.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  void write(byte[] bytes) throws IOException {
    write(bytes, 0, bytes.length);
  }

  void write(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      int n = Math.min(PIECE, end - at);
      connection.guard().within(stall);
      connection.out().write(bytes, at, n);
      at += n;
    }
    connection.guard().rest();
  }

  /**
   * Sends a body; sized where its length is known and chunked otherwise.
   *
   * @return whether all of it left
   * @throws SourceFault when the content cannot be read or has another length
   */
  boolean send(Body body, Progress progress) throws IOException {
    return switch (body) {
      case Body.Empty _ -> true;
      case Body.Bytes bytes -> bytes(bytes.bytes(), progress);
      case Body.FileRegion region -> region(region, progress);
      case Body.Stream stream ->
          stream.length().isPresent()
              ? sized(stream.opener(), stream.length().getAsLong(), progress)
              : chunked(stream.opener(), progress);
    };
  }

  private boolean bytes(byte[] bytes, Progress progress) throws IOException {
    for (int at = 0; at < bytes.length; at += PIECE) {
      if (!progress.goOn(at)) {
        return false;
      }
      write(bytes, at, Math.min(PIECE, bytes.length - at));
    }
    progress.goOn(bytes.length);
    return true;
  }

  private boolean region(Body.FileRegion region, Progress progress) throws IOException {
    try (var file = open(region)) {
      long sent = 0;
      while (sent < region.count()) {
        if (!progress.goOn(sent)) {
          return false;
        }
        connection.guard().within(stall);
        long left = region.count() - sent;
        long position = region.offset() + sent;
        long n =
            connection.secured() ? 0 : connection.transfer(file, position, Math.min(PIECE, left));
        sent += n > 0 ? n : copy(file, position, left);
      }
      connection.guard().rest();
      progress.goOn(sent);
      return true;
    }
  }

  private static FileChannel open(Body.FileRegion region) throws SourceFault {
    try {
      var file = FileChannel.open(region.file(), StandardOpenOption.READ);
      if (file.size() >= region.offset() + region.count()) {
        return file;
      }
      long size = file.size();
      file.close();
      throw new SourceFault(
          "%s has %d bytes, and %d from byte %d on are to be sent"
              .formatted(region.file(), size, region.count(), region.offset()));
    } catch (SourceFault known) {
      throw known;
    } catch (IOException cause) {
      throw new SourceFault(cause);
    }
  }

  /**
   * One piece through this process: under TLS, and where the socket is full and must be awaited.
   */
  private long copy(FileChannel file, long position, long left) throws IOException {
    var piece =
        ByteBuffer.allocate((int) Math.min(connection.secured() ? 128 << 10 : 32 << 10, left));
    try {
      while (piece.hasRemaining()) {
        if (file.read(piece, position + piece.position()) < 0) {
          throw new EOFException("the file became shorter while it was sent");
        }
      }
    } catch (IOException cause) {
      throw new SourceFault(cause);
    }
    connection.out().write(piece.array(), 0, piece.position());
    return piece.position();
  }

  private boolean sized(Body.Stream.Opener opener, long length, Progress progress)
      throws IOException {
    var piece = new byte[Math.clamp(length + 1, 1, PIECE)];
    try (var content = opened(opener)) {
      long sent = 0;
      while (true) {
        if (!progress.goOn(sent)) {
          return false;
        }
        // One byte more than is due is asked for: it tells content that is longer than announced.
        int n = read(content, piece, Math.clamp(length - sent + 1, 1, PIECE));
        if (n < 0 && sent == length) {
          return true;
        }
        if (n < 0 || sent + n > length) {
          throw new SourceFault(
              "%d bytes were announced, and the content has %s"
                  .formatted(length, n < 0 ? sent : "more"));
        }
        write(piece, 0, n);
        sent += n;
        if (sent == length) {
          progress.goOn(sent);
          return true;
        }
      }
    }
  }

  private boolean chunked(Body.Stream.Opener opener, Progress progress) throws IOException {
    var piece = new byte[PIECE];
    try (var content = opened(opener)) {
      long sent = 0;
      while (progress.goOn(sent)) {
        int n = read(content, piece, piece.length);
        if (n < 0) {
          write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          return true;
        }
        chunk(piece, 0, n);
        sent += n;
      }
      return false;
    }
  }

  /** One chunk; nothing for no bytes, which would end the body. */
  void chunk(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return;
    }
    var size = (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    var whole = new byte[size.length + length + 2];
    System.arraycopy(size, 0, whole, 0, size.length);
    System.arraycopy(bytes, offset, whole, size.length, length);
    whole[whole.length - 2] = '\r';
    whole[whole.length - 1] = '\n';
    write(whole);
  }

  private static InputStream opened(Body.Stream.Opener opener) throws SourceFault {
    try {
      return opener.open();
    } catch (IOException cause) {
      throw new SourceFault(cause);
    }
  }

  private static int read(InputStream content, byte[] piece, int most) throws SourceFault {
    try {
      return content.read(piece, 0, most);
    } catch (IOException cause) {
      throw new SourceFault(cause);
    }
  }
}
