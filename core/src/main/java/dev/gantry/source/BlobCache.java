package dev.gantry.source;

import dev.gantry.oci.Bytes;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Json;
import dev.gantry.oci.Malformed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Blobs that this tool made once and need not make again, on disk, and for every compressed layer
 * the name it got. Blobs go when room is needed, the longest unused first; names stay, because a
 * registry may still hold what they name. Every file is written aside and then moved to its name,
 * so that many processes may share the folder.
 *
 * <pre>
 * blobs/sha256/HEX        a blob
 * layers/KIND/ALG-HEX     one JSON document: what the layer with this diff id became
 * parts/…                 what is being written, and archives from standard input
 * </pre>
 */
public final class BlobCache {
  /** Bytes that stay free on the disk whatever is asked for. */
  private static final long RESERVE = 256L << 20;

  private static final long USUAL_MOST = 20L << 30;

  /** Whoever used a blob so recently may still be reading it. */
  private static final Duration RECENT = Duration.ofMinutes(30);

  /** A part so old was left behind by a process that was killed. */
  private static final Duration STALE = Duration.ofDays(2);

  private final Path folder;
  private final long most;
  private final Set<Path> inUse = ConcurrentHashMap.newKeySet();

  /**
   * A cache in this folder, which need not exist.
   *
   * @param most bytes of all blobs together
   */
  public BlobCache(Path folder, long most) {
    this.folder = folder;
    this.most = most;
  }

  /**
   * The cache of the user: {@code XDG_CACHE_HOME/gantry}, else {@code ~/.cache/gantry}; 20 GiB.
   *
   * @param environment as the process has it
   * @param home the user's home folder
   */
  public static BlobCache of(Map<String, String> environment, Path home) {
    var configured = environment.getOrDefault("XDG_CACHE_HOME", "");
    var caches = configured.startsWith("/") ? Path.of(configured) : home.resolve(".cache");
    return new BlobCache(caches.resolve("gantry"), USUAL_MOST);
  }

  /** What a layer became when it was compressed. */
  record Made(Digest digest, long size) {}

  /** What the layer with this diff id became, whether its bytes are still here or not. */
  Optional<Made> made(Digest diffId) {
    var note = note(diffId);
    try {
      var json = Json.parseObject(Bytes.of(Files.readAllBytes(note)));
      return Optional.of(new Made(Digest.parse(json.needText("digest")), json.needNumber("size")));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException | Malformed _) {
      forget(note);
      return Optional.empty();
    }
  }

  /** Where a blob's bytes are; its use keeps it from going for the life of this cache object. */
  Optional<Region> find(Digest digest, long size) throws IOException {
    var path = blob(digest);
    if (!Files.isRegularFile(path) || Files.size(path) != size) {
      return Optional.empty();
    }
    inUse.add(path);
    touch(path);
    return Optional.of(new Region(path, 0, size));
  }

  /** The same for a blob of whatever size. */
  Optional<Region> find(Digest digest) throws IOException {
    var path = blob(digest);
    return Files.isRegularFile(path) ? find(digest, Files.size(path)) : Optional.empty();
  }

  /** Whether so many bytes more can be written, after older blobs have gone if need be. */
  boolean makeRoom(long bytes) throws IOException {
    Files.createDirectories(parts());
    dropStaleParts();
    var kept = blobs();
    var total = kept.stream().mapToLong(Kept::size).sum();
    for (var old : kept) {
      if (total + bytes <= most && free() >= bytes + RESERVE) {
        break;
      }
      if (!inUse.contains(old.path()) && old.used().isBefore(Instant.now().minus(RECENT))) {
        Files.deleteIfExists(old.path());
        total -= old.size();
      }
    }
    return total + bytes <= most && free() >= bytes + RESERVE;
  }

  /** Bytes that may still be written to the disk on which this cache is. */
  long free() throws IOException {
    Files.createDirectories(parts());
    return Files.getFileStore(parts()).getUsableSpace();
  }

