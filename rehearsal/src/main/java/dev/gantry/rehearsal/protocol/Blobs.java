package dev.gantry.rehearsal.protocol;

import dev.gantry.http.Body;
import dev.gantry.http.Headers;
import dev.gantry.rehearsal.store.Digest;
import dev.gantry.rehearsal.store.Store;
import dev.gantry.rehearsal.store.StoredRepository;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Pulling and deleting blobs. */
final class Blobs {
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  private final Supplier<Store> store;

  Blobs(Supplier<Store> store) {
    this.store = store;
  }

  /** The whole blob, or one stretch of it (RFC 9110 section 14). */
  Reply pull(Asked asked, Route.Blob route) throws Refusal {
    var digest = Api.digest(route.digest());
    var repository =
        store.get().repository(route.repository()).orElseThrow(() -> unknown(route.digest()));
    long size = repository.blob(digest).orElseThrow(() -> unknown(route.digest()));
    var headers =
        Headers.of(
            "Content-Type", "application/octet-stream",
            "Docker-Content-Digest", digest.toString(),
            "ETag", "\"" + digest + "\"",
            "Accept-Ranges", "bytes",
            "Cache-Control", "max-age=31536000");
    if (matches(asked.headers().first("If-None-Match"), digest)) {
      return Reply.empty(304, headers.without("Content-Type"));
    }
    var range = range(asked);
    if (range.isEmpty() || asked.exchange().method().equals("HEAD")) {
      return new Reply(200, headers, region(repository, digest, 0, size));
    }
    return part(repository, digest, size, headers, range.get());
  }

  private static Reply part(
      StoredRepository repository, Digest digest, long size, Headers headers, String range)
      throws Refusal {
    var matcher = RANGE.matcher(range);
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      // Several ranges, or another unit: a server may send everything (section 14.2).
      return new Reply(200, headers, region(repository, digest, 0, size));
    }
    long first;
    long last;
    if (matcher.group(1).isEmpty()) {
      first = Math.max(0, size - Long.parseLong(matcher.group(2)));
      last = size - 1;
    } else {
      first = Long.parseLong(matcher.group(1));
      last =
          matcher.group(2).isEmpty()
              ? size - 1
              : Math.min(size - 1, Long.parseLong(matcher.group(2)));
    }
    if (first > last) {
      throw new Refusal(
          "range",
          416,
          Headers.of("Content-Range", "bytes */" + size),
          List.of(new Problem("SIZE_INVALID", "the blob has " + size + " bytes, not " + range)));
    }
    return new Reply(
        206,
        headers.plus("Content-Range", "bytes " + first + "-" + last + "/" + size),
        region(repository, digest, first, last - first + 1));
  }

  /** The range asked for, unless it depends on content that has changed. */
  private static Optional<String> range(Asked asked) {
    var condition = asked.headers().first("If-Range");
    if (condition.isPresent() && asked.route() instanceof Route.Blob blob) {
      var digest = Digest.parse(blob.digest());
      if (digest.isEmpty() || !condition.get().equals("\"" + digest.get() + "\"")) {
        return Optional.empty();
      }
    }
    return asked.headers().first("Range").map(text -> text.replace(" ", ""));
  }

  private static Body region(StoredRepository repository, Digest digest, long from, long count) {
    return count == 0 ? Body.NONE : new Body.FileRegion(repository.content(digest), from, count);
  }

  static boolean matches(Optional<String> etags, Digest digest) {
    return etags
        .filter(text -> text.equals("*") || text.contains("\"" + digest + "\""))
        .isPresent();
  }

  Reply delete(Route.Blob route) throws Refusal, IOException {
    var digest = Api.digest(route.digest());
    var repository =
        store.get().repository(route.repository()).orElseThrow(() -> unknown(route.digest()));
    if (!repository.removeBlob(digest)) {
      throw unknown(route.digest());
    }
    return Reply.empty(202, Headers.of("Docker-Content-Digest", digest.toString()));
  }

  private static Refusal unknown(String digest) {
    return new Refusal("blob-missing", 404, "BLOB_UNKNOWN", "blob unknown to registry")
        .about("digest", digest);
  }
}
