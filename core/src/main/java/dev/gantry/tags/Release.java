package dev.gantry.tags;

import dev.gantry.tags.grammar.JsText;
import dev.gantry.tags.grammar.Pep440;
import dev.gantry.tags.grammar.SemVer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A git tag read as a release in whatever form: semantic version, PEP 440, or any numbers with
 * points between them, with or without a {@code v}. Only to tell pre-releases from others, and
 * which of two is higher.
 *
 * @param pre whether it is not for everybody
 */
record Release(List<Double> numbers, boolean pre) implements Comparable<Release> {
  Release {
    numbers = List.copyOf(numbers);
  }

  static Optional<Release> of(String text) {
    var semver = SemVer.parse(text);
    if (semver.isPresent()) {
      var version = semver.get();
      return Optional.of(
          new Release(
              List.of((double) version.major(), (double) version.minor(), (double) version.patch()),
              !version.isStable()));
    }
    return Pep440.parse(text)
        .map(python -> new Release(python.release(), python.pre() || python.dev()))
        .or(() -> loose(text));
  }

  /** Numbers with points between them; anything behind them makes it a pre-release. */
  private static Optional<Release> loose(String text) {
    var numbers = new ArrayList<Double>();
    var at = text.startsWith("v") ? 1 : 0;
    while (at < text.length() && JsText.isDigit(text.charAt(at))) {
      var end = at;
      while (end < text.length() && JsText.isDigit(text.charAt(end))) {
        end++;
      }
      numbers.add(Double.valueOf(text.substring(at, end)));
      at = text.startsWith(".", end) ? end + 1 : end;
    }
    return numbers.isEmpty()
        ? Optional.empty()
        : Optional.of(new Release(numbers, at < text.length()));
  }

  /** Order by the numbers, a missing one being 0; a pre-release comes before its release. */
  @Override
  public int compareTo(Release other) {
    for (var i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
      var order = Double.compare(at(i), other.at(i));
      if (order != 0) {
        return order;
      }
    }
    return Boolean.compare(other.pre, pre);
  }

  private double at(int place) {
    return place < numbers.size() ? numbers.get(place) : 0;
  }
}
