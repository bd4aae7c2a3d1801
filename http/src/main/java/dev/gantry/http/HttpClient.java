package dev.gantry.http;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** An HTTP/1.1 client that keeps connections; for any number of threads. */
public final class HttpClient implements Transport {
  private static final Set<String> OURS =
      Set.of("host", "content-length", "transfer-encoding", "connection", "proxy-authorization");
  private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "DELETE");

  private final ClientSettings settings;
  private final Pool pool;
  private final Watch watch;
  private final Dialer dialer;
  private final Following following;

  public HttpClient(ClientSettings settings) {
    this.settings = settings;
    this.pool = new Pool(settings.timeouts().idle());
    this.watch = new Watch(settings.timeouts().shortest(), pool::sweep);
    this.dialer = new Dialer(settings, watch);
    this.following = new Following(settings, this::once);
  }

  /** Begins, on another thread, to make what TLS to this host needs; worth 100 ms at a start. */
  public void prepare(URI uri) {
    var origin = Origin.of(uri);
    if (origin.secure()) {
      dialer.prepare(origin);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>A request on a kept connection that turns out to be dead before any byte of an answer came
   * is sent once more on a new one when that is safe: its head had not left whole, or its method is
   * GET, HEAD, OPTIONS, TRACE or DELETE, or it is a PUT of whose body nothing had left.
   */
  @Override
  public Response send(Request request) throws HttpFault, InterruptedException {
    return following.send(request);
  }

  private Answer once(Request request, List<Redirected> redirects)
      throws HttpFault, InterruptedException {
    var route = Route.to(Origin.of(request.uri()), settings);
    var kept = pool.take(route);
    if (kept.isPresent()) {
      var attempt = attempt(request, route, kept.get());
      try {
        return answer(attempt, request, route, kept.get(), redirects);
      } catch (HttpFault fault) {
        if (fault.kind() != HttpFault.Kind.RESET || attempt.heard() || !safe(request, attempt)) {
          throw fault;
        }
      }
    }
    var fresh = dialer.dial(route);
    return answer(attempt(request, route, fresh), request, route, fresh, redirects);
  }

  private static boolean safe(Request request, Attempt attempt) {
    return !attempt.headLeft()
        || REPEATABLE.contains(request.method())
        || (request.method().equals("PUT") && attempt.sent() == 0);
  }

  private Attempt attempt(Request request, Route route, Connection connection) {
    return new Attempt(request, head(request, route), connection, settings);
  }

  private Answer answer(
      Attempt attempt,
      Request request,
      Route route,
      Connection connection,
      List<Redirected> redirects)
      throws HttpFault, InterruptedException {
    boolean done = false;
    try {
      var result = attempt.run();
      var framing = Framing.of(result.head(), request.method());
      boolean again =
          result.complete()
              && Framing.keepsAlive(result.head())
              && !bodyWithoutPlace(result.head());
      var incoming = new Incoming(connection.in(), framing, settings.limits());
      var answer =
          new Answer(
              result.head(),
              request.uri(),
              redirects,
              connection,
              incoming,
              settings.timeouts().stall(),
              result.sent(),
              () -> giveBack(route, connection, again && incoming.delimited()));
      done = true;
      return answer;
    } catch (IOException failed) {
      throw Faults.during(attempt.phase(), route.shown(), connection, attempt.sent(), failed);
    } finally {
      if (!done) {
        connection.cut();
      }
    }
  }

  /**
   * A 204 that announces a body may send one all the same, and it would read as the next answer.
   */
  private static boolean bodyWithoutPlace(Head.OfResponse head) {
    return head.status() == 204
        && (head.headers().has("Transfer-Encoding")
            || head.headers().first("Content-Length").filter(l -> !l.equals("0")).isPresent());
  }

  private void giveBack(Route route, Connection connection, boolean again) {
    connection.guard().rest();
    if (again) {
      pool.give(route, connection);
    } else {
      connection.cut();
    }
  }

  private byte[] head(Request request, Route route) {
    var uri = request.uri();
    var path = new StringBuilder();
    if (route.absolute()) {
      path.append("http://").append(route.origin().authority());
    }
    var rawPath = URI.create(uri.toASCIIString()).getRawPath();
    path.append(rawPath == null || rawPath.isEmpty() ? "/" : rawPath);
    var query = URI.create(uri.toASCIIString()).getRawQuery();
    if (query != null) {
      path.append('?').append(query);
    }
    return Outlet.head(request.method() + ' ' + path + " HTTP/1.1", headers(request, route));
  }

  private Headers headers(Request request, Route route) {
    var fields = new ArrayList<Headers.Field>();
    fields.add(new Headers.Field("Host", route.origin().authority()));
    for (var field : request.headers().fields()) {
      if (!OURS.contains(field.name().toLowerCase(Locale.ROOT))) {
        fields.add(field);
      }
    }
    var all = new Headers(fields);
    if (!settings.userAgent().isEmpty() && !all.has("User-Agent")) {
      all = all.plus("User-Agent", settings.userAgent());
    }
    if (route.absolute() && route.proxy().flatMap(Proxy::user).isPresent()) {
      all = all.plus("Proxy-Authorization", Tunnel.basic(route.proxy().get().user().get()));
    }
    var length = request.body().length();
    if (length.isEmpty()) {
      return all.plus("Transfer-Encoding", "chunked");
    }
    boolean usual = Set.of("POST", "PUT", "PATCH").contains(request.method());
    return length.getAsLong() > 0 || usual
        ? all.plus("Content-Length", Long.toString(length.getAsLong()))
        : all;
  }

  @Override
  public void close() {
    pool.close();
    watch.close();
  }
}
