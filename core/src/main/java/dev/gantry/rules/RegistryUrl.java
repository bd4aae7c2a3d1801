package dev.gantry.rules;

import dev.gantry.oci.Malformed;
import dev.gantry.oci.Registry;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** The address of a registry as people write it: scheme or none, host, port, slashes behind. */
record RegistryUrl(Registry registry, boolean plainHttp) {
  /** What stands for an address that could not be read; the file is refused then. */
  private static final RegistryUrl NONE =
      new RegistryUrl(new Registry("registry.invalid", Optional.empty()), false);

  /** What registries of old had behind their host. */
  private static final Pattern OLD_PATH = Pattern.compile("/v[12]$");

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  static RegistryUrl read(YamlMap map, YamlFaults faults, Book book) {
    var text = map.need("url", "https://harbor.example:10443");
    return text.map(url -> read(url, map.node("url").orElseThrow(), faults, book)).orElse(NONE);
  }

  private static RegistryUrl read(String url, Node at, YamlFaults faults, Book book) {
    var scheme = url.indexOf("://");
    var name = scheme < 0 ? "https" : url.substring(0, scheme).toLowerCase(Locale.ROOT);
    if (!name.equals("https") && !name.equals("http")) {
      faults.add(at, "a registry has no scheme '" + name + "'", "write https:// or http://");
      return NONE;
    }
    var rest = scheme < 0 ? url : url.substring(scheme + 3);
    if (rest.indexOf('@') >= 0) {
      faults.add(
          at,
          "a user or password does not belong into an address",
          "take it out, run 'gantry login', or name its place under 'credentials'");
      return NONE;
    }
    var host = OLD_PATH.matcher(rest.replaceFirst("/+$", "")).replaceFirst("");
    if (host.indexOf('/') >= 0) {
      faults.add(
          at,
          "a registry's address has no path, and here is '"
              + host.substring(host.indexOf('/'))
              + "'",
          "write it as the path of a project under 'projects'");
      return NONE;
    }
    try {
      var registry = plain(Registry.parse(host.toLowerCase(Locale.ROOT)), name.equals("http"));
      var instead = book.host(registry).flatMap(Book.Host::instead);
      return new RegistryUrl(instead.map(Registry::parse).orElse(registry), name.equals("http"));
    } catch (Malformed fault) {
      faults.add(at, fault.what(), fault.nearest().map(to -> "write " + to).orElse("write HOST"));
      return NONE;
    }
  }

  /** Without the port that its scheme has anyway. */
  private static Registry plain(Registry registry, boolean plainHttp) {
    var usual = plainHttp ? HTTP : HTTPS;
    return registry
            .port()
            .filter(port -> port == usual && registry.host().indexOf('.') > 0)
            .isEmpty()
        ? registry
        : new Registry(registry.host(), Optional.empty());
  }
}
