package dev.gantry.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/**
 * The same over java.net.http, which speaks HTTP/2 as well. It knows no Unix sockets and no SOCKS,
 * sends no credentials to proxies, and has one time limit up to the head of the answer in place of
 * ours for stalls.
 */
public final class JdkTransport implements Transport {
  /** What java.net.http makes itself and refuses to be given. */
  private static final Set<String> ITS_OWN =
      Set.of("host", "content-length", "transfer-encoding", "connection", "expect", "upgrade");

  private final ClientSettings settings;
  private final Version version;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<Tls.Rules, Once<java.net.http.HttpClient>> clients = new ConcurrentHashMap<>();
  private final Following following;

  /**
   * @param http2 whether to speak HTTP/2 where the server does
   * @throws IllegalArgumentException when the settings ask for what java.net.http cannot do
   */
  public JdkTransport(ClientSettings settings, boolean http2) {
    if (settings.unixSocket().isPresent()) {
      throw new IllegalArgumentException("java.net.http has no Unix sockets");
    }
    for (var proxy : List.of(settings.proxies().plain(), settings.proxies().secure())) {
      if (proxy.isPresent() && proxy.get().kind() != Proxy.Kind.HTTP) {
        throw new IllegalArgumentException("java.net.http has no " + proxy.get().kind());
      }
    }
    this.settings = settings;
    this.version = http2 ? Version.HTTP_2 : Version.HTTP_1_1;
    this.following = new Following(settings, this::once);
  }

  @Override
  public Response send(Request request) throws HttpFault, InterruptedException {
    return following.send(request);
  }

  private Response once(Request request, List<Redirected> redirects)
      throws HttpFault, InterruptedException {
    var rules = settings.tls().rules(Origin.of(request.uri()));
    var client = clients.computeIfAbsent(rules, r -> Once.of(() -> client(r))).get();
    var sent = new AtomicLong();
    try {
      var got = client.send(translated(request, sent), BodyHandlers.ofInputStream());
      return new JdkResponse(got, redirects);
    } catch (IOException failed) {
      throw fault(request.uri(), sent.get(), failed);
    }
  }

  private java.net.http.HttpClient client(Tls.Rules rules) {
    var keys = rules.identity().map(TlsContexts::keyManagers).orElse(new KeyManager[0]);
    return java.net.http.HttpClient.newBuilder()
        .version(version)
        .followRedirects(Redirect.NEVER)
        .connectTimeout(settings.timeouts().connect())
        .sslContext(TlsContexts.context(keys, new TrustManager[] {Trust.of(rules)}))
        .proxy(new Selector(settings.proxies()))
        .executor(threads)
        .build();
  }

  private HttpRequest translated(Request request, AtomicLong sent) {
    var builder = HttpRequest.newBuilder(request.uri()).timeout(settings.timeouts().answer());
    for (var field : request.headers().fields()) {
      var name = field.name().toLowerCase(Locale.ROOT);
      if (!ITS_OWN.contains(name)) {
        builder.header(field.name(), field.value());
      } else if (name.equals("expect")) {
        builder.expectContinue(true);
      }
    }
    if (!settings.userAgent().isEmpty() && !request.headers().has("User-Agent")) {
      builder.header("User-Agent", settings.userAgent());
    }
    return builder.method(request.method(), Pieces.of(request, sent)).build();
  }

  private static HttpFault fault(URI uri, long sent, IOException failed) {
    var where = Origin.of(uri).toString();
    return switch (failed) {
      case HttpFault known -> known;
      case HttpConnectTimeoutException slow ->
          fault(HttpFault.Phase.CONNECT, HttpFault.Kind.TIMEOUT, where, sent, slow);
      case HttpTimeoutException slow ->
          fault(HttpFault.Phase.WAIT, HttpFault.Kind.TIMEOUT, where, sent, slow);
      case ConnectException none when causedBy(none, UnresolvedAddressException.class) ->
          fault(HttpFault.Phase.RESOLVE, HttpFault.Kind.UNKNOWN_HOST, where, sent, none);
      case ConnectException none ->
          fault(HttpFault.Phase.CONNECT, HttpFault.Kind.REFUSED, where, sent, none);
      case SSLException tls -> fault(HttpFault.Phase.TLS, TlsFaults.kind(tls), where, sent, tls);
      case ProtocolException wrong ->
          fault(HttpFault.Phase.RECEIVE, HttpFault.Kind.PROTOCOL, where, sent, wrong);
      default -> {
        if (causedBy(failed, Outlet.SourceFault.class)) {
          yield fault(HttpFault.Phase.SEND, HttpFault.Kind.SOURCE, where, sent, failed);
        }
        yield fault(HttpFault.Phase.WAIT, HttpFault.Kind.RESET, where, sent, failed);
      }
    };
  }

  private static HttpFault fault(
      HttpFault.Phase phase, HttpFault.Kind kind, String where, long sent, IOException failed) {
    return new HttpFault(phase, kind, where + ": " + failed.getMessage(), sent, failed);
  }

  private static boolean causedBy(Throwable thrown, Class<?> kind) {
    int depth = 0;
    for (Throwable at = thrown; at != null && depth < 12; at = at.getCause(), depth++) {
      if (kind.isInstance(at)) {
        return true;
      }
    }
    return false;
  }

  /** Our choice of proxies in the JDK's terms. */
  private static final class Selector extends ProxySelector {
    private final Proxies proxies;

    Selector(Proxies proxies) {
      this.proxies = proxies;
    }

    @Override
    public List<java.net.Proxy> select(URI uri) {
      var chosen = proxies.of(Origin.of(uri));
      return List.of(
          chosen
              .map(p ->
                  new java.net.Proxy(
                      java.net.Proxy.Type.HTTP, new InetSocketAddress(p.host(), p.port())))
              .orElse(java.net.Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failed) {
      // The exchange fails with the same exception.
    }
  }

  private record JdkResponse(
      java.net.http.HttpResponse<InputStream> got, List<Redirected> redirects) implements Response {
    JdkResponse {
      redirects = List.copyOf(redirects);
    }

    @Override
    public int status() {
      return got.statusCode();
    }

    @Override
    public String reason() {
      return "";
    }

    @Override
    public Headers headers() {
      var fields = new ArrayList<Headers.Field>();
      got.headers().map().forEach((name, values) -> values.forEach(v -> add(fields, name, v)));
      return new Headers(fields);
    }

    private static void add(List<Headers.Field> fields, String name, String value) {
      if (!name.startsWith(":")) {
        fields.add(new Headers.Field(name, value));
      }
    }

    @Override
    public URI uri() {
      return got.uri();
    }

    @Override
    public InputStream body() {
      return got.body();
    }

    @Override
    public void close() {
      try {
        got.body().close();
      } catch (IOException broken) {
        // Whoever closes wants nothing more of it.
      }
    }
  }

  @Override
  public void close() {
    var open = clients.values().stream().map(Once::get).toList();
    open.forEach(java.net.http.HttpClient::shutdownNow);
    threads.shutdownNow();
  }
}
