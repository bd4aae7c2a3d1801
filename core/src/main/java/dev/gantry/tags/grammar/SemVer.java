package dev.gantry.tags.grammar;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A version by semver.org 2.0.0, as node-semver reads it strictly: an optional lower case {@code
 * v}, three numbers up to 2^53-1, at most 256 characters, blanks around it allowed.
 *
 * @param raw the text as it was given
 * @param prerelease the identifiers behind the hyphen
 * @param build the identifiers behind the plus sign; of no weight in the order
 */
public record SemVer(
    String raw, long major, long minor, long patch, List<String> prerelease, List<String> build)
    implements Comparable<SemVer> {
  private static final int LONGEST = 256;
  private static final long LARGEST = (1L << 53) - 1;

  public SemVer {
    prerelease = List.copyOf(prerelease);
    build = List.copyOf(build);
  }

  /** Reads a version; empty for what is none. */
  public static Optional<SemVer> parse(String raw) {
    if (raw.length() > LONGEST) {
      return Optional.empty();
    }
    var text = JsText.trim(raw);
    if (text.startsWith("v")) {
      text = text.substring(1);
    }
    var plus = text.indexOf('+');
    var build = plus < 0 ? List.<String>of() : identifiers(text.substring(plus + 1));
    var front = plus < 0 ? text : text.substring(0, plus);
    var hyphen = front.indexOf('-');
    var prerelease = hyphen < 0 ? List.<String>of() : identifiers(front.substring(hyphen + 1));
    var numbers = (hyphen < 0 ? front : front.substring(0, hyphen)).split("\\.", -1);
    if (numbers.length != 3
        || (plus >= 0 && !build.stream().allMatch(SemVer::isIdentifier))
        || (hyphen >= 0 && !prerelease.stream().allMatch(SemVer::isPrerelease))) {
      return Optional.empty();
    }
    var parsed = new ArrayList<Long>();
    for (var number : numbers) {
      if (!isNumber(number) || number.length() > 16 || Long.parseLong(number) > LARGEST) {
        return Optional.empty();
      }
      parsed.add(Long.valueOf(number));
    }
    return Optional.of(
        new SemVer(raw, parsed.get(0), parsed.get(1), parsed.get(2), prerelease, build));
  }

  private static List<String> identifiers(String text) {
    return List.of(text.split("\\.", -1));
  }

  private static boolean isIdentifier(String text) {
    return !text.isEmpty()
        && text.chars()
            .allMatch(c ->
                JsText.isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-');
  }

  private static boolean isPrerelease(String text) {
    return isIdentifier(text) && (!text.chars().allMatch(JsText::isDigit) || isNumber(text));
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.chars().allMatch(JsText::isDigit)
        && (text.length() == 1 || text.charAt(0) != '0');
  }

  /** The version without {@code v} and without build identifiers. */
  public String version() {
    var plain = major + "." + minor + "." + patch;
    return prerelease.isEmpty() ? plain : plain + "-" + String.join(".", prerelease);
  }

  public boolean isStable() {
    return prerelease.isEmpty();
  }

  /** Order by precedence (semver.org, 11). */
  @Override
  public int compareTo(SemVer other) {
    var numbers = Long.compare(major, other.major);
    numbers = numbers == 0 ? Long.compare(minor, other.minor) : numbers;
    numbers = numbers == 0 ? Long.compare(patch, other.patch) : numbers;
    if (numbers != 0) {
      return numbers;
    }
    if (prerelease.isEmpty() || other.prerelease.isEmpty()) {
      return Boolean.compare(prerelease.isEmpty(), other.prerelease.isEmpty());
    }
    for (var i = 0; i < Math.min(prerelease.size(), other.prerelease.size()); i++) {
      var order = order(prerelease.get(i), other.prerelease.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(prerelease.size(), other.prerelease.size());
  }

  private static int order(String one, String two) {
    if (isNumber(one) && isNumber(two)) {
      return new BigInteger(one).compareTo(new BigInteger(two));
    }
    if (isNumber(one) != isNumber(two)) {
      return isNumber(one) ? -1 : 1;
    }
    return one.compareTo(two);
  }
}
