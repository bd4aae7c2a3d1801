package dev.gantry.source;

import dev.gantry.oci.Bytes;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Manifest;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A docker archive as it comes once, in any order: layers are compressed as they pass, documents
 * are kept in memory. What a file is, its first bytes say, because the list of names may come last.
 */
final class Export {
  /** All documents of one archive together; real ones have a few hundred KiB. */
  private static final long MOST_DOCUMENTS = 64L << 20;

  private final Compressor compressor;
  private final Set<Digest> wanted;
  private final String where;
  private final Consumer<Compressor.Compressed> ready;
  private final Map<String, Bytes> documents = new HashMap<>();
  private final Map<String, Compressor.Compressed> layers = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();
  private long held;

  /**
   * An export that is still to be read.
   *
   * @param wanted diff ids of the image, as they were told before
   * @param ready told of each layer as soon as it has its blob
   */
  Export(
      Compressor compressor,
      Set<Digest> wanted,
      String where,
      Consumer<Compressor.Compressed> ready) {
    this.compressor = compressor;
    this.wanted = Set.copyOf(wanted);
    this.where = where;
    this.ready = ready;
  }

  /** Reads to the end. */
  void read(InputStream stream) throws IOException, InterruptedException {
    var tar = TarReading.of(stream);
    for (var next = Optional.ofNullable(tar.getNextEntry());
        next.isPresent();
        next = Optional.ofNullable(tar.getNextEntry())) {
      var entry = next.get();
      var name = TarReading.name(entry.getName(), where);
      if (entry.isSymbolicLink() || entry.isLink()) {
        links.put(name, TarReading.target(entry, name, where));
      } else if (entry.isFile()) {
        take(name, entry.getSize(), tar);
      }
    }
  }

  private void take(String name, long size, InputStream tar)
      throws IOException, InterruptedException {
    var named = namedLayer(name);
    var kept =
        named.isPresent() ? compressor.kept(named.get()) : Optional.<Compressor.Compressed>empty();
    if (kept.isPresent()) {
      add(name, kept.get());
      return;
    }
    var head = tar.readNBytes(TarReading.BLOCK);
    var whole = new SequenceInputStream(new ByteArrayInputStream(head), new Unclosed(tar));
    var place = where + ", '" + name + "'";
    if (head.length > 2 && head[0] == 0x1f && head[1] == (byte) 0x8b) {
      add(name, compressor.taken(whole, size, place));
    } else if (size >= 2 * TarReading.BLOCK && TarReading.begins(head)) {
      add(name, compressor.compress(whole, size, named, place));
    } else {
      held += size;
      if (size > Manifest.LARGEST || held > MOST_DOCUMENTS) {
        throw Refusal.other(
            "'" + name + "' is no layer, and too large for a document", where, "save it again");
      }
      documents.put(name, Bytes.of(whole.readAllBytes()));
    }
  }

  /** The diff id in a name such as {@code blobs/sha256/HEX}; the old form's names say nothing. */
  private Optional<Digest> namedLayer(String name) {
    return wanted.stream()
        .filter(diffId -> name.equals("blobs/" + diffId.algorithm() + "/" + diffId.encoded()))
        .findFirst();
  }

  private void add(String name, Compressor.Compressed layer) {
    layers.put(name, layer);
    if (wanted.contains(layer.diffId())) {
      ready.accept(layer);
    }
  }

  /** A document that has come. */
  Bytes document(String name) {
    return Optional.ofNullable(documents.get(resolved(name)))
        .orElseThrow(
            () -> Refusal.missing("the export has no '" + name + "'", where, "save it again"));
  }

  /** A layer that has come, whatever its place in the archive. */
  Compressor.Compressed layer(String name) {
    return Optional.ofNullable(layers.get(resolved(name)))
        .orElseThrow(() ->
            Refusal.of(
                "content.blob-unknown",
                "the export has no layer '" + name + "'",
                where,
                "look into the Engine's log, and try again"));
  }

  private String resolved(String name) {
    var at = name;
    for (int hop = 0; hop < 16 && links.containsKey(at); hop++) {
      at = links.getOrDefault(at, at);
    }
    return at;
  }

  /** The end of one entry is not the end of the archive. */
  private static final class Unclosed extends FilterInputStream {
    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // the archive goes on behind this entry
    }
  }
}
