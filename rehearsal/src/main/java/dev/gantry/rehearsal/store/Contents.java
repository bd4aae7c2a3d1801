package dev.gantry.rehearsal.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The bytes of every blob and manifest, once each, under their digest. Repositories hold links to
 * them; bytes that lose their last link go.
 */
final class Contents {
  private record Held(int links, long size) {}

  private final Path folder;
  private final Disk disk;
  private final ConcurrentMap<Digest, Held> held = new ConcurrentHashMap<>();

  Contents(Path folder, Disk disk) {
    this.folder = folder;
    this.disk = disk;
  }

  Path file(Digest digest) {
    return folder
        .resolve(digest.algorithm().toString())
        .resolve(digest.hex().substring(0, 2))
        .resolve(digest.hex());
  }

  /** Bytes of this content; empty if nothing links to it. */
  Optional<Long> size(Digest digest) {
    return Optional.ofNullable(held.get(digest)).map(Held::size);
  }

  /**
   * Adds a link to content, and the content itself if it is new: {@code draft} is moved under the
   * digest or deleted. The draft has been forced to the disk and its digest computed.
   */
  void add(Digest digest, Path draft) throws IOException {
    change(
        digest,
        before -> {
          if (before.isPresent()) {
            Files.delete(draft);
            return Optional.of(new Held(before.get().links() + 1, before.get().size()));
          }
          long size = Files.size(draft);
          disk.move(draft, file(digest));
          return Optional.of(new Held(1, size));
        });
  }

  /** The same for content held in memory. */
  void add(Digest digest, byte[] bytes) throws IOException {
    change(
        digest,
        before -> {
          if (before.isPresent()) {
            return Optional.of(new Held(before.get().links() + 1, before.get().size()));
          }
          disk.write(file(digest), bytes);
          return Optional.of(new Held(1, bytes.length));
        });
  }

  /** Adds a link to content that is there; false if it is not. */
  boolean link(Digest digest) throws IOException {
    return change(digest, before -> before.map(found -> new Held(found.links() + 1, found.size())));
  }

  /** Takes one link away, and the content with the last one. */
  void unlink(Digest digest) throws IOException {
    var _ =
        change(
            digest,
            before -> {
              if (before.isPresent() && before.get().links() > 1) {
                return Optional.of(new Held(before.get().links() - 1, before.get().size()));
              }
              disk.delete(file(digest));
              return Optional.empty();
            });
  }

  /** A link found on the disk at start; false if its content is missing. */
  boolean found(Digest digest) throws IOException {
    return change(
        digest,
        before -> {
          if (before.isPresent()) {
            return Optional.of(new Held(before.get().links() + 1, before.get().size()));
          }
          var file = file(digest);
          return Files.isRegularFile(file)
              ? Optional.of(new Held(1, Files.size(file)))
              : Optional.empty();
        });
  }

  /** Removes content that no link was found for: a crash came between the two. */
  void sweep() throws IOException {
    for (var algorithm : Digest.Algorithm.values()) {
      for (var part : Disk.list(folder.resolve(algorithm.toString())).toList()) {
        for (var file : Disk.list(part).toList()) {
          var digest = Digest.parse(algorithm + ":" + file.getFileName());
          if (digest.isEmpty() || !held.containsKey(digest.get())) {
            disk.delete(file);
          }
        }
      }
    }
  }

  /** Bytes of everything. */
  long size() {
    return held.values().stream().mapToLong(Held::size).sum();
  }

  Set<Digest> all() {
    return Set.copyOf(held.keySet());
  }

  private interface Change {
    Optional<Held> from(Optional<Held> before) throws IOException;
  }

  /** One change at a time for one digest; true if the content is there afterwards. */
  private boolean change(Digest digest, Change change) throws IOException {
    try {
      return held.compute(
              digest,
              (_, before) -> {
                try {
                  return change.from(Optional.ofNullable(before)).orElse(null);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          != null;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
