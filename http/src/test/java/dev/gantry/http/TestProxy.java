package dev.gantry.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A proxy for CONNECT and for SOCKS 5, told apart by the first byte. Every name leads to the
 * loopback address. Wants this user if the name is not empty.
 */
final class TestProxy implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final String user;
  private final String password;

  TestProxy(String user, String password) throws IOException {
    this.user = user;
    this.password = password;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Kind and target of every tunnel, in order. */
  List<String> seen() {
    return seen;
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
    try (socket) {
      int first = socket.getInputStream().read();
      if (first == 5) {
        socks(socket);
      } else {
        connect(socket, (char) first);
      }
    } catch (IOException gone) {
      seen.add("broken " + gone.getMessage());
    }
  }

  private void connect(Socket client, char first) throws IOException {
    var head =
        first
            + new RawServer.Line(client, client.getInputStream(), client.getOutputStream()).head();
    var wanted = "Proxy-Authorization: " + Tunnel.basic(new Proxy.User(user, password)) + "\r\n";
    var out = client.getOutputStream();
    if (!user.isEmpty() && !head.contains(wanted)) {
      out.write("HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
      return;
    }
    var target = head.split(" ", -1)[1];
    try (var origin = open(target.substring(target.lastIndexOf(':') + 1))) {
      seen.add("http " + target);
      out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(ISO_8859_1));
      relay(client, origin);
    } catch (java.net.ConnectException dead) {
      out.write("HTTP/1.1 502 Bad Gateway\r\n\r\n".getBytes(ISO_8859_1));
    }
  }

  private static Socket open(String port) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
  }

  private void socks(Socket client) throws IOException {
    var in = client.getInputStream();
    var out = client.getOutputStream();
    var methods = in.readNBytes(in.read());
    byte wanted = (byte) (user.isEmpty() ? 0 : 2);
    boolean offered = false;
    for (byte method : methods) {
      offered |= method == wanted;
    }
    out.write(new byte[] {5, offered ? wanted : (byte) 0xff});
    if (!offered || (wanted == 2 && !known(in, out))) {
      return;
    }
    in.readNBytes(3);
    var host =
        switch (in.read()) {
          case 1 -> InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
          case 3 -> new String(in.readNBytes(in.read()), ISO_8859_1);
          case 4 -> InetAddress.getByAddress(in.readNBytes(16)).getHostAddress();
          default -> throw new EOFException();
        };
    int port = in.read() << 8 | in.read();
    try (var origin = open(Integer.toString(port))) {
      seen.add("socks5 " + host + ":" + port);
      out.write(new byte[] {5, 0, 0, 3, 1, 'x', 0, 0});
      relay(client, origin);
    } catch (java.net.ConnectException dead) {
      out.write(new byte[] {5, 5, 0, 1, 0, 0, 0, 0, 0, 0});
    }
  }

  private boolean known(InputStream in, OutputStream out) throws IOException {
    in.read();
    var name = new String(in.readNBytes(in.read()), ISO_8859_1);
    var word = new String(in.readNBytes(in.read()), ISO_8859_1);
    boolean right = name.equals(user) && word.equals(password);
    out.write(new byte[] {1, (byte) (right ? 0 : 1)});
    return right;
  }

  /** Carries bytes both ways until either side ends. */
  static void relay(Socket one, Socket two) throws IOException {
    var back =
        Thread.ofVirtual()
            .start(() -> {
              try {
                two.getInputStream().transferTo(one.getOutputStream());
                one.shutdownOutput();
              } catch (IOException gone) {
                closed(one);
              }
            });
    try {
      one.getInputStream().transferTo(two.getOutputStream());
      two.shutdownOutput();
    } catch (IOException gone) {
      closed(two);
    }
    try {
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closed(Socket socket) {
    try {
      socket.close();
    } catch (IOException already) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
