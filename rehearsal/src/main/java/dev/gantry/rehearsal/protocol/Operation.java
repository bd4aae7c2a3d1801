package dev.gantry.rehearsal.protocol;

import java.util.Optional;

/** What a request of the API asks for. */
public enum Operation {
  PING,
  CATALOG,
  LIST_TAGS,
  LIST_REFERRERS,
  PULL_MANIFEST,
  PULL_BLOB,
  OPEN_UPLOAD,
  MOUNT,
  CHUNK,
  FINISH_UPLOAD,
  UPLOAD_STATUS,
  CANCEL_UPLOAD,
  PUT_MANIFEST,
  DELETE_TAG,
  DELETE_MANIFEST,
  DELETE_BLOB;

  /** The operation of this method on this route; empty if the route does not take the method. */
  static Optional<Operation> of(String method, Route route, Query query) {
    boolean read = method.equals("GET") || method.equals("HEAD");
    return switch (route) {
      case Route.Base _ -> when(read, PING);
      case Route.Catalog _ -> when(read, CATALOG);
      case Route.Tags _ -> when(read, LIST_TAGS);
      case Route.Referrers _ -> when(read, LIST_REFERRERS);
      case Route.Blob _ -> when(read, PULL_BLOB).or(() -> when(method, "DELETE", DELETE_BLOB));
      case Route.Uploads _ ->
          when(method, "POST", query.first("mount").isPresent() ? MOUNT : OPEN_UPLOAD);
      case Route.Upload _ ->
          when(method.equals("GET"), UPLOAD_STATUS)
              .or(() -> when(method, "PATCH", CHUNK))
              .or(() -> when(method, "PUT", FINISH_UPLOAD))
              .or(() -> when(method, "DELETE", CANCEL_UPLOAD));
      case Route.Manifest manifest ->
          when(read, PULL_MANIFEST)
              .or(() -> when(method, "PUT", PUT_MANIFEST))
              .or(() -> when(method, "DELETE", manifest.byDigest() ? DELETE_MANIFEST : DELETE_TAG));
    };
  }

  private static Optional<Operation> when(boolean condition, Operation operation) {
    return condition ? Optional.of(operation) : Optional.empty();
  }

  private static Optional<Operation> when(String method, String wanted, Operation operation) {
    return when(method.equals(wanted), operation);
  }

  /** Whether this changes the registry. */
  public boolean writes() {
    return switch (this) {
      case PING, CATALOG, LIST_TAGS, LIST_REFERRERS, PULL_MANIFEST, PULL_BLOB, UPLOAD_STATUS ->
          false;
      case OPEN_UPLOAD,
          MOUNT,
          CHUNK,
          FINISH_UPLOAD,
          CANCEL_UPLOAD,
          PUT_MANIFEST,
          DELETE_TAG,
          DELETE_MANIFEST,
          DELETE_BLOB ->
          true;
    };
  }

  /** Whether this removes something that was finished. */
  public boolean deletes() {
    return this == DELETE_TAG || this == DELETE_MANIFEST || this == DELETE_BLOB;
  }
}
