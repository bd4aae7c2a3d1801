package dev.gantry.push;

import dev.gantry.oci.Digest;
import dev.gantry.oci.Registry;
import dev.gantry.oci.Repository;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The memory of which repository was seen to hold which blob, so that the next push can mount
 * instead of send. It is a hint and never a proof: a registry may have dropped the blob since.
 *
 * <p>One line a fact, {@code digest registry path}, oldest first. A file that cannot be read or
 * written costs the hint and nothing else.
 */
public final class Whereabouts {
  /** Facts kept; about 2 MB of text. */
  static final int MOST = 16_384;

  private record Fact(String digest, String registry, String path) {
    String line() {
      return digest + " " + registry + " " + path;
    }
  }

  private final List<Path> file;
  private final Set<Fact> facts;
  private final Set<Fact> learnt = ConcurrentHashMap.newKeySet();

  private Whereabouts(List<Path> file, Set<Fact> facts) {
    this.file = file;
    this.facts = facts;
  }

  /** A memory that lasts as long as this process, for rehearsals and tests. */
  public static Whereabouts forgetful() {
    return new Whereabouts(List.of(), Set.of());
  }

  /** The memory kept in this file, which need not exist yet. */
  public static Whereabouts in(Path file) {
    return new Whereabouts(List.of(file), read(file));
  }

  /** Repositories of this registry that were seen to hold the blob, latest first. */
  public List<Repository> holders(Registry registry, Digest blob) {
    var found = new ArrayList<Repository>();
    for (var fact : facts) {
      if (fact.digest().equals(blob.toString()) && fact.registry().equals(registry.toString())) {
        found.addFirst(new Repository(registry, fact.path()));
      }
    }
    for (var fact : learnt) {
      if (fact.digest().equals(blob.toString()) && fact.registry().equals(registry.toString())) {
        found.addFirst(new Repository(registry, fact.path()));
      }
    }
    return found.stream().distinct().toList();
  }

  /** Notes that the repository holds these blobs. */
  public void seen(Repository repository, Collection<Digest> blobs) {
    for (var blob : blobs) {
      learnt.add(new Fact(blob.toString(), repository.registry().toString(), repository.path()));
    }
  }

  /** Writes what was learnt behind what others have written meanwhile. */
  public void save() {
    if (file.isEmpty() || facts.containsAll(learnt)) {
      return;
    }
    var path = file.getFirst();
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      var lock = path.resolveSibling(path.getFileName() + ".lock");
      try (var channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var _ = channel.lock()) {
        var all = new LinkedHashSet<>(read(path));
        all.removeAll(learnt);
        all.addAll(learnt);
        var lines = all.stream().skip(Math.max(0, all.size() - MOST)).map(Fact::line).toList();
        var fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.write(fresh, lines, StandardCharsets.UTF_8);
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException _) {
      learnt.clear(); // a hint that cannot be kept is no reason to fail a publish
    }
  }

  private static Set<Fact> read(Path file) {
    var facts = new LinkedHashSet<Fact>();
    try {
      for (var line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        var parts = line.split(" ", -1);
        if (parts.length == 3) {
          facts.add(new Fact(parts[0], parts[1], parts[2]));
        }
      }
    } catch (NoSuchFileException _) {
      return Set.of(); // nothing was remembered yet
    } catch (IOException _) {
      return Set.of(); // unreadable: as good as nothing
    }
    return facts;
  }
}
