package dev.gantry.source;

import dev.gantry.failure.PublishException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Brings an archive to where it can be read at any place: a file is taken as it is; standard input,
 * a pipe and what gzip has compressed are written to the cache folder once, and removed when the
 * artifact is closed.
 */
final class Spool {
  private static final long LOOK_EVERY = 64L << 20;

  private final BlobCache cache;
  private final InputStream standardInput;

  Spool(BlobCache cache, InputStream standardInput) {
    this.cache = cache;
    this.standardInput = standardInput;
  }

  /**
   * An archive that has been found to be a tar.
   *
   * @param remove what was written for it
   */
  record Archive(Path file, Optional<Path> remove, String where) {}

  /** Beginnings of files that are often meant to be archives of images and cannot be read. */
  private enum Other {
    ZSTD("compressed with zstd", "zstd -d", "(\u00b5/\u00fd"),
    XZ("compressed with xz", "xz -d", "\u00fd7zXZ"),
    BZIP2("compressed with bzip2", "bzip2 -d", "BZh"),
    ZIP("a zip", "unzip it, and name what is in it", "PK\u0003\u0004");

    private final String what;
    private final String todo;
    private final String magic;

    Other(String what, String todo, String magic) {
      this.what = what;
      this.todo = todo;
      this.magic = magic;
    }

    private boolean begins(byte[] head) {
      return new String(head, StandardCharsets.ISO_8859_1).startsWith(magic);
    }
  }

  Archive open(Source.Input input) throws IOException {
    return switch (input) {
      case Source.Input.Standard _ -> spool(standardInput, "standard input");
      case Source.Input.File(var path) -> file(path);
    };
  }

  private Archive file(Path path) throws IOException {
    var where = path.toString();
    if (Files.isDirectory(path)) {
      throw Refusal.missing(
          "this is a folder and no archive", where, "write oci:" + where + " for an OCI layout");
    }
    if (!Files.exists(path)) {
      throw Refusal.missing("there is no such file", where, "check the path");
    }
    try {
      if (!Files.isRegularFile(path)) {
        return spool(Files.newInputStream(path), where);
      }
      var head = new Region(path, 0, Files.size(path)).head(TarReading.BLOCK);
      if (isGzip(head)) {
        return spool(Files.newInputStream(path), where);
      }
      requireTar(head, where);
      return new Archive(path, Optional.empty(), where);
    } catch (AccessDeniedException _) {
      throw Refusal.other("the file may not be read", where, "give yourself the right to read it");
    }
  }

  private Archive spool(InputStream in, String where) throws IOException {
    var part = cache.part();
    try (var buffered = new BufferedInputStream(in, 1 << 16)) {
      buffered.mark(TarReading.BLOCK);
      var head = buffered.readNBytes(TarReading.BLOCK);
      buffered.reset();
      if (head.length == 0) {
        throw Refusal.missing("nothing came", where, "check what writes into it");
      }
      if (isGzip(head)) {
        copy(new GZIPInputStream(buffered, 1 << 16), part, where);
      } else {
        requireTar(head, where);
        copy(buffered, part, where);
      }
      requireTar(new Region(part, 0, Files.size(part)).head(TarReading.BLOCK), where);
      return new Archive(part, Optional.of(part), where);
    } catch (EOFException | ZipException e) {
      Files.deleteIfExists(part);
      throw Refusal.altered("the compressed archive ends early or is broken", where);
    } catch (IOException | PublishException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }

  private void copy(InputStream in, Path part, String where) throws IOException {
    var buffer = new byte[1 << 16];
    long written = 0;
    long looked = 0;
    requireRoom(written, where);
    try (var out = Files.newOutputStream(part)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
        written += count;
        if (written - looked >= LOOK_EVERY) {
          looked = written;
          requireRoom(written, where);
        }
      }
    }
  }

  private void requireRoom(long written, String where) throws IOException {
    var spare = cache.spare();
    if (spare < 2 * LOOK_EVERY && !cache.makeRoom(2 * LOOK_EVERY)) {
      throw Refusal.noRoom(
          "the archive from "
              + where
              + ", which has to be written to "
              + cache.folder()
              + " first,",
          written + 2 * LOOK_EVERY,
          spare,
          cache.folder().toString());
    }
  }

  private static boolean isGzip(byte[] head) {
    return head.length > 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
  }

  private static void requireTar(byte[] head, String where) {
    for (var other : List.of(Other.values())) {
      if (other.begins(head)) {
        throw Refusal.other(
            "the file is " + other.what + ", and a tar or a tar.gz can be read", where, other.todo);
      }
    }
    if (!TarReading.begins(head)) {
      throw Refusal.missing(
          "this is no tar", where, "name an archive of images, or a folder with an OCI layout");
    }
  }
}
