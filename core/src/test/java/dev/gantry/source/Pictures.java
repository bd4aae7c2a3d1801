package dev.gantry.source;

import dev.gantry.oci.Bytes;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Json;
import dev.gantry.oci.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Small images made for a test, in all the forms in which tools write them. */
public final class Pictures {
  private Pictures() {}

  /** An image: its config and its uncompressed layers. */
  public record Picture(Bytes config, List<Bytes> layers) {}

  /** One entry of a tar: a file's bytes, or what a link points at. */
  record Entry(String name, Bytes bytes, String link) {
    static Entry file(String name, Bytes bytes) {
      return new Entry(name, bytes, "");
    }

    static Entry file(String name, String text) {
      return file(name, Bytes.of(text));
    }

    static Entry link(String name, String to) {
      return new Entry(name, Bytes.of(""), to);
    }
  }

  public static Picture picture(Random random, int layers, String os, String architecture) {
    var tars = new ArrayList<Bytes>();
    for (int i = 0; i < layers; i++) {
      var noise = new byte[random.nextInt(1, 200_000)];
      random.nextBytes(noise);
      tars.add(
          tar(
              List.of(
                  Entry.file("etc/" + i, noise.length + " even text ".repeat(500)),
                  Entry.file("bin/" + i, Bytes.of(noise)))));
    }
    var config =
        Json.object()
            .with("os", os)
            .with("architecture", architecture)
            .with("config", Json.object())
            .with(
                "rootfs",
                Json.object()
                    .with("type", "layers")
                    .with("diff_ids", Json.strings(tars.stream().map(Bytes::digest).toList())));
    return new Picture(Bytes.of(config.compact()), tars);
  }

