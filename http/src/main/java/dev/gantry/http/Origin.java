package dev.gantry.http;

import java.net.URI;
import java.util.Locale;

/**
 * Scheme, host and port: what a credential belongs to (RFC 6454 section 4).
 *
 * @param host in lower case, an IPv6 literal in brackets
 */
record Origin(boolean secure, String host, int port) {
  /**
   * Taken from the authority itself: {@link URI#getHost} knows no host with an underscore, which
   * compose files are full of.
   *
   * @throws IllegalArgumentException when there is no host, or the scheme is not http or https
   */
  static Origin of(URI uri) {
    var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean secure = scheme.equals("https");
    if (!secure && !scheme.equals("http")) {
      throw new IllegalArgumentException("neither http nor https: " + withoutUser(uri));
    }
    var authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    var at = authority.substring(authority.lastIndexOf('@') + 1);
    int colon = at.lastIndexOf(':');
    boolean hasPort = colon > at.lastIndexOf(']');
    var host = (hasPort ? at.substring(0, colon) : at).toLowerCase(Locale.ROOT);
    var port = hasPort ? at.substring(colon + 1) : "";
    if (host.isEmpty() || !(port.isEmpty() || port.matches("[0-9]{1,5}"))) {
      throw new IllegalArgumentException("no host and port in " + withoutUser(uri));
    }
    int standard = secure ? 443 : 80;
    int number = port.isEmpty() ? standard : Integer.parseInt(port);
    if (number < 1 || number > 65535) {
      throw new IllegalArgumentException("no such port: " + withoutUser(uri));
    }
    return new Origin(secure, host, number);
  }

  /** What a Host header says; the port only where it is not the scheme's own. */
  String authority() {
    return port == (secure ? 443 : 80) ? host : host + ':' + port;
  }

  @Override
  public String toString() {
    return host + ':' + port;
  }

  private static String withoutUser(URI uri) {
    return uri.toString().replaceFirst("//[^/@]*@", "//").replaceFirst("\\?.*", "");
  }
}
