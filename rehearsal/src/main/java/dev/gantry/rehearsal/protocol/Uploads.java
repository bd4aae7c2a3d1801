package dev.gantry.rehearsal.protocol;

import dev.gantry.http.Headers;
import dev.gantry.rehearsal.store.Digest;
import dev.gantry.rehearsal.store.Session;
import dev.gantry.rehearsal.store.Store;
import dev.gantry.rehearsal.store.StoredRepository;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Pushing blobs: sessions, chunks, single requests, mounts (distribution-spec, "Push"). */
final class Uploads {
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

  private final Supplier<Store> store;
  private final Habits habits;
  private final Rules rules;

  Uploads(Supplier<Store> store, Habits habits, Rules rules) {
    this.store = store;
    this.habits = habits;
    this.rules = rules;
  }

  /** POST: a mount, a blob in one request, or a session. */
  Reply open(Asked asked, Access access, Route.Uploads route) throws Refusal, IOException {
    var mount = asked.query().first("mount");
    if (mount.isPresent()) {
      var digest = Api.digest(mount.get());
      if (mounted(asked, access, route.repository(), digest)) {
        return created(asked, route.repository(), digest);
      }
    }
    var algorithm = algorithm(asked);
    if (habits.openLeavesRepository()) {
      var _ = store.get().repositoryToWrite(route.repository());
    }

    var digest = asked.query().first("digest");
    if (digest.isPresent() && mount.isEmpty() && habits.singlePost()) {
      var wanted = Api.digest(digest.get());
      rules.blob(route.repository(), asked.exchange().bodyLength().orElse(0));
      var session = store.get().open(route.repository(), wanted.algorithm());
      try {
        receive(asked, session);
      } catch (IOException e) {
        store.get().discard(session);
        throw e;
      }
      return finished(asked, session, wanted);
    }
    var session = store.get().open(route.repository(), algorithm);
    var headers = sessionHeaders(asked, session);
    if (habits.chunkMin() > 0) {
      headers = headers.plus("OCI-Chunk-Min-Length", Long.toString(habits.chunkMin()));
    }
    return Reply.empty(202, headers);
  }

  private Digest.Algorithm algorithm(Asked asked) throws Refusal {
    var named = asked.query().first("digest-algorithm");
    if (named.isEmpty()) {
      var digest = asked.query().first("digest").flatMap(Digest::parse);
      return digest.map(Digest::algorithm).orElse(Digest.Algorithm.SHA256);
    }
    return Digest.Algorithm.named(named.get())
        .orElseThrow(() ->
            new Refusal(
                "digest-invalid",
                400,
                "DIGEST_INVALID",
                "no such digest algorithm here: " + named.get()));
  }

  private boolean mounted(Asked asked, Access access, String name, Digest digest)
      throws Refusal, IOException {
    if (!habits.mounts()) {
      return false;
    }
    var from = asked.query().first("from");
    Optional<StoredRepository> source;
    if (from.isPresent()) {
      source = store.get().repository(from.get());
    } else {
      source = habits.anonymousMount() ? store.get().holder(digest) : Optional.empty();
    }
    var size =
        source
            .filter(repository -> access.allows(repository.name(), "pull"))
            .flatMap(repository -> repository.blob(digest));
    if (size.isEmpty()) {
      return false;
    }
    rules.blob(name, size.get());
    return store.get().repositoryToWrite(name).mount(digest);
  }

  /** PATCH: the next bytes. */
  Reply chunk(Asked asked, Route.Upload route) throws Refusal, IOException {
    var session = session(route);
    requireInOrder(asked, session);
    receive(asked, session);
    return Reply.empty(habits.chunkStatus(), sessionHeaders(asked, session));
  }

  /** PUT: the last bytes, if any, and the digest of all. */
  Reply finish(Asked asked, Route.Upload route) throws Refusal, IOException {
    var session = session(route);
    var text =
        asked
            .query()
            .first("digest")
            .orElseThrow(
                () -> new Refusal("digest-invalid", 400, "DIGEST_INVALID", "no digest was given"));
    var digest = Api.digest(text);
    requireInOrder(asked, session);
    receive(asked, session);
    return finished(asked, session, digest);
  }

  private Reply finished(Asked asked, Session session, Digest digest) throws Refusal, IOException {
    rules.blob(session.repository(), session.offset());
    if (!store.get().finish(session, digest)) {
      throw new Refusal(
              "digest-mismatch",
              400,
              "DIGEST_INVALID",
              "provided digest did not match uploaded content")
          .about("digest", digest.toString());
    }
    return created(asked, session.repository(), digest);
  }

  /** GET: how far the session is. */
  Reply status(Asked asked, Route.Upload route) throws Refusal {
    return Reply.empty(204, sessionHeaders(asked, session(route)));
  }

  /** DELETE: the end of the session without a blob. */
  Reply cancel(Route.Upload route) throws Refusal, IOException {
    store.get().discard(session(route));
    return Reply.empty(204, Headers.NONE);
  }

  private Session session(Route.Upload route) throws Refusal {
    return store
        .get()
        .session(route.repository(), route.id())
        .orElseThrow(() ->
            new Refusal(
                "upload-lost", 404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry"));
  }

  /** Refuses bytes that do not begin where the session ends, before any of them is read. */
  private void requireInOrder(Asked asked, Session session) throws Refusal {
    var text = asked.headers().first("Content-Range");
    if (text.isEmpty()) {
      return;
    }
    // "bytes 0-9/*" is not of the specification, but clients of plain HTTP send it.
    var range = RANGE.matcher(text.get().replaceFirst("^bytes[ =]", "").replaceFirst("/.*$", ""));
    if (!range.matches()) {
      throw new Refusal("range", 400, "BLOB_UPLOAD_INVALID", "not a range: " + text.get());
    }
    long first = Long.parseLong(range.group(1));
    long last = Long.parseLong(range.group(2));
    var length = asked.exchange().bodyLength();
    if (length.isPresent() && length.getAsLong() != last - first + 1) {
      throw new Refusal(
          "range",
          400,
          "SIZE_INVALID",
          "Content-Range is " + text.get() + ", Content-Length " + length.getAsLong());
    }
    if (first != session.offset() && !habits.outOfOrderTaken()) {
      throw new Refusal(
          "chunk-out-of-order",
          416,
          sessionHeaders(asked, session),
          List.of(
              new Problem(
                  "BLOB_UPLOAD_INVALID",
                  "the next byte is " + session.offset() + ", not " + first)));
    }
  }

  private void receive(Asked asked, Session session) throws IOException {
    try {
      session.append(session.takeOver(), asked.body());
    } catch (IOException e) {
      if (habits.cutLosesSession()) {
        store.get().discard(session);
      }
      throw e;
    }
  }

  private Headers sessionHeaders(Asked asked, Session session) {
    var path = "/v2/" + session.repository() + "/blobs/uploads/" + session.id();
    return Headers.of(
        "Location", Api.location(habits, asked, path),
        "Range", "0-" + Math.max(0, session.offset() - 1),
        "Docker-Upload-UUID", session.id());
  }

  private Reply created(Asked asked, String repository, Digest digest) {
    var path = "/v2/" + repository + "/blobs/" + digest;
    return Reply.empty(
        201,
        Headers.of(
            "Location", Api.location(habits, asked, path),
            "Docker-Content-Digest", digest.toString()));
  }
}