  static Bytes tar(List<Entry> entries) {
    try {
      var bytes = new ByteArrayOutputStream();
      try (var tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        for (var entry : entries) {
          var link = !entry.link().isEmpty();
          var header =
              link
                  ? new TarArchiveEntry(entry.name(), TarConstants.LF_SYMLINK)
                  : new TarArchiveEntry(entry.name(), true);
          header.setModTime(0);
          if (link) {
            header.setLinkName(entry.link());
          } else {
            header.setSize(entry.bytes().size());
          }
          tar.putArchiveEntry(header);
          tar.write(entry.bytes().toArray());
          tar.closeArchiveEntry();
        }
      }
      return Bytes.of(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Bytes gzip(Bytes plain) {
    try {
      var bytes = new ByteArrayOutputStream();
      try (var gzip = new GZIPOutputStream(bytes)) {
        gzip.write(plain.toArray());
      }
      return Bytes.of(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The old form of {@code docker save}; entries as it writes them, the list of images last. */
  static List<Entry> oldArchive(Picture picture, String name) {
    var entries = new ArrayList<Entry>();
    var places = new ArrayList<String>();
    var seen = new LinkedHashMap<Digest, String>();
    for (int i = 0; i < picture.layers().size(); i++) {
      var layer = picture.layers().get(i);
      var place = Digest.of(("layer" + i).getBytes(StandardCharsets.UTF_8)).encoded();
      var earlier = seen.putIfAbsent(layer.digest(), place);
      entries.add(Entry.file(place + "/VERSION", "1.0"));
      entries.add(Entry.file(place + "/json", "{\"id\":\"" + place + "\"}"));
      entries.add(
          earlier == null
              ? Entry.file(place + "/layer.tar", layer)
              : Entry.link(place + "/layer.tar", "../" + earlier + "/layer.tar"));
      places.add(place + "/layer.tar");
    }
    var config = picture.config().digest().encoded() + ".json";
    entries.add(Entry.file(config, picture.config()));
    entries.add(Entry.file("manifest.json", list(config, name, places)));
    entries.add(Entry.file("repositories", "{}"));
    return entries;
  }

  static String list(String config, String name, List<String> layers) {
    return Json.array(
            Json.object()
                .with("Config", config)
                .with("RepoTags", Json.strings(List.of(name)))
                .with("Layers", Json.strings(layers)))
        .compact();
  }

  /**
   * What an engine of 2023 and later saves: a layout with uncompressed layers, and the old list.
   */
  static List<Entry> newArchive(Picture picture, String name) {
    var files = layout(List.of(picture), List.of(name), false);
    var entries = new ArrayList<Entry>();
    files.forEach((path, bytes) -> entries.add(Entry.file(path, bytes)));
    entries.add(
        Entry.file(
            "manifest.json",
            list(
                "blobs/sha256/" + picture.config().digest().encoded(),
                name,
                picture.layers().stream()
                    .map(layer -> "blobs/sha256/" + layer.digest().encoded())
                    .toList())));
    return entries;
  }

  /** The files of an OCI layout with one entry an image. */
  public static Map<String, Bytes> layout(
      List<Picture> pictures, List<String> names, boolean compressed) {
    var files = new LinkedHashMap<String, Bytes>();
    var entries = new ArrayList<Json>();
    for (int i = 0; i < pictures.size(); i++) {
      var name = Json.object().with("org.opencontainers.image.ref.name", names.get(i));
      entries.add(image(files, pictures.get(i), compressed).with("annotations", name));
    }
    files.put("index.json", index(entries));
    files.put("oci-layout", Bytes.of("{\"imageLayoutVersion\":\"1.0.0\"}"));
    return files;
  }

  /** The files of an OCI layout whose one entry is an index with these platforms. */
  static Map<String, Bytes> platforms(Picture... pictures) {
    var files = new LinkedHashMap<String, Bytes>();
    var entries = new ArrayList<Json>();
    for (var picture : pictures) {
      var config = Json.parseObject(picture.config());
      entries.add(
          image(files, picture, true)
              .with(
                  "platform",
                  Json.object()
                      .with("os", config.needText("os"))
                      .with("architecture", config.needText("architecture"))));
    }
    var nested = blob(files, index(entries), MediaType.IMAGE_INDEX);
    files.put("index.json", index(List.of(nested)));
    files.put("oci-layout", Bytes.of("{\"imageLayoutVersion\":\"1.0.0\"}"));
    return files;
  }

  private static Bytes index(List<Json> entries) {
    return Bytes.of(
        Json.object()
            .with("schemaVersion", new Json.Num(2))
            .with("mediaType", MediaType.IMAGE_INDEX.value())
            .with("manifests", new Json.Arr(entries))
            .compact());
  }

  private static Json.Obj image(Map<String, Bytes> files, Picture picture, boolean compressed) {
    var type = compressed ? MediaType.LAYER_GZIP : MediaType.LAYER_TAR;
    var layers =
        picture.layers().stream()
            .<Json>map(layer -> blob(files, compressed ? gzip(layer) : layer, type))
            .toList();
    var manifest =
        Json.object()
            .with("schemaVersion", new Json.Num(2))
            .with("mediaType", MediaType.IMAGE_MANIFEST.value())
            .with("config", blob(files, picture.config(), MediaType.IMAGE_CONFIG))
            .with("layers", new Json.Arr(layers));
    return blob(files, Bytes.of(manifest.pretty()), MediaType.IMAGE_MANIFEST);
  }

  private static Json.Obj blob(Map<String, Bytes> files, Bytes bytes, MediaType type) {
    files.put("blobs/sha256/" + bytes.digest().encoded(), bytes);
    return Json.object()
        .with("mediaType", type.value())
        .with("digest", bytes.digest().toString())
        .with("size", new Json.Num(bytes.size()));
  }

  public static Path write(Path folder, Map<String, Bytes> files) throws IOException {
    for (var file : files.entrySet()) {
      var path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue().toArray());
    }
    return folder;
  }

  static Path writeTar(Path path, List<Entry> entries) throws IOException {
    return Files.write(path, tar(entries).toArray());
  }

  static List<Entry> entries(Map<String, Bytes> files) {
    var entries = new ArrayList<Entry>();
    files.forEach((path, bytes) -> entries.add(Entry.file(path, bytes)));
    return entries;
  }
}
