package dev.gantry.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One connection of a server: requests one after the other until somebody wants to stop. */
final class ServerConnection {
  private static final Duration LINGER = Duration.ofSeconds(2);
  private static final long LINGER_BYTES = 16L << 20;

  private final Connection connection;
  private final HttpServer server;
  private final ServerSettings settings;
  private final Handler handler;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean idle = true;
  private Optional<SSLContext> tls = Optional.empty();
  private Runnable atEnd = () -> {};

  ServerConnection(
      Connection connection, HttpServer server, ServerSettings settings, Handler handler) {
    this.connection = connection;
    this.server = server;
    this.settings = settings;
    this.handler = handler;
    this.thread = Thread.ofVirtual().name("gantry-http-server").unstarted(this::run);
  }

  void start(Optional<SSLContext> context, Runnable whenEnded) {
    this.tls = context;
    this.atEnd = whenEnded;
    thread.start();
  }

  void closeIfIdle() {
    if (idle) {
      connection.cut();
    }
  }

  void awaitEnd(long time, TimeUnit unit) throws InterruptedException {
    ended.await(time, unit);
  }

  /** Cuts, also a handler that waits for something else than the connection. */
  void cut() {
    connection.cut();
    if (ended.getCount() > 0) {
      thread.interrupt();
    }
  }

  private void run() {
    try {
      if (tls.isEmpty() || handshake(tls.get())) {
        boolean again = true;
        while (again) {
          again = one();
        }
      }
    } catch (IOException | InterruptedException over) {
      // The other side went away, stayed silent for too long, or the server is closing.
    } finally {
      connection.cut();
      ended.countDown();
      atEnd.run();
    }
  }

  /** False when what came is no TLS; that client is told so in plain text. */
  private boolean handshake(SSLContext context) throws IOException {
    connection.guard().within(settings.head());
    int first = connection.in().peek();
    if (first != 0x16) {
      if (first > 0) {
        refuse(BadMessage.syntax("this port speaks TLS, and the request came in plain HTTP"));
      }
      return false;
    }
    var taken = new ByteArrayInputStream(connection.in().takeWaiting());
    var socket =
        (SSLSocket) context.getSocketFactory().createSocket(connection.socket(), taken, true);
    socket.startHandshake();
    connection.secure(socket);
    return true;
  }

  private boolean one() throws IOException, InterruptedException {
    connection.guard().within(settings.idle());
    idle = true;
    if (server.closing() || !connection.in().fill()) {
      return false;
    }
    idle = false;
    connection.guard().within(settings.head());
    long began = System.nanoTime();
    LiveExchange exchange;
    try {
      exchange = new LiveExchange(connection, settings);
    } catch (BadMessage bad) {
      refuse(bad);
      log("", "", bad.status(), 0, 0, began, Optional.of(bad));
      return false;
    }
    connection.guard().rest();
    Optional<Exception> defect = answer(exchange);
    log(
        exchange.method(),
        exchange.target(),
        exchange.status(),
        exchange.received(),
        exchange.sent(),
        began,
        defect);
    if (exchange.wasCut()) {
      return false;
    }
    if (exchange.reusable() && defect.isEmpty() && exchange.drain() && !server.closing()) {
      return true;
    }
    if (exchange.wholeRead()) {
      connection.finishSending();
    } else {
      linger();
    }
    return false;
  }

  /** Lets the handler answer, and answers 500 in its place when it did not. */
  private Optional<Exception> answer(LiveExchange exchange) throws IOException {
    Optional<Exception> defect = Optional.empty();
    try {
      handler.handle(exchange);
      exchange.finish();
    } catch (BadMessage bad) {
      defect = Optional.of(bad);
      if (!exchange.answered()) {
        exchange.closeAfter();
        exchange.respond(bad.status(), Headers.NONE, text(bad));
      }
    } catch (IOException | RuntimeException | InterruptedException thrown) {
      defect = Optional.of(thrown);
    }
    if (!exchange.answered() && !exchange.wasCut()) {
      exchange.closeAfter();
      try {
        exchange.respond(500, Headers.NONE, Body.NONE);
      } catch (IOException gone) {
        connection.cut();
        return defect.or(() -> Optional.of(gone));
      }
    }
    return defect;
  }

  private void refuse(BadMessage bad) throws IOException {
    var text = (bad.getMessage() + "\n").getBytes(StandardCharsets.UTF_8);
    var headers =
        Headers.of(
            "Content-Type",
            "text/plain; charset=utf-8",
            "Content-Length",
            Integer.toString(text.length),
            "Connection",
            "close");
    var outlet = new Outlet(connection, settings.stall());
    outlet.write(Outlet.head("HTTP/1.1 " + bad.status() + " " + Reason.of(bad.status()), headers));
    outlet.write(text);
    linger();
  }

  private static Body text(BadMessage bad) {
    return new Body.Bytes((bad.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Closes in two steps: a plain close while bytes are still coming in makes the kernel answer them
   * with a reset, which can take the answer away from the client before it was read (RFC 9112
   * section 9.6).
   */
  private void linger() throws IOException {
    connection.finishSending();
    connection.guard().within(LINGER);
    var sink = new byte[16 << 10];
    long left = LINGER_BYTES;
    while (left > 0) {
      int n = connection.in().read(sink, 0, sink.length);
      if (n < 0) {
        return;
      }
      left -= n;
    }
  }

  private void log(
      String method,
      String target,
      int status,
      long received,
      long sent,
      long began,
      Optional<Exception> defect) {
    var took = Duration.ofNanos(System.nanoTime() - began);
    settings
        .log()
        .accept(
            new Answered(
                method, target, status, received, sent, took, connection.remote(), defect));
  }
}
