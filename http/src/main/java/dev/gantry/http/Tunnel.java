package dev.gantry.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Makes a proxy open the way to an origin: CONNECT (RFC 9110 section 9.3.6) or SOCKS 5. */
final class Tunnel {
  private final Connection connection;
  private final Proxy proxy;
  private final ClientSettings settings;

  Tunnel(Connection connection, Proxy proxy, ClientSettings settings) {
    this.connection = connection;
    this.proxy = proxy;
    this.settings = settings;
  }

  /** The value of Proxy-Authorization. */
  static String basic(Proxy.User user) {
    var both = user.name() + ':' + user.password();
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  void connect(Origin origin) throws IOException {
    var target = origin.host() + ':' + origin.port();
    var headers = Headers.of("Host", target);
    if (!settings.userAgent().isEmpty()) {
      headers = headers.plus("User-Agent", settings.userAgent());
    }
    if (proxy.user().isPresent()) {
      headers = headers.plus("Proxy-Authorization", basic(proxy.user().get()));
    }
    connection.out().write(Outlet.head("CONNECT " + target + " HTTP/1.1", headers));
    var in = connection.in();
    var head = Head.response(in, settings.limits());
    for (int i = 0; head.status() / 100 == 1 && i < settings.limits().interim(); i++) {
      head = Head.response(in, settings.limits());
    }
    if (head.status() / 100 != 2) {
      throw refused(target, head.status() + " " + head.reason());
    }
    if (in.waiting() > 0) {
      throw BadMessage.syntax("the proxy sent bytes before the tunnel was used");
    }
  }

  /** RFC 1928, and RFC 1929 where the proxy wants a user. */
  void socks(Origin origin) throws IOException {
    boolean named = proxy.user().isPresent();
    connection.out().write(named ? new byte[] {5, 2, 0, 2} : new byte[] {5, 1, 0});
    if (next() != 5) {
      throw BadMessage.syntax("the proxy speaks no SOCKS 5");
    }
    int method = next();
    if (method == 2 && named) {
      login(origin);
    } else if (method != 0) {
      throw refused(origin.toString(), named ? "it takes no password" : "it wants a user");
    }
    connection.out().write(request(origin));
    if (next() != 5) {
      throw BadMessage.syntax("the proxy speaks no SOCKS 5");
    }
    int reply = next();
    if (reply != 0) {
      throw refused(origin.toString(), words(reply));
    }
    next();
    skipAddress();
  }

  private void login(Origin origin) throws IOException {
    var user = proxy.user().orElseThrow();
    var message = new ByteArrayOutputStream();
    message.write(1);
    counted(message, user.name());
    counted(message, user.password());
    connection.out().write(message.toByteArray());
    next();
    if (next() != 0) {
      throw refused(origin.toString(), "it does not know the user, or the password is wrong");
    }
  }

  private static byte[] request(Origin origin) throws IOException {
    var message = new ByteArrayOutputStream();
    message.writeBytes(new byte[] {5, 1, 0});
    var ip = IpLiteral.parse(origin.host());
    if (ip.isPresent()) {
      var address = ip.get().getAddress();
      message.write(address.length == 4 ? 1 : 4);
      message.writeBytes(address);
    } else {
      message.write(3);
      counted(message, origin.host());
    }
    message.write(origin.port() >> 8);
    message.write(origin.port());
    return message.toByteArray();
  }

  private static void counted(ByteArrayOutputStream message, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 255) {
      throw BadMessage.syntax("SOCKS 5 takes names and passwords of 255 bytes at most");
    }
    message.write(bytes.length);
    message.writeBytes(bytes);
  }

  private void skipAddress() throws IOException {
    int length =
        switch (next()) {
          case 1 -> 4;
          case 3 -> next();
          case 4 -> 16;
          default -> throw BadMessage.syntax("the proxy answered with an unknown kind of address");
        };
    for (int i = 0; i < length + 2; i++) {
      next();
    }
  }

  private int next() throws IOException {
    int b = connection.in().read();
    if (b < 0) {
      throw new EOFException("the proxy closed the connection");
    }
    return b;
  }

  private HttpFault refused(String target, String why) {
    return new HttpFault(
        HttpFault.Phase.PROXY,
        HttpFault.Kind.PROXY_REFUSED,
        "the proxy " + proxy.shown() + " opened no way to " + target + ": " + why,
        0);
  }

  /** RFC 1928 section 6. */
  private static String words(int reply) {
    return switch (reply) {
      case 1 -> "general failure";
      case 2 -> "not allowed by its rules";
      case 3 -> "network unreachable";
      case 4 -> "host unreachable";
      case 5 -> "connection refused";
      case 6 -> "time to live expired";
      case 7 -> "command not supported";
      case 8 -> "kind of address not supported";
      default -> "reply " + reply;
    };
  }
}
