package dev.gantry.tags.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version by PEP 440 (packaging.python.org, version specifiers), as @renovate/pep440 reads it:
 * any case, leading zeros and separators, but no blanks around it.
 *
 * @param raw the text as it was given
 * @param version the normal form; a local part's pieces are joined by commas, as that library does
 * @param release the numbers
 */
public record Pep440(
    String raw, String version, List<Double> release, boolean pre, boolean post, boolean dev) {
  private static final Pattern VERSION =
      Pattern.compile(
          "v?(?:(?<epoch>[0-9]+)!)?(?<release>[0-9]+(?:\\.[0-9]+)*)"
              + "(?<pre>[-_.]?(?<preL>a|b|c|rc|alpha|beta|pre|preview)[-_.]?(?<preN>[0-9]+)?)?"
              + "(?<post>-(?<postN1>[0-9]+)|[-_.]?(?<postL>post|rev|r)[-_.]?(?<postN2>[0-9]+)?)?"
              + "(?<dev>[-_.]?dev[-_.]?(?<devN>[0-9]+)?)?"
              + "(?:\\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?",
          Pattern.CASE_INSENSITIVE);

  public Pep440 {
    release = List.copyOf(release);
  }

  /** Reads a version; empty for what is none. */
  public static Optional<Pep440> parse(String raw) {
    var match = VERSION.matcher(raw);
    if (!match.matches()) {
      return Optional.empty();
    }
    var release = new ArrayList<Double>();
    for (var part : match.group("release").split("\\.", -1)) {
      release.add(number(part));
    }
    var pre = match.group("pre") != null;
    var post = match.group("post") != null;
    var dev = match.group("dev") != null;
    return Optional.of(new Pep440(raw, normal(match, release), release, pre, post, dev));
  }

  private static String normal(Matcher match, List<Double> release) {
    var text = new StringBuilder();
    var epoch = number(Optional.ofNullable(match.group("epoch")).orElse("0"));
    if (epoch != 0) {
      text.append(JsText.number(epoch)).append('!');
    }
    text.append(String.join(".", release.stream().map(JsText::number).toList()));
    Optional.ofNullable(match.group("preL"))
        .ifPresent(letter -> text.append(letter(letter)).append(count(match.group("preN"))));
    if (match.group("post") != null) {
      var number = Optional.ofNullable(match.group("postN1")).orElse(match.group("postN2"));
      text.append(".post").append(count(number));
    }
    if (match.group("dev") != null) {
      text.append(".dev").append(count(match.group("devN")));
    }
    Optional.ofNullable(match.group("local"))
        .ifPresent(local -> text.append('+').append(local(local)));
    return text.toString();
  }

  private static String letter(String written) {
    return switch (written.toLowerCase(Locale.ROOT)) {
      case "alpha", "a" -> "a";
      case "beta", "b" -> "b";
      default -> "rc";
    };
  }

  private static String local(String written) {
    var parts = new ArrayList<String>();
    for (var part : written.split("[._-]", -1)) {
      parts.add(JsText.number(part).map(JsText::number).orElse(part.toLowerCase(Locale.ROOT)));
    }
    return String.join(",", parts);
  }

  private static String count(@org.jspecify.annotations.Nullable String digits) {
    return digits == null ? "0" : JsText.number(number(digits));
  }

  private static double number(String digits) {
    return Double.parseDouble(digits);
  }

  /** The number at a place; 0 where the version has none. */
  public double part(int place) {
    return place < release.size() ? release.get(place) : 0;
  }

  /** Whether it is neither a pre-, nor a post-, nor a development release. */
  public boolean isFinal() {
    return !pre && !post && !dev;
  }
}
