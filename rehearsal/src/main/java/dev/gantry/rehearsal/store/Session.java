package dev.gantry.rehearsal.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An upload session: a file that grows, and the digest of what is in it. Whoever writes last wins:
 * a new request takes the session over from one that still hangs on a dead connection.
 */
public final class Session {
  private static final int BUFFER = 1 << 17;

  private final String id;
  private final String repository;
  private final Path file;
  private final Disk disk;
  private final Digest.Algorithm algorithm;
  private Optional<MessageDigest> running;
  private long offset;
  private int writer;
  private boolean closed;

  Session(String id, String repository, Path file, Disk disk, Digest.Algorithm algorithm)
      throws IOException {
    this.id = id;
    this.repository = repository;
    this.file = file;
    this.disk = disk;
    this.algorithm = algorithm;
    this.offset = Files.size(file);
    // What an earlier process wrote is hashed when the session is finished.
    this.running = offset == 0 ? Optional.of(algorithm.computation()) : Optional.empty();
  }

  public String id() {
    return id;
  }

  public String repository() {
    return repository;
  }

  /** Bytes received so far. */
  public synchronized long offset() {
    return offset;
  }

  /** A request that wants to write has come; any earlier one may not write any more. */
  public synchronized int takeOver() {
    return ++writer;
  }

  /**
   * Adds what the stream gives until it ends. What came before a break of the stream stays.
   *
   * @param turn from {@link #takeOver}
   * @throws SessionLost if another request took over or the session was closed
   */
  public void append(int turn, InputStream in) throws IOException {
    var buffer = new byte[BUFFER];
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        add(turn, channel, buffer, n);
      }
    }
  }

  private synchronized void add(int turn, FileChannel channel, byte[] buffer, int count)
      throws IOException {
    if (closed || turn != writer) {
      throw new SessionLost("another request took the upload session over");
    }
    disk.change(() -> {
      long at = offset;
      var bytes = ByteBuffer.wrap(buffer, 0, count);
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
      running.ifPresent(sum -> sum.update(buffer, 0, count));
      offset = at;
    });
  }

  /**
   * Ends the session with what it has: into the repository if the digest is right.
   *
   * @return false if the content has another digest; the session is gone then
   */
  synchronized boolean finish(Digest wanted, Supplier<StoredRepository> target) throws IOException {
    if (closed) {
      throw new SessionLost("the upload session is closed");
    }
    var actual = digest(wanted.algorithm());
    closed = true;
    if (!actual.equals(wanted)) {
      Files.deleteIfExists(file);
      return false;
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      disk.force(channel);
    }
    target.get().addBlob(wanted, file);
    return true;
  }

  synchronized void discard() throws IOException {
    closed = true;
    Files.deleteIfExists(file);
  }

  private Digest digest(Digest.Algorithm wanted) throws IOException {
    if (running.isPresent() && wanted == algorithm) {
      return Digest.finish(wanted, running.get().digest());
    }
    return Verification.digest(wanted, file);
  }
}
