package dev.gantry.rehearsal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A walk over everything in a store that lists what is not as it must be. */
final class Verification {
  private final Store store;
  private final List<String> faults = new ArrayList<>();

  private Verification(Store store) {
    this.store = store;
  }

  static List<String> of(Store store) throws IOException {
    var walk = new Verification(store);
    for (var digest : store.contents().all()) {
      walk.content(digest);
    }
    for (var name : store.names()) {
      walk.repository(store.repository(name).orElseThrow());
    }
    return List.copyOf(walk.faults);
  }

  private void content(Digest digest) throws IOException {
    var file = store.contents().file(digest);
    if (!Files.isRegularFile(file)) {
      faults.add(digest + ": its content is gone");
    } else if (!digest(digest.algorithm(), file).equals(digest)) {
      faults.add(digest + ": its content has another digest");
    }
  }

  private void repository(StoredRepository repository) {
    for (var manifest : repository.manifests()) {
      for (var child : manifest.children()) {
        if (child.distributable()) {
          child(repository, manifest, child);
        }
      }
    }
    for (var tag : repository.tags()) {
      if (repository.tag(tag).flatMap(repository::manifest).isEmpty()) {
        faults.add(repository.name() + ":" + tag + " points at no manifest");
      }
    }
  }

  private void child(
      StoredRepository repository, StoredManifest manifest, StoredManifest.Child child) {
    var found = Digest.parse(child.digest()).filter(repository::holds);
    if (found.isEmpty()) {
      faults.add(
          repository.name() + "@" + manifest.digest() + " names " + child.digest() + ": missing");
      return;
    }
    long size = store.contents().size(found.get()).orElse(-1L);
    if (size != child.size()) {
      faults.add(
          "%s@%s says %s has %d bytes; it has %d"
              .formatted(repository.name(), manifest.digest(), child.digest(), child.size(), size));
    }
  }

  static Digest digest(Digest.Algorithm algorithm, Path file) throws IOException {
    var sum = algorithm.computation();
    var buffer = new byte[1 << 17];
    try (var in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sum.update(buffer, 0, n);
      }
    }
    return Digest.finish(algorithm, sum.digest());
  }
}
