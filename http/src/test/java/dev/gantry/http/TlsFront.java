package dev.gantry.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.TrustManager;

/** Takes TLS off and hands the bytes on to a port of this machine. */
final class TlsFront implements AutoCloseable {
  private final ServerSocket listener;
  private final int behind;

  TlsFront(Identity identity, int behind) throws IOException {
    this.behind = behind;
    this.listener =
        TlsContexts.context(TlsContexts.keyManagers(identity), new TrustManager[0])
            .getServerSocketFactory()
            .createServerSocket(0, 9, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        var origin = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      TestProxy.relay(socket, origin);
    } catch (IOException gone) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
