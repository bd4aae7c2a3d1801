package dev.gantry.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** Opens connections: name, TCP or Unix socket, proxy, TLS. */
final class Dialer {
  private final ClientSettings settings;
  private final Watch watch;
  private final Map<Tls.Rules, Once<SSLContext>> contexts = new ConcurrentHashMap<>();

  Dialer(ClientSettings settings, Watch watch) {
    this.settings = settings;
    this.watch = watch;
  }

  /** Begins to make what TLS to this host needs. */
  void prepare(Origin origin) {
    context(settings.tls().rules(origin)).begin();
  }

  private Once<SSLContext> context(Tls.Rules rules) {
    return contexts.computeIfAbsent(
        rules,
        r ->
            Once.of(() ->
                TlsContexts.context(
                    r.identity().map(TlsContexts::keyManagers).orElse(new KeyManager[0]),
                    new TrustManager[] {Trust.of(r)})));
  }

  /** A connection ready for the first byte of a request. */
  Connection dial(Route route) throws HttpFault, InterruptedException {
    var origin = route.origin();
    if (origin.secure()) {
      prepare(origin);
    }
    var connection = reach(route);
    boolean done = false;
    try {
      if (route.proxy().isPresent()) {
        through(connection, route.proxy().get(), origin);
      }
      if (origin.secure()) {
        secure(connection, origin);
      }
      connection.guard().rest();
      done = true;
      return connection;
    } finally {
      if (!done) {
        connection.cut();
      }
    }
  }

  private Connection reach(Route route) throws HttpFault, InterruptedException {
    if (route.unixSocket().isPresent()) {
      var path = route.unixSocket().get();
      try {
        return new Connection(SocketChannel.open(UnixDomainSocketAddress.of(path)), watch);
      } catch (IOException failed) {
        throw Faults.connecting(path.toString(), List.of(failed));
      }
    }
    var origin = route.origin();
    return route.proxy().isPresent()
        ? tcp(route.proxy().get().host(), route.proxy().get().port())
        : tcp(origin.host(), origin.port());
  }

  /** Tries the addresses of a name in turn; the last one has all the time that is left. */
  private Connection tcp(String host, int port) throws HttpFault, InterruptedException {
    var addresses = Resolver.addresses(host, settings.timeouts().connect());
    long end = System.nanoTime() + settings.timeouts().connect().toNanos();
    var failures = new ArrayList<IOException>();
    for (int i = 0; i < addresses.size(); i++) {
      long left = Math.max(end - System.nanoTime(), 1_000_000);
      long turn = left / (addresses.size() - i);
      try {
        return new Connection(open(addresses.get(i), port, Duration.ofNanos(turn)), watch);
      } catch (IOException failed) {
        Faults.ifInterrupted();
        failures.add(Faults.at(addresses.get(i), port, failed));
      }
    }
    throw Faults.connecting(host + ':' + port, failures);
  }

  private static SocketChannel open(InetAddress address, int port, Duration limit)
      throws IOException {
    var channel = SocketChannel.open();
    boolean done = false;
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      int millis = Math.clamp(limit.toMillis(), 1, Integer.MAX_VALUE);
      channel.socket().connect(new InetSocketAddress(address, port), millis);
      done = true;
      return channel;
    } finally {
      if (!done) {
        channel.close();
      }
    }
  }

  private void through(Connection connection, Proxy proxy, Origin origin)
      throws HttpFault, InterruptedException {
    var limit = settings.timeouts().connect();
    connection.guard().within(limit);
    if (proxy.kind() == Proxy.Kind.HTTPS) {
      secure(connection, new Origin(true, proxy.host(), proxy.port()));
    }
    connection.guard().within(limit);
    var tunnel = new Tunnel(connection, proxy, settings);
    try {
      switch (proxy.kind()) {
        case SOCKS5 -> tunnel.socks(origin);
        case HTTP, HTTPS -> {
          if (origin.secure()) {
            tunnel.connect(origin);
          }
        }
      }
    } catch (HttpFault known) {
      throw known;
    } catch (IOException failed) {
      throw Faults.during(HttpFault.Phase.PROXY, proxy.shown(), connection, 0, failed);
    }
  }

  private void secure(Connection connection, Origin origin) throws HttpFault, InterruptedException {
    var rules = settings.tls().rules(origin);
    var context = context(rules).get();
    connection.guard().within(settings.timeouts().connect());
    try {
      var host = IpLiteral.bare(origin.host());
      var socket =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(connection.socket(), host, origin.port(), false);
      var parameters = new SSLParameters();
      if (!rules.insecure()) {
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
      }
      parameters.setApplicationProtocols(new String[] {"http/1.1"});
      sni(host).ifPresent(name -> parameters.setServerNames(List.of(name)));
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      connection.secure(socket);
    } catch (IOException failed) {
      Faults.ifInterrupted();
      if (connection.guard().expired()) {
        throw Faults.during(HttpFault.Phase.TLS, origin.toString(), connection, 0, failed);
      }
      // Inside the TLS of a proxy, what lies at the bottom says nothing about this handshake.
      var beginning = connection.secured() ? new byte[0] : connection.beginning();
      throw TlsFaults.fault(failed, beginning, origin.toString());
    }
  }

  private static Optional<SNIServerName> sni(String host) {
    if (IpLiteral.parse(host).isPresent() || host.endsWith(".")) {
      return Optional.empty();
    }
    try {
      return Optional.of(new SNIHostName(host));
    } catch (IllegalArgumentException notSendable) {
      return Optional.empty();
    }
  }
}
