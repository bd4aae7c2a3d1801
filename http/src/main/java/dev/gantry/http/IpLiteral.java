package dev.gantry.http;

import java.net.InetAddress;
import java.util.Optional;

/** An IP address written out, told from a name without asking anybody. */
final class IpLiteral {
  private IpLiteral() {}

  /** The address of {@code 10.0.0.1}, {@code ::1} or {@code [::1]}; empty for a name. */
  static Optional<InetAddress> parse(String host) {
    var bare = bare(host);
    boolean v4 = bare.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    boolean v6 = bare.indexOf(':') >= 0 && bare.matches("[0-9a-fA-F:.]+(%[0-9a-zA-Z._~-]+)?");
    if (!v4 && !v6) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(bare));
    } catch (IllegalArgumentException neither) {
      return Optional.empty();
    }
  }

  /** Without the brackets of an IPv6 literal. */
  static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