  /** The same less what always stays free. */
  long spare() throws IOException {
    return Math.max(0, free() - RESERVE);
  }

  Path folder() {
    return folder;
  }

  /** A new file to be written aside; whoever asked for it removes it or {@link #keep}s it. */
  Path part() throws IOException {
    Files.createDirectories(parts());
    return Files.createTempFile(parts(), "part-", "");
  }

  /** Moves a finished part to its name. */
  Region keep(Path part, Digest digest, long size) throws IOException {
    var path = blob(digest);
    Files.createDirectories(parent(path));
    inUse.add(path);
    move(part, path);
    return new Region(path, 0, size);
  }

  /** Keeps a small blob. */
  Region keep(Bytes bytes) throws IOException {
    var part = part();
    Files.write(part, bytes.toArray());
    return keep(part, bytes.digest(), bytes.size());
  }

  /** Notes what a layer became. */
  void note(Digest diffId, Made made) throws IOException {
    var path = note(diffId);
    Files.createDirectories(parent(path));
    var json =
        Json.object()
            .with("digest", made.digest().toString())
            .with("size", new Json.Num(made.size()));
    var part = part();
    Files.writeString(part, json.compact());
    move(part, path);
  }

  /** Removes a blob that turned out to be wrong. */
  void forget(Digest digest) {
    forget(blob(digest));
  }

  /** Copies a stream to a part. */
  static void write(InputStream in, Path part) throws IOException {
    try (OutputStream out = Files.newOutputStream(part)) {
      in.transferTo(out);
    }
  }

  private record Kept(Path path, long size, Instant used) {}

  /** All blobs, the longest unused first. */
  private List<Kept> blobs() throws IOException {
    var kept = new ArrayList<Kept>();
    var blobs = folder.resolve("blobs");
    if (!Files.isDirectory(blobs)) {
      return kept;
    }
    try (var all = Files.walk(blobs, 2)) {
      for (var path : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        kept.add(new Kept(path, size(path), used(path)));
      }
    }
    kept.sort(Comparator.comparing(Kept::used));
    return kept;
  }

  private void dropStaleParts() throws IOException {
    try (var all = Files.list(parts())) {
      for (var path : (Iterable<Path>) all::iterator) {
        if (used(path).isBefore(Instant.now().minus(STALE))) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  /** Another process may remove any file at any time. */
  private static long size(Path path) throws IOException {
    try {
      return Files.size(path);
    } catch (NoSuchFileException _) {
      return 0;
    }
  }

  private static Instant used(Path path) throws IOException {
    try {
      return Files.getLastModifiedTime(path).toInstant();
    } catch (NoSuchFileException _) {
      return Instant.now();
    }
  }

  private static void touch(Path path) throws IOException {
    try {
      Files.setLastModifiedTime(path, FileTime.from(Instant.now()));
    } catch (NoSuchFileException _) {
      // gone in this very moment: reading it will tell
      return;
    }
  }

  private static void move(Path part, Path path) throws IOException {
    try {
      Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (FileAlreadyExistsException _) {
      Files.deleteIfExists(part);
    }
  }

  /** Removes a file, and leaves it to a later run if that does not work now. */
  static void forget(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException _) {
      // a file that cannot be removed is found wrong again, and said so
      return;
    }
  }

  private static Path parent(Path path) {
    return Optional.ofNullable(path.getParent()).orElseThrow();
  }

  private Path parts() {
    return folder.resolve("parts");
  }

  private Path blob(Digest digest) {
    return folder.resolve("blobs").resolve(digest.algorithm()).resolve(digest.encoded());
  }

  private Path note(Digest diffId) {
    return folder
        .resolve("layers")
        .resolve(GzipBlocks.kind())
        .resolve(diffId.algorithm() + "-" + diffId.encoded());
  }
}
