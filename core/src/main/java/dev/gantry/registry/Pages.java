package dev.gantry.registry;

import dev.gantry.oci.Json;
import dev.gantry.oci.Malformed;
import dev.gantry.wire.Endpoint;
import dev.gantry.wire.Reply;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/** Lists that come in pages, as tags and referrers do (RFC 8288; distribution-spec, end-8). */
final class Pages {
  /** Bytes of one page that are read; a thousand descriptors with annotations are below 1 MiB. */
  static final int LONGEST = 16 << 20;

  private static final Pattern NEXT =
      Pattern.compile("<([^>]*)>\\s*(?:;[^,]*)?;\\s*rel\\s*=\\s*\"?next\"?(?=\\s*[;,]|\\s*$).*");
  private static final Pattern BARE_NEXT =
      Pattern.compile("<([^>]*)>\\s*;\\s*rel\\s*=\\s*\"?next\"?.*");

  private Pages() {}

  /** Where the next page is; empty on the last one, and where it would lead to another host. */
  static Optional<URI> next(Reply reply, Endpoint endpoint) {
    for (var value : reply.headers().all("Link")) {
      for (var pattern : new Pattern[] {BARE_NEXT, NEXT}) {
        var found = pattern.matcher(value);
        if (found.find()) {
          return resolve(reply, found.group(1)).filter(endpoint::serves);
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<URI> resolve(Reply reply, String text) {
    try {
      return Optional.of(reply.url().resolve(URI.create(text)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** The page as an object. */
  static Json.Obj object(Reply reply) throws InterruptedException {
    try {
      return Json.parseObject(reply.bytes(LONGEST));
    } catch (Malformed fault) {
      throw reply.offProtocol("the list is no JSON object: " + fault.what());
    }
  }
}
