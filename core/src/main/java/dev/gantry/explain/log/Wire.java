package dev.gantry.explain.log;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a line says of the connection under a request: which address was dialled, whether that is
 * where the push went, and whether a proxy refused in the registry's place.
 */
final class Wire {
  private static final Pattern DIAL =
      Pattern.compile(
          "dial (?:tcp|udp)[46]? (\\[[0-9a-fA-F:%.]{2,60}]|[A-Za-z0-9_.-]{1,255}):(\\d{1,5})");
  private static final Pattern LOOKUP =
      Pattern.compile("lookup ([A-Za-z0-9_.-]{1,255})(:\\d{1,5})?(?: on |: )");

  /**
   * Go's net/http gives the bare reason of the answer to CONNECT as the error, with capitals as RFC
   * 9110 has them; a registry's own answer comes with its number.
   */
  private static final Pattern TUNNEL =
      Pattern.compile(
          "(?i:get|head|post|put|patch|delete) \\W{0,3}https ?:[/"
              + " ]{1,4}[^\\s\"\\\\]{1,2000}[\\\\\"]{0,4}: ([A-Z][a-z]{1,20}(?:["
              + " -]?[A-Z][a-z]{1,20}){0,4})\\W{0,6}$");

  private static final Pattern PRIVATE =
      Pattern.compile(
          "(?:10|192\\.168|172\\.(?:1[6-9]|2\\d|3[01])|169\\.254)\\..{3,12}|\\[f[cd].{2,60}");
  private static final Pattern LOOPBACK =
      Pattern.compile("127\\..{5,11}|\\[::1]|localhost|0\\.0\\.0\\.0");
  private static final List<String> INNER_ENDS =
      List.of(".local", ".internal", ".svc", ".lan", ".localdomain", ".intranet");

  private static final List<String> ASKED =
      List.of("get http", "put http", "post http", "head http", "patch http", "delete http");

  private Wire() {}

  /** Adds what the text says; the requests in it must have been found. */
  static void find(String text, String plain, Facts facts) {
    if (plain.contains("dial ")) {
      var dial = DIAL.matcher(text);
      if (dial.find()) {
        facts.add("dialled", kind(dial.group(1).toLowerCase(Locale.ROOT)));
        facts.add("dial-port", dial.group(2));
      }
    }
    if (plain.contains("lookup ")) {
      var lookup = LOOKUP.matcher(text);
      if (lookup.find()) {
        facts.add("looked-up", lookedUp(lookup.group(1), lookup.group(2) != null));
      }
    }
    if (plain.equals("eof")) {
      facts.add(
          "alone", "eof"); // all that docker says of a connection that ended; or a heredoc's end
    }
    if (ASKED.stream().anyMatch(plain::contains)) {
      var tunnel = TUNNEL.matcher(text);
      if (tunnel.find()) {
        facts.add("tunnel", tunnel.group(1).toLowerCase(Locale.ROOT));
      }
    }
  }

  private static String lookedUp(String name, boolean port) {
    if (port) {
      return "port"; // two ports were written behind the host, and one stays with the name
    }
    return name.startsWith("http") && name.length() < 6 ? "scheme" : kind(name);
  }

  /**
   * The kind of an address: loopback, private (or a name that only a private network knows),
   * public.
   */
  private static String kind(String address) {
    if (LOOPBACK.matcher(address).matches()) {
      return "loopback";
    }
    var bare = address.indexOf('.') < 0 && address.indexOf(':') < 0;
    return bare
            || PRIVATE.matcher(address).matches()
            || INNER_ENDS.stream().anyMatch(address::endsWith)
        ? "private"
        : "public";
  }

  /**
   * Adds {@code led=elsewhere} when an upload goes to another address than the reference's: the
   * client follows the Location that the registry gave; {@code led=realm} when tokens are asked for
   * at an address that only the registry's own network knows.
   */
  static void led(Facts own, Facts around) {
    var pushed = around.first("ref").or(() -> own.first("ref")).flatMap(Wire::host);
    var urls = own.all("host");
    if (own.has("endpoint", "token") && !urls.isEmpty()) {
      var outer = urls.size() > 1 ? urls.stream().findFirst() : pushed;
      var realm = urls.stream().reduce((_, last) -> last).orElse("");
      if (outer.filter(asked -> inner(asked, realm) || portLost(asked, realm, own)).isPresent()) {
        own.add("led", "realm");
      }
      return;
    }
    if (pushed.isEmpty() || Hosts.ofProvider(pushed.get())) {
      return;
    }
    var upload =
        urls.size() == 1
            && (own.has("endpoint", "upload")
                || (own.has("endpoint", "v1") && own.has("method", "PUT")));
    var other =
        upload && urls.stream().noneMatch(url -> same(url, pushed.get()) || Hosts.ofProvider(url));
    var dialled = own.first("dial-port").filter(_ -> upload || urls.isEmpty());
    var inward = own.has("dialled", "loopback") && !kind(portless(pushed.get())).equals("loopback");
    if (other
        || (inward && dialled.isPresent())
        || dialled.filter(port -> !ports(pushed.get()).contains(port)).isPresent()) {
      own.add("led", "elsewhere");
    }
  }

  /** Whether the realm is an address of the registry's own network, and the one asked is not. */
  private static boolean inner(String asked, String realm) {
    var kind = kind(portless(realm));
    return !same(asked, realm)
        && !kind.equals("public")
        && !(kind.equals(kind(portless(asked))) && realm.contains("."));
  }

  /** Whether the realm is the same host without its port; GitLab's really lives elsewhere. */
  private static boolean portLost(String asked, String realm, Facts own) {
    return portless(asked).equals(portless(realm))
        && !same(asked, realm)
        && own.all("url").stream().noneMatch(url -> url.contains("/jwt/auth"));
  }

  private static boolean same(String one, String other) {
    return portless(one).equals(portless(other))
        && ports(one).stream().anyMatch(ports(other)::contains);
  }

  private static Set<String> ports(String host) {
    var colon = host.lastIndexOf(':');
    return colon < 0 ? Set.of("443", "80") : Set.of(host.substring(colon + 1));
  }

  private static String portless(String host) {
    var colon = host.lastIndexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }

  /** The host of a reference; empty when it names none or a mask. */
  private static Optional<String> host(String reference) {
    var bare = reference.replaceFirst("^docker://", "");
    var slash = bare.indexOf('/');
    return slash > 0 && References.isHost(bare.substring(0, slash)) && !bare.startsWith("*")
        ? Optional.of(bare.substring(0, slash).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }
}
