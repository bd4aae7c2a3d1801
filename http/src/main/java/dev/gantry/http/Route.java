package dev.gantry.http;

import java.nio.file.Path;
import java.util.Optional;

/** The way to an origin; connections of one way are interchangeable. */
record Route(Origin origin, Optional<Proxy> proxy, Optional<Path> unixSocket) {

  static Route to(Origin origin, ClientSettings settings) {
    return settings.unixSocket().isPresent()
        ? new Route(origin, Optional.empty(), settings.unixSocket())
        : new Route(origin, settings.proxies().of(origin), Optional.empty());
  }

  /** Whether the proxy reads the request itself, and so gets its URI whole. */
  boolean absolute() {
    return !origin.secure() && proxy.filter(p -> p.kind() != Proxy.Kind.SOCKS5).isPresent();
  }

  /** For messages; no user and no password. */
  String shown() {
    var through = proxy.map(p -> " through " + p.shown()).orElse("");
    return unixSocket.map(Path::toString).orElse(origin + through);
  }
}
