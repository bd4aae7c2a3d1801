package dev.gantry.explain.phrase;

import dev.gantry.oci.Malformed;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A text with bounded gaps that is looked for anywhere in a line. In its notation {@code (a|b)} is
 * a choice, {@code *} at most 60 characters, {@code **} at most 400, {@code #} a run of digits, ^ a
 * place where a word begins or ends, {@code \} takes the next character as it is; all else stands
 * for itself, in lower case.
 *
 * <p>There is no repetition inside a repetition: the set of positions reached moves from part to
 * part, so the steps are bounded by parts times line length times choices, whatever the line holds.
 */
public final class Phrase {
  private static final int SHORT_GAP = 60;
  private static final int LONG_GAP = 400;

  private final String source;
  private final List<Part> parts;

  private Phrase(String source, List<Part> parts) {
    this.source = source;
    this.parts = List.copyOf(parts);
  }

  private sealed interface Part {
    record Choice(List<String> texts) implements Part {}

    record Gap(int most) implements Part {}

    record Digits() implements Part {}

    record Edge() implements Part {}
  }

  /** What a search gave: whether the phrase is there, and the steps it took to know. */
  public record Search(boolean found, long steps) {}

  /**
   * Reads the notation.
   *
   * @throws Malformed if a choice is not closed or the phrase has no text to look for
   */
  public static Phrase of(String source) {
    var parts = new ArrayList<Part>();
    var text = new StringBuilder();
    var at = 0;
    while (at < source.length()) {
      at = part(source, at, text, parts);
    }
    flush(text, parts);
    for (var part : parts) {
      if (part instanceof Part.Choice(var texts) && !texts.stream().allMatch(Phrase::plain)) {
        throw new Malformed("a phrase has capitals, quotes or backslashes", source);
      }
    }
    var phrase = new Phrase(source, parts);
    if (phrase.needles().isEmpty()) {
      throw new Malformed("a phrase needs a text of three letters in every choice", source);
    }
    return phrase;
  }

  /** Reads one sign of the notation; returns the place behind it. */
  private static int part(String source, int at, StringBuilder text, List<Part> parts) {
    var c = source.charAt(at);
    if (c == '\\' && at + 1 < source.length()) {
      text.append(source.charAt(at + 1));
      return at + 2;
    }
    if ("(*#^".indexOf(c) < 0) {
      text.append(c);
      return at + 1;
    }
    flush(text, parts);
    if (c == '(') {
      var end = source.indexOf(')', at);
      if (end < 0) {
        throw new Malformed("a choice is not closed", source);
      }
      parts.add(new Part.Choice(List.of(source.substring(at + 1, end).split("\\|", -1))));
      return end + 1;
    }
    if (source.startsWith("**", at)) {
      parts.add(new Part.Gap(LONG_GAP));
      return at + 2;
    }
    parts.add(c == '*' ? new Part.Gap(SHORT_GAP) : c == '#' ? new Part.Digits() : new Part.Edge());
    return at + 1;
  }

  private static void flush(StringBuilder text, List<Part> parts) {
    if (!text.isEmpty()) {
      parts.add(new Part.Choice(List.of(text.toString())));
      text.setLength(0);
    }
  }

  /** Texts of which one stands in every line that has the phrase; the most telling part. */
  public List<String> needles() {
    return parts.stream()
        .filter(Part.Choice.class::isInstance)
        .map(part -> ((Part.Choice) part).texts())
        .filter(texts -> shortest(texts) >= 3)
        .max(Comparator.comparingInt(Phrase::shortest))
        .orElse(List.of());
  }

  private static boolean plain(String text) {
    return text.chars().noneMatch(c -> Plain.dropped(c) || Character.isUpperCase(c));
  }

  private static int shortest(List<String> texts) {
    return texts.stream().mapToInt(String::length).min().orElse(0);
  }

  /** Whether the line, already in the form of {@link Plain}, has the phrase. */
  public boolean in(String line) {
    return search(line).found();
  }

  /** The same, with the steps counted. */
  public Search search(String line) {
    var steps = 0L;
    Optional<BitSet> reached = Optional.empty();
    for (var part : parts) {
      var from = reached;
      var next = new BitSet(line.length() + 1);
      switch (part) {
        case Part.Choice(var texts) -> {
          for (var text : texts) {
            steps += from.isPresent() ? from.get().cardinality() : line.length();
            choose(line, text, from, next);
          }
        }
        case Part.Gap(var most) -> {
          steps += line.length();
          widen(from.orElseGet(() -> everywhere(line)), most, line.length(), next);
        }
        case Part.Digits _ -> {
          steps += line.length();
          digits(line, from.orElseGet(() -> everywhere(line)), next);
        }
        case Part.Edge _ -> {
          steps += line.length();
          from.orElseGet(() -> everywhere(line)).stream()
              .filter(at -> edge(line, at))
              .forEach(next::set);
        }
      }
      if (next.isEmpty()) {
        return new Search(false, steps);
      }
      reached = Optional.of(next);
    }
    return new Search(true, steps);
  }

  private static BitSet everywhere(String line) {
    var all = new BitSet(line.length() + 1);
    all.set(0, line.length() + 1);
    return all;
  }

  private static void choose(String line, String text, Optional<BitSet> from, BitSet next) {
    if (from.isEmpty()) {
      for (var at = line.indexOf(text); at >= 0; at = line.indexOf(text, at + 1)) {
        next.set(at + text.length());
      }
      return;
    }
    var starts = from.get();
    for (var at = starts.nextSetBit(0); at >= 0; at = starts.nextSetBit(at + 1)) {
      if (line.startsWith(text, at)) {
        next.set(at + text.length());
      }
    }
  }

  private static void widen(BitSet from, int most, int length, BitSet next) {
    var done = 0;
    for (var at = from.nextSetBit(0); at >= 0; at = from.nextSetBit(at + 1)) {
      var end = Math.min(length, at + most) + 1;
      next.set(Math.max(at, done), Math.max(end, done));
      done = Math.max(done, end);
    }
  }

  private static void digits(String line, BitSet from, BitSet next) {
    var active = false;
    for (var at = 0; at < line.length(); at++) {
      active = (active || from.get(at)) && Character.isDigit(line.charAt(at));
      if (active) {
        next.set(at + 1);
      }
    }
  }

  private static boolean edge(String line, int at) {
    return word(line, at - 1) != word(line, at);
  }

  private static boolean word(String line, int at) {
    return at >= 0 && at < line.length() && Character.isLetterOrDigit(line.charAt(at));
  }

  @Override
  public String toString() {
    return source;
  }
}
