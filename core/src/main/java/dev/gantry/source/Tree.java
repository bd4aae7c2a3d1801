package dev.gantry.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Files by name, as they stand in a folder or in a tar. */
sealed interface Tree {

  /** Where a file's bytes are; empty if there is no such file. */
  Optional<Region> find(String name) throws IOException;

  /** The folder or the tar, for messages. */
  String where();

  /** A folder on disk. */
  record Folder(Path folder) implements Tree {
    @Override
    public Optional<Region> find(String name) throws IOException {
      var path = folder.resolve(name);
      return Files.isRegularFile(path)
          ? Optional.of(new Region(path, 0, Files.size(path)))
          : Optional.empty();
    }

    @Override
    public String where() {
      return folder.toString();
    }
  }

  /**
   * A tar on disk, its files read where they stand.
   *
   * @param links symbolic and hard links, names to the names they mean
   */
  record Tar(String where, Map<String, Region> files, Map<String, String> links) implements Tree {
    /** A link to a link to a link is nothing that anybody writes. */
    private static final int MOST_HOPS = 16;

    public Tar {
      files = Map.copyOf(files);
      links = Map.copyOf(links);
    }

    @Override
    public Optional<Region> find(String name) {
      var at = name;
      for (int hop = 0; hop < MOST_HOPS; hop++) {
        var file = files.get(at);
        if (file != null) {
          return Optional.of(file);
        }
        var link = links.get(at);
        if (link == null) {
          return Optional.empty();
        }
        at = link;
      }
      return Optional.empty();
    }
  }
}
