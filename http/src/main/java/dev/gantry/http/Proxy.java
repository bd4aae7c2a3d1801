package dev.gantry.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A proxy and the user it is told. */
public record Proxy(Kind kind, String host, int port, Optional<User> user) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:([A-Za-z0-9]+)://)?(?:([^@]*)@)?(\\[[^\\]]+\\]|[^:/@\\s]+)(?::([0-9]{1,5}))?/?");

  /** How it is spoken to. */
  public enum Kind {
    /** CONNECT for https, whole URIs for http. */
    HTTP,
    /** The same, and the way to the proxy is TLS. */
    HTTPS,
    /** SOCKS 5 (RFC 1928); names are resolved by the proxy. */
    SOCKS5
  }

  /** Name and password for the proxy itself. */
  public record User(String name, String password) {
    /** Never shows the password. */
    @Override
    public String toString() {
      return name + ":***";
    }
  }

  /**
   * Reads {@code [scheme://][user:password@]host[:port]}. Without a scheme it is {@code http}, and
   * the port then is 1080 as curl has it; otherwise the scheme's own.
   *
   * @throws IllegalArgumentException when it is none of these; the message has no password
   */
  public static Proxy parse(String text) {
    var parts = FORM.matcher(text.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "not a proxy address, which looks like http://proxy.example:3128");
    }
    var scheme = parts.group(1) == null ? "http" : parts.group(1).toLowerCase(Locale.ROOT);
    var kind =
        switch (scheme) {
          case "http" -> Kind.HTTP;
          case "https" -> Kind.HTTPS;
          case "socks5", "socks5h", "socks" -> Kind.SOCKS5;
          default ->
              throw new IllegalArgumentException(
                  "a proxy of kind " + scheme + " is not known; http, https and socks5 are");
        };
    int standard =
        switch (kind) {
          case HTTP -> parts.group(1) == null ? 1080 : 80;
          case HTTPS -> 443;
          case SOCKS5 -> 1080;
        };
    int port = parts.group(4) == null ? standard : Integer.parseInt(parts.group(4));
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("no such port: " + port);
    }
    return new Proxy(
        kind, parts.group(3), port, Optional.ofNullable(parts.group(2)).map(Proxy::user));
  }

  private static User user(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new User(decoded(text), "")
        : new User(decoded(text.substring(0, colon)), decoded(text.substring(colon + 1)));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Where it is, without the user. */
  String shown() {
    return kind.name().toLowerCase(Locale.ROOT) + "://" + host + ':' + port;
  }
}
