package dev.gantry.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The hosts that are spoken to directly: {@code *}, names with everything below them, addresses,
 * networks as {@code 10.0.0.0/8}, each with a port or without.
 */
public record NoProxy(List<String> entries, boolean loopback) {
  public NoProxy {
    entries = List.copyOf(entries);
  }

  /** Reads entries between commas or spaces. */
  public static NoProxy parse(String text) {
    var entries = new ArrayList<String>();
    for (var entry : text.split("[,\\s]+", -1)) {
      if (!entry.isEmpty()) {
        entries.add(entry.toLowerCase(Locale.ROOT));
      }
    }
    return new NoProxy(entries, false);
  }

  /** The same and everything of this machine. */
  NoProxy plusLoopback() {
    return new NoProxy(entries, true);
  }

  boolean holds(Origin origin) {
    var host = IpLiteral.bare(origin.host());
    var ip = IpLiteral.parse(host);
    if (loopback
        && (host.equals("localhost") || ip.map(InetAddress::isLoopbackAddress).orElse(false))) {
      return true;
    }
    return entries.stream().anyMatch(entry -> matches(entry, host, ip, origin.port()));
  }

  private static boolean matches(String entry, String host, Optional<InetAddress> ip, int port) {
    if (entry.equals("*")) {
      return true;
    }
    if (entry.indexOf('/') >= 0) {
      return ip.isPresent() && inNetwork(entry, ip.get());
    }
    int colon = entry.lastIndexOf(':');
    boolean hasPort =
        colon > entry.lastIndexOf(']')
            && colon == entry.indexOf(':', Math.max(0, entry.lastIndexOf(']')))
            && entry.substring(colon + 1).matches("[0-9]{1,5}");
    if (hasPort && Integer.parseInt(entry.substring(colon + 1)) != port) {
      return false;
    }
    var name = IpLiteral.bare(hasPort ? entry.substring(0, colon) : entry);
    if (ip.isPresent()) {
      return IpLiteral.parse(name).equals(ip);
    }
    var below = name.startsWith("*.") ? name.substring(1) : name;
    var bare = below.startsWith(".") ? below.substring(1) : below;
    return !bare.isEmpty() && (host.equals(bare) || host.endsWith('.' + bare));
  }

  private static boolean inNetwork(String entry, InetAddress ip) {
    int slash = entry.indexOf('/');
    var network = IpLiteral.parse(entry.substring(0, slash));
    var length = entry.substring(slash + 1);
    if (network.isEmpty() || !length.matches("[0-9]{1,3}")) {
      return false;
    }
    var a = network.get().getAddress();
    var b = ip.getAddress();
    int bits = Integer.parseInt(length);
    if (a.length != b.length || bits > a.length * 8) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      if (((a[i / 8] ^ b[i / 8]) >> (7 - i % 8) & 1) != 0) {
        return false;
      }
    }
    return true;
  }
}
