package dev.gantry.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which proxy a request goes through.
 *
 * @param plain for {@code http} URIs
 * @param secure for {@code https} URIs
 * @param except what goes directly
 */
public record Proxies(Optional<Proxy> plain, Optional<Proxy> secure, NoProxy except) {
  /** Everything goes directly. */
  public static final Proxies NONE =
      new Proxies(Optional.empty(), Optional.empty(), NoProxy.parse(""));

  /** Everything goes through this one, the loopback address too. */
  public static Proxies all(Proxy proxy) {
    return new Proxies(Optional.of(proxy), Optional.of(proxy), NoProxy.parse(""));
  }

  /**
   * By the usual variables: {@code https_proxy}, {@code http_proxy}, {@code all_proxy} and {@code
   * no_proxy}, each before its upper-case form. {@code HTTP_PROXY} is not read where {@code
   * REQUEST_METHOD} is set: in a CGI program it is whatever a request's {@code Proxy} header says.
   * The loopback address always goes directly, as with Docker and every other program in Go.
   *
   * @throws IllegalArgumentException when a variable names no proxy that can be used
   */
  public static Proxies from(Map<String, String> environment) {
    var http =
        environment.containsKey("REQUEST_METHOD")
            ? value(environment, "http_proxy")
            : either(environment, "http_proxy");
    var all = either(environment, "all_proxy");
    var except = NoProxy.parse(either(environment, "no_proxy").orElse("")).plusLoopback();
    return new Proxies(
        http.or(() -> all).map(Proxy::parse),
        either(environment, "https_proxy").or(() -> all).map(Proxy::parse),
        except);
  }

  Optional<Proxy> of(Origin origin) {
    return except.holds(origin) ? Optional.empty() : origin.secure() ? secure : plain;
  }

  private static Optional<String> either(Map<String, String> environment, String name) {
    return value(environment, name).or(() -> value(environment, name.toUpperCase(Locale.ROOT)));
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }
}
