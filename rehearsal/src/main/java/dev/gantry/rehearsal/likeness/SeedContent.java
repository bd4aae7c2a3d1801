package dev.gantry.rehearsal.likeness;

import dev.gantry.rehearsal.store.Digest;
import dev.gantry.rehearsal.store.InvalidManifest;
import dev.gantry.rehearsal.store.ManifestText;
import dev.gantry.rehearsal.store.Store;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Makes the images that the tags of a seed point at: small, each with its own digest. */
public final class SeedContent {
  private static final byte[] CONFIG = "{}".getBytes(StandardCharsets.UTF_8);

  private SeedContent() {}

  /** Puts what is not there yet. */
  public static void put(Seed seed, Store store) throws IOException {
    for (var entry : seed.repositories().entrySet()) {
      for (var tag : entry.getValue().tags().keySet()) {
        var repository = store.repositoryToWrite(entry.getKey());
        if (repository.tag(tag).isEmpty()) {
          point(store, entry.getKey(), tag);
        }
      }
    }
  }

  private static void point(Store store, String name, String tag) throws IOException {
    var digest = Digest.of(Digest.Algorithm.SHA256, CONFIG);
    var session = store.open(name, Digest.Algorithm.SHA256);
    session.append(session.takeOver(), new ByteArrayInputStream(CONFIG));
    if (!store.finish(session, digest)) {
      throw new IOException("the config of the seed changed on its way to the disk");
    }
    var text =
"""
{"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"application/vnd.oci.empty.v1+json",\
"digest":"%s","size":2},"layers":[],"annotations":{"dev.gantry.rehearsal.seed":"%s:%s"}}\
"""
            .formatted(ManifestText.OCI_IMAGE, digest, name, tag);
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var own = Digest.of(Digest.Algorithm.SHA256, bytes);
    var repository = store.repositoryToWrite(name);
    try {
      repository.addManifest(ManifestText.read(own, ManifestText.OCI_IMAGE, bytes), bytes);
    } catch (InvalidManifest e) {
      throw new IOException("the manifest of the seed is none", e);
    }
    repository.point(tag, own);
  }
}
