package dev.gantry.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that says what its script says, byte by byte; one script a connection. */
final class RawServer implements AutoCloseable {
  /** What happens on one connection. */
  interface Script {
    void play(Line line) throws IOException;
  }

  /** One connection, with the few things that a script does. */
  record Line(Socket socket, InputStream in, OutputStream out) {
    void say(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    /** Reads up to and with the empty line, or up to the end. */
    String head() throws IOException {
      var head = new ByteArrayOutputStream();
      while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        int b = in.read();
        if (b < 0) {
          break;
        }
        head.write(b);
      }
      return head.toString(StandardCharsets.ISO_8859_1);
    }

    String read(int count) throws IOException {
      return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    /** Waits until the other side closes. */
    void untilClosed() throws IOException {
      in.transferTo(OutputStream.nullOutputStream());
    }

    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  private final ServerSocket listener;
  private final List<Script> scripts;
  private final Semaphore ended = new Semaphore(0);
  private final AtomicInteger connections = new AtomicInteger();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  /** The n-th connection plays the n-th script; the last one is played by all that follow. */
  RawServer(Script... scripts) throws IOException {
    this.scripts = List.of(scripts);
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        var socket = listener.accept();
        open.add(socket);
        int n = connections.getAndIncrement();
        var script = scripts.get(Math.min(n, scripts.size() - 1));
        Thread.ofVirtual().start(() -> play(script, socket));
      }
    } catch (IOException closed) {
      failures.add(closed);
    }
  }

  private void play(Script script, Socket socket) {
    try (socket) {
      script.play(new Line(socket, socket.getInputStream(), socket.getOutputStream()));
    } catch (IOException gone) {
      failures.add(gone);
    } finally {
      ended.release();
    }
  }

  /** Waits until one connection more has been closed from this side. */
  void awaitEnd() throws InterruptedException {
    ended.acquire();
  }

  int connections() {
    return connections.get();
  }

  int port() {
    return listener.getLocalPort();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (var socket : open) {
      socket.close();
    }
  }
}
