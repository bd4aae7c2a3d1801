package dev.gantry.oci;

import java.util.Locale;
import java.util.Optional;

/**
 * A registry's name as people and references write it: host, or host:port. It says whose rules and
 * credentials apply; where the bytes go is an endpoint, which is another type. Upper case letters
 * of a host are kept, as Docker keeps them.
 *
 * <p>Two things go beyond the grammar of references: a port is 1 to 65535, and a host of one word
 * without a port is refused, because a reference cannot name it ({@code host/app} is an image of
 * the user "host" on Docker Hub).
 */
public record Registry(String host, Optional<Integer> port) {

  /** The name under which Docker Hub stands in a canonical reference. */
  public static final Registry DOCKER_HUB = new Registry("docker.io", Optional.empty());

  /** Docker Hub's name in times past; the same registry. */
  private static final String DOCKER_INDEX = "index.docker.io";

  private static final int LARGEST_PORT = 65535;

  public Registry {
    Grammar.checkHost(host);
    var text = port.map(number -> ":" + number).map(host::concat).orElse(host);
    if (port.isPresent() && (port.get() < 1 || port.get() > LARGEST_PORT)) {
      throw Grammar.fault("a port is a number from 1 to 65535", text, host.length() + 1);
    }
    if (host.charAt(0) != '[' && !Grammar.namesHost(text)) {
      throw new Malformed(
          "a registry's host has a dot in it, or a port behind it, or is localhost",
          text,
          0,
          Optional.of(text + ":443"));
    }
    if (port.isEmpty() && host.equals(DOCKER_INDEX)) {
      host = "docker.io";
    }
  }

  /**
   * Reads {@code host} or {@code host:port}, IPv6 addresses in brackets.
   *
   * @throws Malformed for anything more or less, such as a scheme or a path
   */
  public static Registry parse(String text) {
    try {
      return read(text);
    } catch (Malformed fault) {
      throw new Malformed(fault.what(), text, fault.position(), Nearest.registry(text));
    }
  }

  /** The same without a thought for the nearest right form. */
  static Registry read(String text) {
    Reference.checkCharacters(text, "the registry");
    var slash = text.indexOf('/');
    if (slash >= 0) {
      throw Grammar.fault("a registry is a host, or host:port, without a path", text, slash);
    }
    var hostEnd = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
    if (hostEnd <= 0 || hostEnd >= text.length() || text.charAt(hostEnd) != ':') {
      return new Registry(hostEnd == 0 ? refuseEmpty(text) : text, Optional.empty());
    }
    var host = text.substring(0, hostEnd);
    if (!text.startsWith("[") && text.indexOf(':', hostEnd + 1) >= 0) {
      throw Grammar.fault("an IPv6 address stands in brackets", text, 0);
    }
    return new Registry(host, Optional.of(readPort(text, hostEnd + 1)));
  }

  private static String refuseEmpty(String text) {
    if (text.startsWith(":")) {
      throw Grammar.fault("the registry's host is empty", text, 0);
    }
    return text;
  }

  private static int readPort(String text, int from) {
    if (from == text.length()) {
      throw Grammar.fault("no port follows the colon", text, from - 1);
    }
    var port = 0;
    for (int i = from; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c < '0' || c > '9') {
        throw Grammar.fault("'" + text.substring(from) + "' is no port number", text, i);
      }
      port = Math.min(port * 10 + (c - '0'), LARGEST_PORT + 1);
    }
    if (port < 1 || port > LARGEST_PORT) {
      throw Grammar.fault("a port is a number from 1 to 65535", text, from);
    }
    return port;
  }

  /** Whether the host is this machine: localhost, 127.0.0.0/8 or [::1]. */
  public boolean loopback() {
    return host.toLowerCase(Locale.ROOT).equals("localhost")
        || host.equals("[::1]")
        || host.equals("[0:0:0:0:0:0:0:1]")
        || (host.startsWith("127.") && host.chars().allMatch(c -> c == '.' || c <= '9'));
  }

  @Override
  public String toString() {
    return port.map(number -> host + ":" + number).orElse(host);
  }
}
