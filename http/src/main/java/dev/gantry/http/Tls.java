package dev.gantry.http;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whom a client trusts, and as whom it shows itself, host by host.
 *
 * @param hosts rules of single hosts, under a name, or a name and port as {@code reg.example:5000}
 * @param others the rules of every other host
 */
public record Tls(Map<String, Rules> hosts, Rules others) {

  /**
   * What holds for a host.
   *
   * @param authorities trusted besides those that Java trusts
   * @param identity shown if the server asks
   * @param insecure whether any certificate for any name will do
   */
  public record Rules(
      List<X509Certificate> authorities, Optional<Identity> identity, boolean insecure) {
    /** The authorities that Java trusts and nothing else. */
    public static final Rules DEFAULT = new Rules(List.of(), Optional.empty(), false);

    public Rules {
      authorities = List.copyOf(authorities);
    }

    /** The same trusting these authorities too. */
    public Rules trusting(List<X509Certificate> more) {
      return new Rules(more, identity, insecure);
    }

    /** The same with a client certificate. */
    public Rules as(Identity shown) {
      return new Rules(authorities, Optional.of(shown), insecure);
    }

    /** The same with nothing checked. */
    public Rules unchecked() {
      return new Rules(authorities, identity, true);
    }
  }

  /** The authorities that Java trusts, for every host. */
  public static final Tls DEFAULT = new Tls(Map.of(), Rules.DEFAULT);

  public Tls {
    hosts = Map.copyOf(hosts);
  }

  /** The same rules for every host. */
  public static Tls of(Rules rules) {
    return new Tls(Map.of(), rules);
  }

  Rules rules(Origin origin) {
    var host = IpLiteral.bare(origin.host()).toLowerCase(Locale.ROOT);
    for (var key : List.of(origin.host() + ':' + origin.port(), host + ':' + origin.port(), host)) {
      if (hosts.containsKey(key)) {
        return hosts.get(key);
      }
    }
    return hosts.getOrDefault(origin.host(), others);
  }
}
