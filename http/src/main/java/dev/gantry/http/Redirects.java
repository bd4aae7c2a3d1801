package dev.gantry.http;

import java.net.URI;
import java.util.Optional;

/** Where an answer sends the client to, and what may go there (RFC 9110 section 15.4). */
final class Redirects {
  private Redirects() {}

  /**
   * The request to make next, or nothing where the answer is the caller's. 301, 302 and 303 are
   * followed for GET and HEAD only, 307 and 308 for every method: all our bodies can be sent again.
   *
   * @throws HttpFault when the target cannot be used, or lies behind a weaker scheme
   */
  static Optional<Request> next(Request request, Response answer, boolean downgrade)
      throws HttpFault {
    boolean reading = request.method().equals("GET") || request.method().equals("HEAD");
    boolean follow =
        switch (answer.status()) {
          case 301, 302, 303 -> reading;
          case 307, 308 -> true;
          default -> false;
        };
    var location = answer.headers().first("Location");
    if (!follow || location.isEmpty()) {
      return Optional.empty();
    }
    var to = target(request.uri(), location.get(), answer.status());
    var from = Origin.of(request.uri());
    var there = Origin.of(to);
    if (from.secure() && !there.secure() && !downgrade) {
      throw fault(HttpFault.Kind.LIMIT, answer.status(), "leads from https to http, to " + there);
    }
    var headers = request.headers();
    if (!from.equals(there)) {
      headers = headers.without("Authorization").without("Cookie").without("Proxy-Authorization");
    }
    return Optional.of(new Request(request.method(), to, headers, request.body(), request.sent()));
  }

  private static URI target(URI from, String location, int status) throws HttpFault {
    try {
      // URI.resolve follows RFC 2396 and takes the last segment away before a bare query.
      var whole = location.startsWith("?") ? from.getRawPath() + location : location;
      var to = from.resolve(URI.create(whole));
      Origin.of(to);
      return to;
    } catch (IllegalArgumentException useless) {
      throw fault(HttpFault.Kind.PROTOCOL, status, "leads nowhere: its Location is no http URI");
    }
  }

  private static HttpFault fault(HttpFault.Kind kind, int status, String words) {
    return new HttpFault(HttpFault.Phase.RECEIVE, kind, "the redirect " + status + ' ' + words, 0);
  }
}
