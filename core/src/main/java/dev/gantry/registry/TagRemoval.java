package dev.gantry.registry;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.http.Body;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Json;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.MediaType;
import dev.gantry.oci.Tag;
import dev.gantry.wire.Reply;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes one tag away and leaves its siblings. A registry that deletes by tag (distribution-spec,
 * end-9) is asked to. One that deletes by digest only, as distribution 2.8 does, gets an empty
 * manifest of its own put under the tag, whose deletion then takes this one tag along. Whether it
 * deletes at all is found out before the tag is touched.
 *
 * @param way how it is done where the protocol has no way for it
 */
record TagRemoval(Line line, Optional<String> way) {
  private static final Bytes EMPTY = Bytes.of("{}");

  void remove(Tag tag) throws InterruptedException {
    var manifests = new Manifests(line);
    if (manifests.head(tag.value()).isEmpty()) {
      return;
    }
    try (var reply = manifests.delete(tag.value())) {
      if (reply.ok() || reply.status() == 404) {
        return;
      }
      if (!unsupported(reply)) {
        throw reply.rejected();
      }
    }
    try (var reply = manifests.delete(nobody().toString())) {
      if (reply.status() != 404 && !reply.ok()) {
        throw unsupported(reply) ? noWay(tag, reply) : reply.rejected();
      }
    }
    replaceAndDelete(manifests, tag);
  }

  /** 400 and 405 are what the specification says for it; 404 comes from distribution's routes. */
  private static boolean unsupported(Reply reply) {
    return reply.status() == 400
        || reply.status() == 405
        || reply.status() == 501
        || reply.said("UNSUPPORTED");
  }

  /** A digest of nothing that exists. */
  private static Digest nobody() {
    return Bytes.of(UUID.randomUUID().toString()).digest();
  }

  private void replaceAndDelete(Manifests manifests, Tag tag) throws InterruptedException {
    var before = manifests.get(tag.value());
    var empty = new Descriptor(MediaType.EMPTY, EMPTY.digest(), EMPTY.size());
    if (!new Blobs(line).has(empty)) {
      new Upload(line, empty).put(new Body.Bytes(EMPTY.toArray()), List.of());
    }
    var standIn = standIn();
    manifests.put(tag.value(), standIn);
    try (var reply = manifests.delete(standIn.digest().toString())) {
      if (!reply.ok()) {
        if (before.isPresent()) {
          manifests.put(tag.value(), before.get());
        }
        throw reply.rejected();
      }
    }
  }

  /** A manifest like no other, so that no second tag can point at it. */
  private static Manifest standIn() {
    var empty =
        Json.object()
            .with("mediaType", MediaType.EMPTY.value())
            .with("digest", EMPTY.digest().toString())
            .with("size", new Json.Num(EMPTY.size()));
    var json =
        Json.object()
            .with("schemaVersion", new Json.Num(2))
            .with("mediaType", MediaType.IMAGE_MANIFEST.value())
            .with("artifactType", "application/vnd.dev.gantry.removed-tag")
            .with("config", empty)
            .with("layers", Json.array(empty))
            .with(
                "annotations",
                Json.object().with("dev.gantry.removal", UUID.randomUUID().toString()));
    return Manifest.parse(Bytes.of(json.compact()));
  }

  private PublishException noWay(Tag tag, Reply reply) {
    return new PublishException(
        new Failure.Refused(
            line.stage(),
            new Failure.Problem(
                "other",
                "the registry deletes neither a tag nor a manifest (status " + reply.status() + ")",
                line.repository() + ":" + tag,
                way.orElse(
                    "remove the tag in the registry's own pages, or let its owner switch deletion"
                        + " on (distribution: REGISTRY_STORAGE_DELETE_ENABLED=true)"))));
  }
}
