package dev.gantry.registry;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Json;
import dev.gantry.oci.Malformed;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.MediaType;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The manifests that name another as their subject (distribution-spec, end-12). Where a registry
 * keeps no list of them, it stands in an index under a tag made from the subject's digest, which
 * whoever puts a referrer there also brings up to date ("Referrers Tag Schema").
 */
record Referrers(Line line) {
  /** How often the list is written again when somebody else wrote in between. */
  private static final int ROUNDS = 3;

  List<Descriptor> of(Digest subject) throws InterruptedException {
    var found = new ArrayList<Descriptor>();
    var asked = new HashSet<URI>();
    var first = line.endpoint().at(line.repository().path() + "/referrers/" + subject);
    for (var page = Optional.of(first); page.isPresent() && asked.add(page.get()); ) {
      try (var reply = line.send(line.call("GET", page.get()))) {
        var index =
            reply.status() == 200
                ? index(reply.bytes(Pages.LONGEST))
                : Optional.<List<Descriptor>>empty();
        if (index.isEmpty()) {
          if (reply.status() >= 500 || reply.status() == 429 || reply.status() == 401) {
            throw reply.rejected();
          }
          return fallback(subject);
        }
        found.addAll(index.get());
        page = Pages.next(reply, line.endpoint());
      }
    }
    return found.stream().distinct().toList();
  }

  /** The list under the fallback tag. */
  private List<Descriptor> fallback(Digest subject) throws InterruptedException {
    return new Manifests(line).get(tag(subject)).map(Manifest::children).orElse(List.of());
  }

  /** An index of descriptors; empty for a page that is something else, such as HTML. */
  private static Optional<List<Descriptor>> index(Bytes page) {
    try {
      return Json.parseObject(page)
          .array("manifests")
          .map(all -> all.objects().stream().map(Descriptor::read).toList());
    } catch (Malformed _) {
      return Optional.empty();
    }
  }

  /**
   * Puts a manifest into its subject's list under the fallback tag. No registry is known to check
   * If-Match on a tag (distribution 2.8.2 and 3.0.0 ignore it), so the list is read again
   * afterwards, and written again if another writer was faster.
   */
  void add(Digest subject, Manifest referrer) throws InterruptedException {
    var manifests = new Manifests(line);
    for (int round = 0; round < ROUNDS; round++) {
      var old = manifests.get(tag(subject));
      if (old.isPresent() && lists(old.get(), referrer)) {
        return;
      }
      var fresh = with(old, referrer);
      manifests.put(tag(subject), fresh);
    }
    if (manifests.get(tag(subject)).stream().noneMatch(list -> lists(list, referrer))) {
      throw new PublishException(
          new Failure.Refused(
              line.stage(),
              new Failure.Problem(
                  "other",
                  "the list of referrers was overwritten " + ROUNDS + " times by somebody else",
                  line.repository() + ":" + tag(subject),
                  "push again when no other job attaches to the same image")));
    }
  }

  private static boolean lists(Manifest index, Manifest referrer) {
    return index.children().stream().anyMatch(child -> child.digest().equals(referrer.digest()));
  }

  /** The old list, its entries untouched, and one entry more. */
  private static Manifest with(Optional<Manifest> old, Manifest referrer) {
    var index =
        old.filter(Manifest.Index.class::isInstance)
            .map(list -> Json.parseObject(list.raw()))
            .orElseGet(() ->
                Json.object()
                    .with("schemaVersion", new Json.Num(2))
                    .with("mediaType", MediaType.IMAGE_INDEX.value())
                    .with("manifests", Json.array()));
    var entries = new ArrayList<>(index.array("manifests").map(Json.Arr::items).orElse(List.of()));
    entries.add(entry(referrer));
    return Manifest.parse(Bytes.of(index.with("manifests", new Json.Arr(entries)).compact()));
  }

  /** The descriptor as the specification wants it: with artifact type and annotations. */
  private static Json.Obj entry(Manifest referrer) {
    var entry =
        Json.object()
            .with("mediaType", referrer.mediaType().value())
            .with("digest", referrer.digest().toString())
            .with("size", new Json.Num(referrer.raw().size()));
    var type =
        switch (referrer) {
          case Manifest.Image image ->
              image.artifactType().or(() -> Optional.of(image.config().mediaType().value()));
          case Manifest.Index index -> index.artifactType();
        };
    if (type.isPresent()) {
      entry = entry.with("artifactType", type.get());
    }
    if (!referrer.annotations().isEmpty()) {
      var annotations = Json.object();
      for (var each : new java.util.TreeMap<>(referrer.annotations()).entrySet()) {
        annotations = annotations.with(each.getKey(), each.getValue());
      }
      entry = entry.with("annotations", annotations);
    }
    return entry;
  }

  /** {@code sha256-…}: at most 32 and 64 characters, others than a tag's made to {@code -}. */
  static String tag(Digest subject) {
    return cut(subject.algorithm(), 32) + "-" + cut(subject.encoded(), 64);
  }

  private static String cut(String text, int most) {
    var plain = text.replaceAll("[^A-Za-z0-9._-]", "-");
    return plain.substring(0, Math.min(most, plain.length()));
  }
}
