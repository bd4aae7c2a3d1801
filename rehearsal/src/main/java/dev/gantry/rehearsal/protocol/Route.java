package dev.gantry.rehearsal.protocol;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a path of the API means (distribution-spec, "Endpoints"). */
public sealed interface Route {

  /** {@code /v2/} */
  record Base() implements Route {}

  /** {@code /v2/_catalog} (of Docker's API; no part of the specification) */
  record Catalog() implements Route {}

  /** A path below a repository, whose name may still be none. */
  sealed interface InRepository extends Route {
    String repository();
  }

  /** {@code /v2/<name>/tags/list} */
  record Tags(String repository) implements InRepository {}

  /** {@code /v2/<name>/manifests/<tag-or-digest>} */
  record Manifest(String repository, String reference) implements InRepository {
    /** Whether the reference is written like a digest, which no tag is. */
    public boolean byDigest() {
      return reference.contains(":");
    }
  }

  /** {@code /v2/<name>/blobs/<digest>} */
  record Blob(String repository, String digest) implements InRepository {}

  /** {@code /v2/<name>/blobs/uploads/} */
  record Uploads(String repository) implements InRepository {}

  /** {@code /v2/<name>/blobs/uploads/<id>} */
  record Upload(String repository, String id) implements InRepository {}

  /** {@code /v2/<name>/referrers/<digest>} */
  record Referrers(String repository, String digest) implements InRepository {}

  Pattern TAGS = Pattern.compile("/v2/(.+)/tags/list/?");
  Pattern MANIFEST = Pattern.compile("/v2/(.+)/manifests/([^/]*)");
  Pattern UPLOADS = Pattern.compile("/v2/(.+)/blobs/uploads/?");
  Pattern UPLOAD = Pattern.compile("/v2/(.+)/blobs/uploads/([^/]+)");
  Pattern BLOB = Pattern.compile("/v2/(.+)/blobs/([^/]*)");
  Pattern REFERRERS = Pattern.compile("/v2/(.+)/referrers/([^/]*)");
  Pattern NAME =
      Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
  Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

  /** The meaning of this decoded path; empty if it has none. */
  static Optional<Route> of(String path) {
    if (path.equals("/v2/") || path.equals("/v2")) {
      return Optional.of(new Base());
    }
    if (path.equals("/v2/_catalog")) {
      return Optional.of(new Catalog());
    }
    var tags = TAGS.matcher(path);
    if (tags.matches()) {
      return Optional.of(new Tags(tags.group(1)));
    }
    var uploads = UPLOADS.matcher(path);
    if (uploads.matches()) {
      return Optional.of(new Uploads(uploads.group(1)));
    }
    var upload = UPLOAD.matcher(path);
    if (upload.matches()) {
      return Optional.of(new Upload(upload.group(1), upload.group(2)));
    }
    var manifest = MANIFEST.matcher(path);
    if (manifest.matches()) {
      return Optional.of(new Manifest(manifest.group(1), manifest.group(2)));
    }
    var blob = BLOB.matcher(path);
    if (blob.matches()) {
      return Optional.of(new Blob(blob.group(1), blob.group(2)));
    }
    var referrers = REFERRERS.matcher(path);
    return referrers.matches()
        ? Optional.of(new Referrers(referrers.group(1), referrers.group(2)))
        : Optional.empty();
  }

  /** Whether this is a repository name (distribution-spec, "Pulling manifests"). */
  static boolean isName(String text) {
    return text.length() <= 255 && NAME.matcher(text).matches();
  }

  /** Whether this is a tag (distribution-spec, "Pulling manifests"). */
  static boolean isTag(String text) {
    return TAG.matcher(text).matches();
  }
}
