package dev.gantry.http;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a client behaves.
 *
 * @param unixSocket where every request goes, whatever host its URI names
 * @param redirects how many are followed; 0 hands them to the caller
 * @param downgrade whether a redirect may lead from https to http
 * @param userAgent sent unless the request has one; empty sends none
 */
public record ClientSettings(
    Timeouts timeouts,
    Limits limits,
    Proxies proxies,
    Tls tls,
    Optional<Path> unixSocket,
    int redirects,
    boolean downgrade,
    String userAgent) {

  /** No proxy, the certificates that Java trusts, 10 redirects, none of them from https to http. */
  public static final ClientSettings DEFAULT =
      new ClientSettings(
          Timeouts.DEFAULT,
          Limits.DEFAULT,
          Proxies.NONE,
          Tls.DEFAULT,
          Optional.empty(),
          10,
          false,
          "gantry");

  /** The same with these time limits. */
  public ClientSettings with(Timeouts other) {
    return new ClientSettings(
        other, limits, proxies, tls, unixSocket, redirects, downgrade, userAgent);
  }

  /** The same with these limits. */
  public ClientSettings with(Limits other) {
    return new ClientSettings(
        timeouts, other, proxies, tls, unixSocket, redirects, downgrade, userAgent);
  }

  /** The same through these proxies. */
  public ClientSettings with(Proxies other) {
    return new ClientSettings(
        timeouts, limits, other, tls, unixSocket, redirects, downgrade, userAgent);
  }

  /** The same with this trust. */
  public ClientSettings with(Tls other) {
    return new ClientSettings(
        timeouts, limits, proxies, other, unixSocket, redirects, downgrade, userAgent);
  }

  /** The same on this Unix socket. */
  public ClientSettings on(Path socket) {
    return new ClientSettings(
        timeouts, limits, proxies, tls, Optional.of(socket), redirects, downgrade, userAgent);
  }

  /** The same following this many redirects, from https to http too if that is allowed. */
  public ClientSettings following(int most, boolean alsoDown) {
    return new ClientSettings(
        timeouts, limits, proxies, tls, unixSocket, most, alsoDown, userAgent);
  }

  /** The same under this name. */
  public ClientSettings as(String agent) {
    return new ClientSettings(
        timeouts, limits, proxies, tls, unixSocket, redirects, downgrade, agent);
  }
}
