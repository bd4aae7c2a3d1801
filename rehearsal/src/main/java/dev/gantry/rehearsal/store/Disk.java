package dev.gantry.rehearsal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/**
 * Changes of files that a crash leaves either whole or undone: a file is written under another
 * name, forced to the disk, renamed, and then its folder is forced (where {@code durable}; a
 * temporary store does without the forcing).
 */
final class Disk {
  private final Path temporary;
  private final boolean durable;
  private final ReadWriteLock open = new ReentrantReadWriteLock();
  private boolean closed;

  Disk(Path temporary, boolean durable) {
    this.temporary = temporary;
    this.durable = durable;
  }

  /** A change of files. */
  @FunctionalInterface
  interface Change {
    void make() throws IOException;
  }

  /** Makes a change, or none at all once the store is closed and may belong to another process. */
  void change(Change change) throws IOException {
    open.readLock().lock();
    try {
      if (closed) {
        throw new IOException("the store is closed");
      }
      change.make();
    } catch (IOException e) {
      throw new DiskFault(e);
    } finally {
      open.readLock().unlock();
    }
  }

  /** Waits for changes under way and allows no more. */
  void close() {
    open.writeLock().lock();
    try {
      closed = true;
    } finally {
      open.writeLock().unlock();
    }
  }

  /** Puts these bytes under this name, over whatever stood there. */
  void write(Path file, byte[] bytes) throws IOException {
    change(() -> writeNow(file, bytes));
  }

  private void writeNow(Path file, byte[] bytes) throws IOException {
    var draft = temporary.resolve(UUID.randomUUID().toString());
    try (var channel =
        FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      force(channel);
    }
    moveNow(draft, file);
  }

  /** Gives a file, already forced, its final name. */
  void move(Path draft, Path file) throws IOException {
    change(() -> moveNow(draft, file));
  }

  private void moveNow(Path draft, Path file) throws IOException {
    makeFolder(folder(file));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceFolder(folder(file));
  }

  void delete(Path file) throws IOException {
    change(() -> {
      if (Files.deleteIfExists(file)) {
        forceFolder(folder(file));
      }
    });
  }

  void force(FileChannel channel) throws IOException {
    if (durable) {
      channel.force(true);
    }
  }

  /** The folder that a file of the store is in. */
  static Path folder(Path file) {
    return Objects.requireNonNull(file.getParent(), "a file of a store is in a folder");
  }

  private void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      var parent = folder(folder);
      makeFolder(parent);
      Files.createDirectories(folder);
      forceFolder(parent);
    }
  }

  private void forceFolder(Path folder) throws IOException {
    if (durable) {
      try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** The files and folders in this folder, none if it is not there. */
  static Stream<Path> list(Path folder) throws IOException {
    try (var found = Files.list(folder)) {
      return found.sorted().toList().stream();
    } catch (NoSuchFileException _) {
      return Stream.empty();
    }
  }

  /** Removes a folder and everything in it. */
  static void deleteTree(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
            if (failed instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failed;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path folder, @org.jspecify.annotations.Nullable IOException failed)
              throws IOException {
            if (failed != null) {
              throw failed;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
