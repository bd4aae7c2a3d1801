package dev.gantry.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;

/** An HTTP/1.1 server: one virtual thread a connection, plain or TLS, on TCP or a Unix socket. */
public final class HttpServer implements AutoCloseable {
  private final ServerSocketChannel listener;
  private final SocketAddress address;
  private final ServerSettings settings;
  private final Handler handler;
  private final Optional<SSLContext> tls;
  private final Watch watch;
  private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean closing;

  private HttpServer(ServerSocketChannel listener, ServerSettings settings, Handler handler)
      throws IOException {
    this.listener = listener;
    this.address = listener.getLocalAddress();
    this.settings = settings;
    this.handler = handler;
    this.tls = settings.identity().map(TlsContexts::server);
    var shortest =
        settings.head().compareTo(settings.stall()) < 0 ? settings.head() : settings.stall();
    this.watch = new Watch(shortest, () -> {});
  }

  /**
   * Listens and answers from now on.
   *
   * @param address where; port 0 takes a free one
   * @throws IOException when the address is taken or not ours
   */
  public static HttpServer start(
      InetSocketAddress address, ServerSettings settings, Handler handler) throws IOException {
    var listener = ServerSocketChannel.open();
    listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    return started(listener, address, settings, handler);
  }

  /** The same on a Unix socket, which is removed at the end. */
  public static HttpServer start(Path socket, ServerSettings settings, Handler handler)
      throws IOException {
    var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return started(listener, UnixDomainSocketAddress.of(socket), settings, handler);
  }

  /** A plain server on a free port of the loopback address. */
  public static HttpServer start(Handler handler) throws IOException {
    return start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        ServerSettings.DEFAULT,
        handler);
  }

  private static HttpServer started(
      ServerSocketChannel listener, SocketAddress address, ServerSettings settings, Handler handler)
      throws IOException {
    try {
      listener.bind(address, 1024);
    } catch (IOException taken) {
      listener.close();
      throw taken;
    }
    var server = new HttpServer(listener, settings, handler);
    Thread.ofVirtual().name("gantry-http-accept").start(server::accept);
    return server;
  }

  /** Where it listens. */
  public SocketAddress address() {
    return address;
  }

  /** The TCP port, or 0 on a Unix socket. */
  public int port() {
    return address instanceof InetSocketAddress inet ? inet.getPort() : 0;
  }

  /** Where a client of the same machine finds it. */
  public URI uri() {
    var scheme = tls.isPresent() ? "https" : "http";
    if (!(address instanceof InetSocketAddress inet)) {
      return URI.create(scheme + "://localhost/");
    }
    var ip = inet.getAddress();
    var host = ip.isAnyLocalAddress() ? "127.0.0.1" : ip.getHostAddress();
    var shown = host.contains(":") ? '[' + host.replaceAll("%.*", "") + ']' : host;
    return URI.create(scheme + "://" + shown + ':' + inet.getPort() + '/');
  }

  /** Waits until it is closed. */
  public void await() throws InterruptedException {
    ended.await();
  }

  /** Stops listening, lets requests being answered end for a while, and cuts the rest. */
  @Override
  public void close() {
    if (closing) {
      return;
    }
    closing = true;
    try {
      listener.close();
      if (address instanceof UnixDomainSocketAddress unix) {
        Files.deleteIfExists(unix.getPath());
      }
    } catch (IOException gone) {
      // The listener is closed in any case; a socket file that stays hinders nobody but bind.
    }
    connections.forEach(ServerConnection::closeIfIdle);
    try {
      waitForAnswers();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    connections.forEach(ServerConnection::cut);
    watch.close();
    ended.countDown();
  }

  private void waitForAnswers() throws InterruptedException {
    long end = System.nanoTime() + settings.grace().toNanos();
    for (var connection : connections) {
      connection.awaitEnd(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
  }

  boolean closing() {
    return closing;
  }

  private void accept() {
    while (!closing) {
      try {
        var channel = listener.accept();
        start(channel);
      } catch (IOException failed) {
        if (!listener.isOpen()) {
          return;
        }
        // Out of descriptors, most likely: some connection has to end first.
        LockSupport.parkNanos(this, 10_000_000);
      }
    }
  }

  private void start(SocketChannel channel) throws IOException {
    if (address instanceof InetSocketAddress) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
    var connection = new ServerConnection(new Connection(channel, watch), this, settings, handler);
    connections.add(connection);
    connection.start(tls, () -> connections.remove(connection));
  }
}
