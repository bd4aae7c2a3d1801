package dev.gantry.rehearsal.protocol;

import dev.gantry.http.Headers;
import dev.gantry.http.ServerExchange;
import dev.gantry.rehearsal.store.SessionLost;
import dev.gantry.rehearsal.store.Store;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** The API of distribution-spec over a store: a request in, an answer out. */
public final class Api {
  private final Rules rules;
  private final Blobs blobs;
  private final Uploads uploads;
  private final Manifests manifests;
  private final Listings listings;

  /**
   * @param store asked anew for each request, since a restart replaces it
   */
  public Api(Supplier<Store> store, Habits habits, Rules rules) {
    this.rules = rules;
    this.blobs = new Blobs(store);
    this.uploads = new Uploads(store, habits, rules);
    this.manifests = new Manifests(store, habits, rules);
    this.listings = new Listings(store, habits);
  }

  /** What a request asks for, if it is one of the API. */
  public static Optional<Operation> operation(ServerExchange exchange) {
    return Route.of(path(exchange))
        .flatMap(route -> Operation.of(exchange.method(), route, Query.parse(exchange.query())));
  }

  /** The path of a request, decoded. */
  public static String path(ServerExchange exchange) {
    return Query.decodePath(exchange.path());
  }

  /**
   * What a request asks for, with everything that belongs to it.
   *
   * @throws Refusal 404 for a path that is not of the API, 405 for a method the path does not take
   */
  public Asked understand(ServerExchange exchange) throws Refusal {
    var path = path(exchange);
    var route =
        Route.of(path)
            .orElseThrow(
                () -> new Refusal("no-endpoint", 404, "UNSUPPORTED", "no such endpoint: " + path));
    var query = Query.parse(exchange.query());
    var operation =
        Operation.of(exchange.method(), route, query)
            .orElseThrow(() ->
                new Refusal(
                    "no-method",
                    405,
                    "UNSUPPORTED",
                    "the endpoint does not take the method " + exchange.method()));
    return new Asked(operation, route, query, exchange);
  }

  /**
   * Does what is asked.
   *
   * @throws Refusal with the answer to give instead
   * @throws IOException if the connection broke or the disk failed
   */
  public Reply answer(Asked asked, Access access) throws Refusal, IOException {
    rules.request(asked, access);
    var name = asked.repository();
    if (name.isPresent() && !Route.isName(name.get())) {
      throw new Refusal(
          "name-invalid", 400, "NAME_INVALID", "invalid repository name: " + name.get());
    }
    try {
      return reply(asked, access);
    } catch (SessionLost e) {
      throw new Refusal("upload-lost", 404, "BLOB_UPLOAD_UNKNOWN", String.valueOf(e.getMessage()));
    }
  }

  private Reply reply(Asked asked, Access access) throws Refusal, IOException {
    return switch (asked.route()) {
      case Route.Base _ -> base();
      case Route.Catalog _ -> listings.catalog(asked);
      case Route.Tags tags -> listings.tags(asked, tags);
      case Route.Referrers referrers -> listings.referrers(asked, referrers);
      case Route.Blob blob ->
          asked.operation() == Operation.DELETE_BLOB ? blobs.delete(blob) : blobs.pull(asked, blob);
      case Route.Uploads open -> uploads.open(asked, access, open);
      case Route.Upload upload -> session(asked, upload);
      case Route.Manifest manifest -> manifest(asked, manifest);
    };
  }

  private Reply session(Asked asked, Route.Upload upload) throws Refusal, IOException {
    return switch (asked.operation()) {
      case CHUNK -> uploads.chunk(asked, upload);
      case FINISH_UPLOAD -> uploads.finish(asked, upload);
      case CANCEL_UPLOAD -> uploads.cancel(upload);
      case UPLOAD_STATUS -> uploads.status(asked, upload);
      case PING,
          CATALOG,
          LIST_TAGS,
          LIST_REFERRERS,
          PULL_MANIFEST,
          PULL_BLOB,
          OPEN_UPLOAD,
          MOUNT,
          PUT_MANIFEST,
          DELETE_TAG,
          DELETE_MANIFEST,
          DELETE_BLOB ->
          throw new IllegalStateException(asked.operation() + " is not of a session");
    };
  }

  private Reply manifest(Asked asked, Route.Manifest manifest) throws Refusal, IOException {
    if (asked.operation() == Operation.PUT_MANIFEST) {
      return manifests.put(asked, manifest);
    }
    return asked.operation().deletes()
        ? manifests.delete(manifest)
        : manifests.pull(asked, manifest);
  }

  private static Reply base() {
    return Reply.json(
        200,
        Headers.of("Docker-Distribution-Api-Version", "registry/2.0"),
        new com.google.gson.JsonObject());
  }

  /** Where something is, as a client is to be told. */
  static String location(Habits habits, Asked asked, String path) {
    if (!habits.absoluteLocations()) {
      return path;
    }
    var host = asked.headers().first("Host");
    return host.map(name -> scheme(asked) + name + path).orElse(path);
  }

  private static String scheme(Asked asked) {
    return asked.exchange().secure() ? "https://" : "http://";
  }

  /** A digest of a request. */
  static dev.gantry.rehearsal.store.Digest digest(String text) throws Refusal {
    return dev.gantry.rehearsal.store.Digest.parse(text)
        .orElseThrow(() ->
            new Refusal(
                "digest-invalid",
                400,
                "DIGEST_INVALID",
                "not a digest that this registry computes (sha256, sha512): " + text));
  }

  static Refusal unknownRepository(String name) {
    return new Refusal(
            "repository-missing", 404, "NAME_UNKNOWN", "repository name not known to registry")
        .about("name", name);
  }

  static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.valueOf(text)).filter(number -> number >= 0);
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
