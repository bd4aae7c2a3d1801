package dev.gantry;

import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Json;
import dev.gantry.oci.Platform;
import dev.gantry.oci.Repository;
import dev.gantry.oci.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was published, by digest, and how to have it. Written after the registries were read back.
 *
 * @param rehearsal the kind of registry that stood in; empty for a real publish
 * @param size bytes of everything below the root, each blob counted once
 * @param revision the commit, where the image names it
 * @param run a command that runs the image by its own ports and volumes
 */
public record Receipt(
    Optional<String> rehearsal,
    String source,
    Descriptor root,
    List<Platform> platforms,
    long size,
    List<Delivery> deliveries,
    Instant started,
    Instant finished,
    Optional<String> revision,
    Optional<String> run) {

  public Receipt {
    platforms = List.copyOf(platforms);
    deliveries = List.copyOf(deliveries);
  }

  /** Whether somebody without credentials gets the image. */
  public enum Anonymous {
    YES,
    NO,
    UNKNOWN
  }

  /** A tag that now points at the root. */
  public record Pointed(Tag tag, Optional<Digest> from) {}

  /**
   * What one repository got.
   *
   * @param bytesSent bytes of blobs that went over the wire
   * @param credential where the credential came from, never what it is
   */
  public record Delivery(
      Repository repository,
      List<Pointed> tags,
      int blobsSent,
      int blobsMounted,
      int blobsPresent,
      long bytesSent,
      String credential,
      Anonymous anonymous) {
    public Delivery {
      tags = List.copyOf(tags);
    }

    /** The references that can be pulled now, by tag. */
    public List<String> references() {
      return tags.stream().map(pointed -> repository + ":" + pointed.tag()).toList();
    }
  }

  /** The document of {@code docs/schemas/receipt.json}. */
  public Json.Obj json() {
    var targets = new ArrayList<Json>();
    deliveries.forEach(delivery -> targets.add(json(delivery)));
    return Json.object()
        .with("receipt", new Json.Num(1))
        .with("rehearsal", new Json.Bool(rehearsal.isPresent()))
        .with("like", optional(rehearsal))
        .with("source", source)
        .with("digest", root.digest().toString())
        .with("mediaType", root.mediaType().value())
        .with("size", new Json.Num(size))
        .with("platforms", Json.strings(platforms))
        .with("revision", optional(revision))
        .with("started", started.toString())
        .with("finished", finished.toString())
        .with("targets", new Json.Arr(targets))
        .with("run", optional(run));
  }

  private Json json(Delivery delivery) {
    var tags = new ArrayList<Json>();
    for (var pointed : delivery.tags()) {
      tags.add(
          Json.object()
              .with("tag", pointed.tag().value())
              .with("from", optional(pointed.from().map(Digest::toString)))
              .with("to", root.digest().toString()));
    }
    return Json.object()
        .with("repository", delivery.repository().toString())
        .with("tags", new Json.Arr(tags))
        .with("reference", delivery.repository() + "@" + root.digest())
        .with("blobsSent", new Json.Num(delivery.blobsSent()))
        .with("blobsMounted", new Json.Num(delivery.blobsMounted()))
        .with("blobsPresent", new Json.Num(delivery.blobsPresent()))
        .with("bytesSent", new Json.Num(delivery.bytesSent()))
        .with("credential", delivery.credential())
        .with(
            "anonymousPull",
            switch (delivery.anonymous()) {
              case YES -> new Json.Bool(true);
              case NO -> new Json.Bool(false);
              case UNKNOWN -> Json.Null.NULL;
            });
  }

  private static Json optional(Optional<String> text) {
    return text.<Json>map(Json.Str::new).orElse(Json.Null.NULL);
  }
}
