package dev.gantry.registry;

import dev.gantry.http.Body;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Malformed;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.MediaType;
import dev.gantry.wire.Call;
import dev.gantry.wire.Reply;
import java.util.HexFormat;
import java.util.Optional;

/** The manifests of a repository, by tag or digest (distribution-spec, end-3, end-7 and end-9). */
record Manifests(Line line) {
  /** Every type we read. Registries convert, or deny, what is not asked for. */
  static final String ACCEPT =
      String.join(
          ", ",
          MediaType.IMAGE_INDEX.value(),
          MediaType.IMAGE_MANIFEST.value(),
          MediaType.DOCKER_LIST.value(),
          MediaType.DOCKER_MANIFEST.value());

  private Call ask(String method, String reference) {
    return line.call(method, "manifests/" + reference).with("Accept", ACCEPT);
  }

  /**
   * The digest behind a tag or digest; empty if there is none. A HEAD that is refused, or answers
   * without a digest, is followed by the same as GET, whose body has the reason or the bytes.
   */
  Optional<Digest> head(String reference) throws InterruptedException {
    try (var reply = line.send(ask("HEAD", reference))) {
      if (reply.status() == 404) {
        return Optional.empty();
      }
      if (reply.ok()) {
        var digest = reply.header("Docker-Content-Digest").flatMap(Manifests::digest);
        if (digest.isPresent()) {
          return digest;
        }
      } else if (reply.status() >= 500 || reply.status() == 429) {
        throw reply.rejected();
      }
    }
    try (var reply = line.send(ask("GET", reference))) {
      return body(reply).map(raw -> named(reply).orElse(raw.digest()));
    }
  }

  /** The manifest behind a tag. */
  Optional<Manifest> get(String tag) throws InterruptedException {
    try (var reply = line.send(ask("GET", tag))) {
      var raw = body(reply);
      if (raw.isPresent() && named(reply).isPresent()) {
        check(reply, raw.get(), named(reply).get());
      }
      return raw.map(bytes -> parse(reply, bytes));
    }
  }

  /** The manifest of this digest, its bytes checked against it. */
  Optional<Manifest> get(Digest digest) throws InterruptedException {
    try (var reply = line.send(ask("GET", digest.toString()))) {
      var raw = body(reply);
      raw.ifPresent(bytes -> check(reply, bytes, digest));
      return raw.map(bytes -> parse(reply, bytes));
    }
  }

  /**
   * Puts the bytes under a tag or digest.
   *
   * @return whether the registry keeps the list of the subject's referrers itself
   */
  boolean put(String reference, Manifest manifest) throws InterruptedException {
    var call =
        line.call("PUT", "manifests/" + reference)
            .with("Content-Type", manifest.mediaType().value())
            .with(new Body.Bytes(manifest.raw().toArray()), _ -> {});
    try (var reply = line.send(call)) {
      if (!reply.ok()) {
        throw reply.rejected();
      }
      named(reply).ifPresent(digest -> check(reply, manifest.raw(), digest));
      return reply.header("OCI-Subject").isPresent();
    }
  }

  /** What the answer to a DELETE was; the caller judges and closes it. */
  Reply delete(String reference) throws InterruptedException {
    return line.send(line.call("DELETE", "manifests/" + reference));
  }

  private static Optional<Bytes> body(Reply reply) throws InterruptedException {
    if (reply.status() == 404) {
      return Optional.empty();
    }
    if (!reply.ok()) {
      throw reply.rejected();
    }
    return Optional.of(reply.bytes(Manifest.LARGEST));
  }

  /** The digest the registry names; one that is no digest is as good as none. */
  private static Optional<Digest> named(Reply reply) {
    return reply.header("Docker-Content-Digest").flatMap(Manifests::digest);
  }

  static Optional<Digest> digest(String text) {
    try {
      return Optional.of(Digest.parse(text.strip()));
    } catch (Malformed _) {
      return Optional.empty();
    }
  }

  private static void check(Reply reply, Bytes raw, Digest digest) {
    var computation = digest.computation();
    if (computation.isEmpty()) {
      return; // an algorithm that nobody registered cannot be checked
    }
    var sum = HexFormat.of().formatHex(computation.get().digest(raw.toArray()));
    if (!sum.equals(digest.encoded())) {
      throw reply.offProtocol(
          "the manifest's digest is " + digest.algorithm() + ":" + sum + ", not " + digest);
    }
  }

  private static Manifest parse(Reply reply, Bytes raw) {
    var said = reply.header("Content-Type").orElse("");
    var type = new MediaType(said.split(";", -1)[0].strip());
    try {
      return type.isManifest() ? Manifest.parse(raw, type) : Manifest.parse(raw);
    } catch (Malformed fault) {
      throw reply.offProtocol("the answer is no manifest: " + fault.what());
    }
  }
}
