package dev.gantry.wire;

import dev.gantry.http.Body;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The secrets that went out with one call, and the looks of those that may come back; it takes them
 * out of any text. What is taken out is shown as {@code ***}.
 */
final class Secrets {
  private static final String GONE = "***";

  /** Shorter texts stand in so many words that taking them out would tell more than it hides. */
  private static final int SHORTEST = 3;

  /** Names of query parameters, form fields and JSON members whose values are secrets. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?i).*(?:token|secret|passw|signature|credential|api_?key|accesskey|session_?key).*"
              + "|sig|key|auth|authorization|code|jwt|pwd|policy|key-pair-id");

  private static final Pattern PARAMETER =
      Pattern.compile("([?&;]|^)([A-Za-z0-9_.%-]+)=([^&;#\\s\"'<>,]+)");
  private static final Pattern USERINFO =
      Pattern.compile("(?i)(\\b[a-z][a-z0-9+.-]*://)[^/?#\\s\"'<>@]+@");
  private static final Pattern SCHEME =
      Pattern.compile("(?i)\\b(basic|bearer)\\s+([A-Za-z0-9+/_.~=-]{16,})");
  private static final Pattern MEMBER =
      Pattern.compile(
          "(?i)(\"(?:[a-z_-]*token|[a-z_-]*secret|password|passwd|identitytoken|auth)\"\\s*:\\s*\")"
              + "([^\"\\\\]|\\\\.)+\"");

  private final List<String> sent;

  private Secrets(List<String> sent) {
    this.sent = sent;
  }

  /** What this call carries in its Authorization and in a form body. */
  static Secrets of(Call call) {
    var sent = new ArrayList<String>();
    for (var value : call.headers().all("Authorization")) {
      var space = value.indexOf(' ');
      var credential = value.substring(space + 1).strip();
      sent.add(credential);
      if (space > 0 && value.substring(0, space).equalsIgnoreCase("basic")) {
        password(credential).ifPresent(sent::add);
      }
    }
    if (call.body() instanceof Body.Bytes(var bytes)
        && call.headers().first("Content-Type").orElse("").contains("form-urlencoded")) {
      for (var field : new String(bytes, StandardCharsets.UTF_8).split("&", -1)) {
        var equals = field.indexOf('=');
        if (equals > 0 && NAME.matcher(field.substring(0, equals)).matches()) {
          sent.add(field.substring(equals + 1));
          sent.add(URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
        }
      }
    }
    sent.removeIf(secret -> secret.length() < SHORTEST);
    sent.sort(Comparator.comparingInt(String::length).reversed());
    return new Secrets(List.copyOf(sent));
  }

  private static java.util.Optional<String> password(String credential) {
    try {
      var pair = new String(Base64.getDecoder().decode(credential), StandardCharsets.UTF_8);
      return java.util.Optional.of(pair.substring(pair.indexOf(':') + 1));
    } catch (IllegalArgumentException _) {
      return java.util.Optional.empty();
    }
  }

  /** The text without them. */
  String out(String text) {
    var clean = text;
    for (var secret : sent) {
      clean = clean.replace(secret, GONE);
    }
    clean = USERINFO.matcher(clean).replaceAll("$1");
    clean = SCHEME.matcher(clean).replaceAll("$1 " + GONE.replace("$", "\\$"));
    clean = MEMBER.matcher(clean).replaceAll("$1" + GONE + "\"");
    return PARAMETER
        .matcher(clean)
        .replaceAll(found ->
            NAME.matcher(found.group(2).toLowerCase(Locale.ROOT)).matches()
                ? java.util.regex.Matcher.quoteReplacement(
                    found.group(1) + found.group(2) + "=" + GONE)
                : java.util.regex.Matcher.quoteReplacement(found.group()));
  }

  /** The address without them: no user information, no secret parameter, no fragment. */
  URI out(URI url) {
    var text = url.toString();
    var fragment = text.indexOf('#');
    var whole = fragment < 0 ? text : text.substring(0, fragment);
    var query = whole.indexOf('?');
    var place = USERINFO.matcher(query < 0 ? whole : whole.substring(0, query)).replaceAll("$1");
    return URI.create(query < 0 ? place : place + out(whole.substring(query)));
  }
}
