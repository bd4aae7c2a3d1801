package dev.gantry.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Walks through a tar without unpacking it. What is read of the headers is bounded, because a tar
 * may come from anywhere.
 */
final class TarReading extends TarArchiveInputStream {
  static final int BLOCK = 512;

  /** Entries of one archive; the largest real ones have a few thousand. */
  private static final int MOST_ENTRIES = 200_000;

  /** Bytes of one extended header; long names and PAX records take a few hundred. */
  private static final long LARGEST_HEADER = 1 << 20;

  private TarReading(InputStream in) {
    super(in, "UTF-8");
  }

  static TarReading of(InputStream in) {
    return new TarReading(in);
  }

  @Override
  protected byte[] readRecord() throws IOException {
    var header = super.readRecord();
    if (header != null && header.length == BLOCK && "xgXLK".indexOf(header[156]) >= 0) {
      var size = number(header, 124, 12);
      if (size < 0 || size > LARGEST_HEADER) {
        throw new IOException("a header of " + size + " bytes");
      }
    }
    return header;
  }

  /** A number in octal digits; -1 for one in another form, which no short header needs. */
  private static long number(byte[] header, int from, int length) {
    long value = 0;
    for (int i = from; i < from + length; i++) {
      var c = header[i];
      if (c >= '0' && c <= '7') {
        value = value * 8 + (c - '0');
      } else if (c != 0 && c != ' ') {
        return -1;
      }
    }
    return value;
  }

  /** Whether these bytes begin a tar: their checksum is right, or they are its empty end. */
  static boolean begins(byte[] block) {
    if (block.length < BLOCK) {
      return false;
    }
    long sum = 0;
    var empty = true;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
      empty &= block[i] == 0;
    }
    return empty || sum == number(block, 148, 8);
  }

  /**
   * The files of a tar by name, with the place of their bytes in it.
   *
   * @param where the tar's name for messages
   */
  static Tree.Tar index(Path tar, String where) throws IOException {
    var files = new HashMap<String, Region>();
    var links = new HashMap<String, String>();
    var whole = new Region(tar, 0, java.nio.file.Files.size(tar));
    try (var in = whole.open();
        var reading = of(in)) {
      for (int count = 0; ; count++) {
        var next = Optional.ofNullable(reading.getNextEntry());
        if (next.isEmpty()) {
          break;
        }
        if (count > MOST_ENTRIES) {
          throw Refusal.other(
              "the archive has more than " + MOST_ENTRIES + " entries", where, "check its maker");
        }
        var entry = next.get();
        var name = name(entry.getName(), where);
        if (entry.isSymbolicLink() || entry.isLink()) {
          links.put(name, target(entry, name, where));
        } else if (entry.isFile()) {
          var region = new Region(tar, reading.getBytesRead(), entry.getSize());
          if (region.offset() + region.size() > whole.size()) {
            throw Refusal.altered(
                "the archive ends within '" + name + "', which has " + region.size() + " bytes",
                where);
          }
          refuseSparse(entry, name, where);
          if (files.put(name, region) != null) {
            throw Refusal.other(
                "the archive holds '" + name + "' twice", where, "write the archive again");
          }
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw broken(e, where);
    }
    return new Tree.Tar(where, files, links);
  }

  static dev.gantry.failure.PublishException broken(Exception fault, String where) {
    return Refusal.altered("the archive cannot be read: " + fault.getMessage(), where);
  }

  private static void refuseSparse(TarArchiveEntry entry, String name, String where) {
    if (entry.isSparse()) {
      throw Refusal.other(
          "'" + name + "' is stored as a sparse file", where, "write the archive without --sparse");
    }
  }

  /**
   * An entry's name without {@code ./}.
   *
   * @throws dev.gantry.failure.PublishException for a name that leads out of the archive
   */
  static String name(String name, String where) {
    return resolve("", name)
        .orElseThrow(() ->
            Refusal.other(
                "the archive holds '" + name + "', which leads out of it",
                where,
                "do not use it: no tool that writes images makes such names"));
  }

  static String target(TarArchiveEntry entry, String name, String where) {
    var folder = name.contains("/") ? name.substring(0, name.lastIndexOf('/')) : "";
    return resolve(entry.isLink() ? "" : folder, entry.getLinkName())
        .orElseThrow(() ->
            Refusal.other(
                "the link '" + name + "' leads out of the archive",
                where,
                "do not use it: no tool that writes images makes such links"));
  }

  /** A path seen from a folder of the archive; empty if it is absolute or climbs out. */
  private static Optional<String> resolve(String folder, String path) {
    if (path.startsWith("/") || path.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    var parts = new ArrayDeque<String>();
    for (var part : (folder + "/" + path).split("/", -1)) {
      if (part.equals("..")) {
        if (parts.isEmpty()) {
          return Optional.empty();
        }
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return Optional.of(String.join("/", parts));
  }
}
