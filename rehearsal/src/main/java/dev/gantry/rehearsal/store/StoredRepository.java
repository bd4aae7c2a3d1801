package dev.gantry.rehearsal.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The blobs, manifests and tags of one repository. What is read is kept in memory; every change
 * reaches the disk first. One change at a time.
 */
public final class StoredRepository {
  private final String name;
  private final Path folder;
  private final Contents contents;
  private final Disk disk;
  private final Set<Digest> blobs = new TreeSet<>(Comparator.comparing(Digest::toString));
  private final Map<Digest, StoredManifest> manifests = new LinkedHashMap<>();
  private final TreeMap<String, Digest> tags = new TreeMap<>();

  StoredRepository(String name, Path folder, Contents contents, Disk disk) {
    this.name = name;
    this.folder = folder;
    this.contents = contents;
    this.disk = disk;
  }

  public String name() {
    return name;
  }

  /** Bytes of this blob, if the repository has it. */
  public synchronized Optional<Long> blob(Digest digest) {
    return blobs.contains(digest) ? contents.size(digest) : Optional.empty();
  }

  public synchronized Optional<StoredManifest> manifest(Digest digest) {
    return Optional.ofNullable(manifests.get(digest));
  }

  public synchronized Optional<Digest> tag(String tag) {
    return Optional.ofNullable(tags.get(tag));
  }

  /** Tags in the order of their bytes. */
  public synchronized List<String> tags() {
    return List.copyOf(tags.keySet());
  }

  public synchronized List<Digest> blobs() {
    return List.copyOf(blobs);
  }

  public synchronized List<StoredManifest> manifests() {
    return List.copyOf(manifests.values());
  }

  /** Manifests whose subject this is, in the order of their digests. */
  public synchronized List<StoredManifest> referrers(Digest subject) {
    return manifests.values().stream()
        .filter(manifest -> manifest.subject().equals(Optional.of(subject)))
        .sorted(Comparator.comparing(manifest -> manifest.digest().toString()))
        .toList();
  }

  /** Whether there is a blob or a manifest of this digest. */
  public synchronized boolean holds(Digest digest) {
    return blobs.contains(digest) || manifests.containsKey(digest);
  }

  /** The file with the content of a blob or manifest. */
  public Path content(Digest digest) {
    return contents.file(digest);
  }

  /** Takes a finished upload in: the file is moved away. */
  synchronized void addBlob(Digest digest, Path draft) throws IOException {
    if (blobs.contains(digest)) {
      Files.delete(draft);
      return;
    }
    contents.add(digest, draft);
    linkBlob(digest);
  }

  /** Makes content that another repository holds a blob of this one; false if it has gone. */
  public synchronized boolean mount(Digest digest) throws IOException {
    if (blobs.contains(digest)) {
      return true;
    }
    if (!contents.link(digest)) {
      return false;
    }
    linkBlob(digest);
    return true;
  }

  private void linkBlob(Digest digest) throws IOException {
    try {
      disk.write(linkFile("_blobs", digest), new byte[0]);
    } catch (IOException e) {
      contents.unlink(digest);
      throw e;
    }
    blobs.add(digest);
  }

  /** Takes a manifest in; its bytes have this digest. */
  public synchronized void addManifest(StoredManifest manifest, byte[] bytes) throws IOException {
    var digest = manifest.digest();
    boolean linked = manifests.containsKey(digest);
    if (!linked) {
      contents.add(digest, bytes);
    }
    try {
      disk.write(
          linkFile("_manifests", digest), manifest.mediaType().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      if (!linked) {
        contents.unlink(digest);
      }
      throw e;
    }
    manifests.put(digest, manifest);
  }

  /** Points a tag at a manifest that is here. */
  public synchronized void point(String tag, Digest digest) throws IOException {
    if (!manifests.containsKey(digest)) {
      throw new IllegalArgumentException("no manifest " + digest + " to point " + tag + " at");
    }
    disk.write(tagFile(tag), digest.toString().getBytes(StandardCharsets.UTF_8));
    tags.put(tag, digest);
  }

  /** Removes a tag; false if there was none. */
  public synchronized boolean removeTag(String tag) throws IOException {
    if (!tags.containsKey(tag)) {
      return false;
    }
    disk.delete(tagFile(tag));
    tags.remove(tag);
    return true;
  }

  /** Removes a manifest and, before it, the tags that point at it; false if there was none. */
  public synchronized boolean removeManifest(Digest digest) throws IOException {
    if (!manifests.containsKey(digest)) {
      return false;
    }
    for (var tag : new ArrayList<>(tags.keySet())) {
      if (digest.equals(tags.get(tag))) {
        var _ = removeTag(tag);
      }
    }
    disk.delete(linkFile("_manifests", digest));
    manifests.remove(digest);
    contents.unlink(digest);
    return true;
  }

  /** Removes a blob; false if there was none. */
  public synchronized boolean removeBlob(Digest digest) throws IOException {
    if (!blobs.contains(digest)) {
      return false;
    }
    disk.delete(linkFile("_blobs", digest));
    blobs.remove(digest);
    contents.unlink(digest);
    return true;
  }

  /** Bytes of everything that is linked here. */
  public synchronized long size() {
    long sum = 0;
    for (var digest : blobs) {
      sum += contents.size(digest).orElse(0L);
    }
    for (var manifest : manifests.values()) {
      sum += manifest.size();
    }
    return sum;
  }

  /** Reads what the disk holds; links to nothing and tags of nothing are dropped. */
  synchronized void load() throws IOException {
    for (var file : links("_blobs")) {
      if (contents.found(digest(file))) {
        blobs.add(digest(file));
      } else {
        disk.delete(file);
      }
    }
    for (var file : links("_manifests")) {
      var digest = digest(file);
      if (!contents.found(digest)) {
        disk.delete(file);
        continue;
      }
      try {
        var bytes = Files.readAllBytes(contents.file(digest));
        manifests.put(digest, ManifestText.read(digest, Files.readString(file), bytes));
      } catch (InvalidManifest e) {
        throw new IOException("the store holds a broken manifest " + digest, e);
      }
    }
    for (var file : Disk.list(folder.resolve("_tags")).toList()) {
      var target = Digest.parse(Files.readString(file));
      if (target.isPresent() && manifests.containsKey(target.get())) {
        tags.put(TagFile.tag(file.getFileName().toString()), target.get());
      } else {
        disk.delete(file);
      }
    }
  }

  private List<Path> links(String kind) throws IOException {
    var found = new ArrayList<Path>();
    for (var algorithm : Digest.Algorithm.values()) {
      found.addAll(Disk.list(folder.resolve(kind).resolve(algorithm.toString())).toList());
    }
    return found;
  }

  private static Digest digest(Path link) throws IOException {
    var parent = Disk.folder(link).getFileName();
    return Digest.parse(parent + ":" + link.getFileName())
        .orElseThrow(() -> new IOException("not a link of this store: " + link));
  }

  private Path linkFile(String kind, Digest digest) {
    return folder.resolve(kind).resolve(digest.algorithm().toString()).resolve(digest.hex());
  }

  private Path tagFile(String tag) {
    return folder.resolve("_tags").resolve(TagFile.name(tag));
  }
}
