package dev.gantry.source;

import dev.gantry.event.Event;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Digest;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Turns uncompressed layers into blobs, each once, and checks that they are what they are named.
 */
final class Compressor {
  private static final long TELL_EVERY = 4L << 20;

  private final BlobCache cache;
  private final Executor executor;
  private final Consumer<Event> events;

  Compressor(BlobCache cache, Executor executor, Consumer<Event> events) {
    this.cache = cache;
    this.executor = executor;
    this.events = events;
  }

  /** A layer with its blob, and the diff id that was found on the way. */
  record Compressed(Digest diffId, BlobCache.Made made, Blobs.Place place) {}

  /** The layer of this diff id if it was compressed before and its blob is still here. */
  Optional<Compressed> kept(Digest diffId) throws IOException {
    var made = cache.made(diffId);
    if (made.isEmpty()) {
      return Optional.empty();
    }
    return cache
        .find(made.get().digest(), made.get().size())
        .map(region -> new Compressed(diffId, made.get(), new Blobs.Place.Cached(region, cache)));
  }

  /** The same; where only its name is still known, it is compressed again when it is needed. */
  Optional<Compressed> known(Digest diffId, Region tar) throws IOException {
    var kept = kept(diffId);
    return kept.isPresent()
        ? kept
        : cache
            .made(diffId)
            .map(made -> new Compressed(diffId, made, new Blobs.Place.ToCompress(tar, executor)));
  }

  /** Compresses a layer that can be read again: into the cache, or, without room, for its name. */
  Compressed compress(Region tar, Digest diffId, String where)
      throws IOException, InterruptedException {
    if (cache.makeRoom(GzipBlocks.atMost(tar.size()))) {
      try (var in = tar.open()) {
        return keep(in, tar.size(), Optional.of(diffId), where);
      }
    }
    events.accept(
        new Event.Noticed(
            "no room in "
                + cache.folder()
                + " for a layer of "
                + Refusal.size(tar.size())
                + ": it is compressed once for its name and again for sending"));
    try (var in = gzip(tar.open(), Optional.of(diffId), tar.size())) {
      var made = copy(in, OutputStream.nullOutputStream());
      requireSame(in.diffId(), diffId, where);
      cache.note(diffId, made);
      return new Compressed(diffId, made, new Blobs.Place.ToCompress(tar, executor));
    } catch (EOFException e) {
      throw Refusal.ended(e, where);
    }
  }

  /**
   * Compresses a layer that comes once, into the cache.
   *
   * @param expected the diff id, where it is known before
   * @throws PublishException when there is no room, or it is another layer
   */
  Compressed compress(InputStream tar, long size, Optional<Digest> expected, String where)
      throws IOException, InterruptedException {
    requireRoom(GzipBlocks.atMost(size), where);
    return keep(tar, size, expected, where);
  }

  private void requireRoom(long bytes, String where) throws IOException {
    if (!cache.makeRoom(bytes)) {
      throw Refusal.noRoom("a layer of " + where, bytes, cache.spare(), cache.folder().toString());
    }
  }

  private Compressed keep(InputStream tar, long size, Optional<Digest> expected, String where)
      throws IOException, InterruptedException {
    var part = cache.part();
    try (var in = gzip(tar, expected, size)) {
      BlobCache.Made made;
      try (var out = Files.newOutputStream(part)) {
        made = copy(in, out);
      }
      var diffId = in.diffId();
      if (expected.isPresent()) {
        requireSame(diffId, expected.get(), where);
      }
      var region = cache.keep(part, made.digest(), made.size());
      cache.note(diffId, made);
      return new Compressed(diffId, made, new Blobs.Place.Cached(region, cache));
    } catch (EOFException e) {
      throw Refusal.ended(e, where);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** A layer that came compressed: taken as it is, its digest and diff id computed. */
  Compressed taken(Region gzip, Digest diffId, String where)
      throws IOException, InterruptedException {
    var found = inflated(gzip, where);
    requireSame(found.diffId(), diffId, where);
    return found;
  }

  /** The same from a stream that comes once. */
  Compressed taken(InputStream gzip, long size, String where)
      throws IOException, InterruptedException {
    requireRoom(size, where);
    var part = cache.part();
    try {
      BlobCache.write(gzip, part);
      var found = inflated(new Region(part, 0, Files.size(part)), where);
      var region = cache.keep(part, found.made().digest(), found.made().size());
      return new Compressed(found.diffId(), found.made(), new Blobs.Place.Cached(region, cache));
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private Compressed inflated(Region gzip, String where) throws IOException, InterruptedException {
    var blob = Digest.sha256();
    var layer = Digest.sha256();
    try (var raw = new BufferedInputStream(new DigestInputStream(gzip.open(), blob), 1 << 16)) {
      var inflating = new GZIPInputStream(raw, 1 << 16);
      var buffer = new byte[1 << 16];
      for (int count = inflating.read(buffer); count >= 0; count = inflating.read(buffer)) {
        layer.update(buffer, 0, count);
        stopIfInterrupted();
      }
      raw.transferTo(OutputStream.nullOutputStream());
    } catch (EOFException | ZipException e) {
      throw Refusal.altered("a compressed layer ends early or is broken", where);
    }
    var made = new BlobCache.Made(Digest.finish("sha256", blob.digest()), gzip.size());
    return new Compressed(
        Digest.finish("sha256", layer.digest()), made, new Blobs.Place.InFile(gzip));
  }

  private GzipBlocks gzip(InputStream tar, Optional<Digest> diffId, long size) {
    var told = new long[1];
    return new GzipBlocks(
        tar,
        executor,
        read -> {
          if (diffId.isPresent() && (read - told[0] >= TELL_EVERY || read == size)) {
            told[0] = read;
            events.accept(new Event.Compressing(diffId.get(), read, size));
          }
        });
  }

  private static BlobCache.Made copy(GzipBlocks in, OutputStream out)
      throws IOException, InterruptedException {
    var sum = Digest.sha256();
    var buffer = new byte[1 << 16];
    long size = 0;
    try {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        stopIfInterrupted();
        sum.update(buffer, 0, count);
        out.write(buffer, 0, count);
        size += count;
      }
    } catch (InterruptedIOException e) {
      var interrupted = new InterruptedException(e.getMessage());
      interrupted.initCause(e);
      throw interrupted;
    }
    return new BlobCache.Made(Digest.finish("sha256", sum.digest()), size);
  }

  private static void stopIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while reading a layer");
    }
  }

  private static void requireSame(Digest found, Digest expected, String where) {
    if (!found.equals(expected)) {
      throw Refusal.altered(
          "a layer has the diff id " + found + ", and the image's config says " + expected, where);
    }
  }
}
