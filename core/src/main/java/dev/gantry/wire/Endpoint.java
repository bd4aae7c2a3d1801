package dev.gantry.wire;

import dev.gantry.oci.Registry;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Where the bytes for a registry go: scheme, host and port. It is apart from the registry's name,
 * by which rules and credentials are chosen, so that one can stand in for another.
 *
 * @param base scheme and authority, without a path: {@code https://registry-1.docker.io}
 */
public record Endpoint(URI base) {

  /** Refuses what is more, or less, than a scheme and an authority. */
  public Endpoint {
    var path = base.getRawPath();
    if (base.getHost() == null
        || base.getRawUserInfo() != null
        || base.getRawQuery() != null
        || !(path == null || path.isEmpty())
        || !Set.of("http", "https").contains(base.getScheme())) {
      throw new IllegalArgumentException("not the address of a host: " + base.getScheme());
    }
  }

  /**
   * The endpoint that a registry's name stands for. A loopback host is spoken to in plain HTTP
   * first ({@link PlainFirst} goes over to TLS if that is what answers); any other host by HTTPS,
   * unless {@code plain} has its name.
   *
   * @param plain registries, as {@code host} or {@code host:port}, that speak plain HTTP
   */
  public static Endpoint of(Registry name, Set<String> plain) {
    if (name.equals(Registry.DOCKER_HUB)) {
      return new Endpoint(URI.create("https://registry-1.docker.io"));
    }
    var inPlain = name.loopback() || plain.contains(name.toString()) || plain.contains(name.host());
    return new Endpoint(URI.create((inPlain ? "http://" : "https://") + name));
  }

  /** An address below {@code /v2/}: {@code at("demo/hello/tags/list")}. */
  public URI at(String path) {
    return base.resolve("/v2/" + path);
  }

  /**
   * Whether an address leads to this endpoint: the same host and port. The scheme may be the safer
   * one of the two, as when a loopback registry turned out to speak TLS.
   */
  public boolean serves(URI url) {
    return sameOrigin(base, url)
        || (base.getScheme().equals("http")
            && "https".equals(url.getScheme())
            && host(base).equals(host(url))
            && base.getPort() >= 0
            && base.getPort() == url.getPort());
  }

  /** Whether two addresses have the same scheme, host and port. */
  public static boolean sameOrigin(URI one, URI other) {
    return scheme(one).equals(scheme(other))
        && host(one).equals(host(other))
        && port(one) == port(other);
  }

  /** Whether an address leads to this very machine. */
  public static boolean loopback(URI url) {
    var host = host(url);
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.equals("[0:0:0:0:0:0:0:1]")
        || host.matches("127(?:\\.\\d{1,3}){3}");
  }

  static String scheme(URI url) {
    return url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
  }

  static String host(URI url) {
    return url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
  }

  static int port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return scheme(url).equals("https") ? 443 : 80;
  }

  /** Host and port, under which gates and memories are kept. */
  static String authority(URI url) {
    return host(url) + ":" + port(url);
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
