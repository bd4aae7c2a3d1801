package dev.gantry.registry;

import dev.gantry.event.Event;
import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.http.Body;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Repository;
import dev.gantry.wire.Call;
import dev.gantry.wire.Reply;
import dev.gantry.wire.Scope;
import dev.gantry.wire.Tries;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * One blob on its way into a repository: mounted from another repository if that works, else sent
 * in one piece (distribution-spec, "Pushing a blob monolithically", POST then PUT). After a fault
 * the session is given up and the blob is sent once more in a fresh one, as long as patience lasts.
 *
 * <p>A session is the address where the blob's bytes go next. All that is known of it passes
 * through {@link #send}, so that going on from the middle is a matter of that method alone.
 */
final class Upload {
  /** Repositories from which a mount is tried; each costs a round trip. */
  private static final int MOUNTS = 3;

  /** How often one mount is asked for. */
  private static final int MOUNT_TRIES = 2;

  /** Bytes between two reports of progress. */
  private static final long STEP = 256 << 10;

  private final Line line;
  private final Descriptor blob;
  private final Blobs blobs;

  Upload(Line line, Descriptor blob) {
    this.line = line;
    this.blob = blob;
    this.blobs = new Blobs(line);
  }

  /** Brings the blob there and says how. */
  Event.How put(Body content, List<Repository> from) throws InterruptedException {
    content.length().ifPresent(this::checkLength);
    Optional<URI> session = Optional.empty();
    for (var other : from.subList(0, Math.min(MOUNTS, from.size()))) {
      if (session.isPresent()) {
        cancel(session.get());
      }
      var mounted = tryMount(other);
      if (mounted.done()) {
        return Event.How.MOUNTED;
      }
      session = mounted.session();
    }
    return send(content, session);
  }

  /** Mounts, or leaves things as they were. */
  boolean mount(Repository from) throws InterruptedException {
    var mounted = tryMount(from);
    if (mounted.session().isPresent()) {
      cancel(mounted.session().get());
    }
    return mounted.done();
  }

  /** What came of a mount: done, or a session opened in its place, or neither. */
  private record Mount(boolean done, Optional<URI> session) {
    static final Mount FAILED = new Mount(false, Optional.empty());
  }

  /**
   * Asks for a mount. It may fail in any way, also by a token that may not read the other
   * repository, and is then as good as never asked for. It is asked for once more after what may
   * pass, and not for as long as patience lasts: sending the blob is the other way.
   */
  private Mount tryMount(Repository from) throws InterruptedException {
    if (!from.registry().equals(line.repository().registry())
        || from.path().equals(line.repository().path())) {
      return Mount.FAILED;
    }
    var query = "?mount=" + encoded(blob.digest().toString()) + "&from=" + encoded(from.path());
    var call =
        line.call("POST", "blobs/uploads/" + query)
            .with(List.of(line.scope(), Scope.repository(from.path(), "pull")))
            .as(Call.Kind.SESSION);
    for (var tries = line.tries().get(); ; ) {
      var last = tries.number() >= MOUNT_TRIES;
      try (var reply = line.send(call.attempt(tries.number()))) {
        if (reply.status() == 201) {
          return new Mount(sameDigest(reply), Optional.empty());
        }
        if (reply.status() == 202) {
          return new Mount(false, Optional.of(line.location(reply)));
        }
        if (last || !tries.again(reply)) {
          return Mount.FAILED;
        }
      } catch (PublishException failed) {
        if (!refusedByThem(failed.failure())) {
          throw failed;
        }
        if (last || !tries.again(call, failed)) {
          return Mount.FAILED;
        }
      }
    }
  }

  /** Whether it was the other side, or the way there, that said no. */
  private static boolean refusedByThem(Failure failure) {
    return switch (failure) {
      case Failure.Rejected _, Failure.OffProtocol _, Failure.Unreachable _ -> true;
      case Failure.Refused _, Failure.Cancelled _, Failure.OutOfTime _, Failure.Defect _ -> false;
    };
  }

  private boolean sameDigest(Reply reply) {
    return reply
        .header("Docker-Content-Digest")
        .flatMap(Manifests::digest)
        .filter(named -> named.algorithm().equals(blob.digest().algorithm()))
        .map(blob.digest()::equals)
        .orElse(true);
  }

  /** Sends until the registry has it; the first time into {@code opened}, if there is such. */
  private Event.How send(Body content, Optional<URI> opened) throws InterruptedException {
    var tries = line.tries().get();
    var session = opened;
    while (true) {
      var location = session.isPresent() ? session.get() : open();
      var call = whole(location, content).attempt(tries.number());
      try (var reply = line.send(call)) {
        if (taken(reply)) {
          return Event.How.SENT;
        }
        if (!again(tries, reply)) {
          cancel(location);
          throw reply.rejected();
        }
      } catch (PublishException failed) {
        if (!tries.again(call, failed)) {
          throw failed;
        }
      }
      if (blobs.has(blob)) {
        return Event.How.SENT; // only the answer was lost
      }
      session = Optional.empty();
    }
  }

  /** A session that the registry does not know any more is worth a fresh one, once in a row. */
  private boolean again(Tries tries, Reply reply) throws InterruptedException {
    var lost =
        reply.status() == 404
            && tries.number() == 1
            && (reply.said("BLOB_UPLOAD_UNKNOWN") || reply.said("BLOB_UPLOAD_INVALID"));
    return lost ? tries.anew(reply, "the upload session is lost") : tries.again(reply);
  }

  /** Whether the registry has the blob; 202, which is for chunks, is believed only after a look. */
  private boolean taken(Reply reply) throws InterruptedException {
    if (!reply.ok()) {
      return false;
    }
    if (reply.status() == 202 && !blobs.has(blob)) {
      throw reply.offProtocol("the blob was accepted (202) and is not there");
    }
    if (!sameDigest(reply)) {
      throw reply.offProtocol("the registry names another digest than " + blob.digest());
    }
    return true;
  }

  private URI open() throws InterruptedException {
    var algorithm = blob.digest().algorithm();
    var query = algorithm.equals("sha256") ? "" : "?digest-algorithm=" + encoded(algorithm);
    try (var reply = line.send(line.call("POST", "blobs/uploads/" + query))) {
      if (!reply.ok()) {
        throw reply.rejected();
      }
      return line.location(reply);
    }
  }

  private Call whole(URI location, Body content) {
    var joint = location.getRawQuery() == null ? "?" : "&";
    var url = URI.create(location + joint + "digest=" + encoded(blob.digest().toString()));
    return line.call("PUT", url)
        .as(Call.Kind.SESSION)
        .with("Content-Type", "application/octet-stream")
        .with(content, progress());
  }

  private LongConsumer progress() {
    return new LongConsumer() {
      private long told = -STEP;

      @Override
      public void accept(long sent) {
        if (sent - told >= STEP || sent < told || sent == blob.size()) {
          told = sent;
          line.events().accept(new Event.BlobAdvanced(line.repository(), blob, sent));
        }
      }
    };
  }

  /** Gives a session up (end-14). The registry forgets it sooner or later in any case. */
  private void cancel(URI session) throws InterruptedException {
    try {
      line.send(line.call("DELETE", session).as(Call.Kind.SESSION)).close();
    } catch (PublishException _) {
      return; // a courtesy; docker/distribution wants the action "delete" for it
    }
  }

  private void checkLength(long length) {
    if (length != blob.size()) {
      throw new PublishException(
          new Failure.Refused(
              Failure.Stage.READ,
              new Failure.Problem(
                  "content.digest-mismatch",
                  "the content has " + length + " bytes, and its descriptor says " + blob.size(),
                  blob.digest().toString(),
                  "make the image again; its layout or archive is damaged")));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%3A", ":").replace("%2F", "/");
  }
}
