package dev.gantry.explain.phrase;

import dev.gantry.oci.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A text with bounded gaps that is looked for anywhere in a line. In its notation {@code (a|b)} is
 * a choice, {@code *} at most 60 characters, {@code **} at most 400, {@code #} a run of digits, ^ a
 * place where a word begins or ends; all else stands for itself, in lower case.
 *
 * <p>There is no repetition of a group: a set of reached places moves from part to part, so the
 * steps are bounded by parts times line length, whatever the line holds.
 */
public final class Phrase {
  private static final int SHORT_GAP = 60;
  private static final int LONG_GAP = 400;

  /** A needle must have this many bytes to be worth looking for. */
  private static final int NEEDLE = 3;

  private static final int MOST_NEEDLES = 64;
  private static final int GROUPS = 3;

  /** Words of which any build prints thousands: a line is not worth a look for them. */
  private static final Set<String> EVERYDAY =
      Set.of(
          "not",
          "over",
          "plan",
          "image",
          "error",
          "failed",
          "file",
          "missing",
          "deprecated",
          "pushing",
          "variable",
          "warning",
          "is not",
          "not supported",
          "version",
          "test",
          "build",
          "package",
          "module",
          "source",
          "path",
          "invalid",
          "unknown",
          "unused",
          "required");

  private final String source;
  private final List<Part> parts;
  private final List<List<String>> needles;

  private Phrase(String source, List<Part> parts) {
    this.source = source;
    this.parts = List.copyOf(parts);
    this.needles = needles(this.parts);
    if (needles.isEmpty()) {
      throw new Malformed("a phrase needs a text of three letters in every choice", source);
    }
  }

  private sealed interface Part {
    record Text(String text) implements Part {}

    record Choice(List<List<Part>> ways) implements Part {}

    record Gap(int most) implements Part {}

    record Digits() implements Part {}

    record Edge() implements Part {}
  }

  /** What a search gave: whether the phrase is there, and the steps it took to know. */
  public record Search(boolean found, long steps) {}

  /**
   * Reads the notation.
   *
   * @throws Malformed if a choice is not closed, or a text could never stand in a {@link Plain} one
   */
  public static Phrase of(String source) {
    var reading = new Reading(source);
    var parts = reading.sequence();
    if (reading.at < source.length()) {
      throw new Malformed("a choice is closed that was not opened", source);
    }
    return new Phrase(source, parts);
  }

  /** The notation while it is read. */
  private static final class Reading {
    private final String source;
    private int at;

    Reading(String source) {
      this.source = source;
    }

    List<Part> sequence() {
      var parts = new ArrayList<Part>();
      while (at < source.length() && "|)".indexOf(source.charAt(at)) < 0) {
        parts.add(part());
      }
      return parts;
    }

    private Part part() {
      var c = source.charAt(at);
      if ("(*#^".indexOf(c) < 0) {
        return text();
      }
      at++;
      return switch (c) {
        case '(' -> choice();
        case '#' -> new Part.Digits();
        case '^' -> new Part.Edge();
        default -> {
          var wide = source.startsWith("*", at);
          at += wide ? 1 : 0;
          yield new Part.Gap(wide ? LONG_GAP : SHORT_GAP);
        }
      };
    }

    private Part choice() {
      var ways = new ArrayList<List<Part>>();
      ways.add(sequence());
      while (source.startsWith("|", at)) {
        at++;
        ways.add(sequence());
      }
      if (!source.startsWith(")", at)) {
        throw new Malformed("a choice is not closed", source);
      }
      at++;
      return new Part.Choice(ways);
    }

    private Part text() {
      var from = at;
      while (at < source.length() && "(*#^|)".indexOf(source.charAt(at)) < 0) {
        var c = source.charAt(at++);
        if (Plain.dropped(c) || Character.isUpperCase(c)) {
          throw new Malformed("a phrase has capitals, quotes or backslashes", source);
        }
      }
      return new Part.Text(source.substring(from, at));
    }
  }

  /**
   * Groups of texts: of each group one text stands in every line that has the phrase. At most
   * three, the most telling ones first.
   */
  public List<List<String>> needles() {
    return needles;
  }

  /** Of each stretch without a gap the texts, if they are long and few enough. */
  private static List<List<String>> needles(List<Part> parts) {
    var groups = new ArrayList<List<String>>();
    List<String> open = List.of();
    var stretch = new ArrayList<Part>();
    for (var part : parts) {
      stretch.add(part);
      var texts = texts(stretch);
      if (texts.isEmpty()) {
        groups.add(open);
        open = List.of();
        stretch.clear();
        texts = texts(List.of(part));
        texts.ifPresent(_ -> stretch.add(part));
      }
      open = better(open, texts.orElse(List.of()));
      groups.add(better(List.of(), inside(part)));
    }
    groups.add(open);
    return groups.stream()
        .filter(group -> !group.isEmpty())
        .sorted(Comparator.comparingInt(Phrase::worth).reversed())
        .limit(GROUPS)
        .toList();
  }

  /** Every text that the parts can be; empty if they have a gap or can be too many. */
  private static Optional<List<String>> texts(List<Part> parts) {
    var all = List.of("");
    for (var part : parts) {
      var more = texts(part);
      if (more.isEmpty() || more.get().size() * all.size() > MOST_NEEDLES) {
        return Optional.empty();
      }
      var tails = more.get();
      all = all.stream().flatMap(head -> tails.stream().map(tail -> head + tail)).toList();
    }
    return Optional.of(all);
  }

  private static Optional<List<String>> texts(Part part) {
    return switch (part) {
      case Part.Text(var text) -> Optional.of(List.of(text));
      case Part.Choice(var ways) -> {
        var each = ways.stream().map(Phrase::texts).toList();
        yield each.stream().allMatch(Optional::isPresent)
            ? Optional.of(each.stream().flatMap(Optional::stream).flatMap(List::stream).toList())
            : Optional.empty();
      }
      case Part.Gap _, Part.Digits _, Part.Edge _ -> Optional.empty();
    };
  }

  /** One needle at least for every way of a choice. */
  private static List<String> inside(Part part) {
    if (!(part instanceof Part.Choice(var ways))) {
      return List.of();
    }
    var each = ways.stream().map(Phrase::needles).toList();
    return each.contains(List.<List<String>>of())
        ? List.of()
        : each.stream().flatMap(groups -> groups.getFirst().stream()).toList();
  }

  private static List<String> better(List<String> some, List<String> other) {
    var weak = other.isEmpty() || shortest(other) < NEEDLE;
    return weak || (!some.isEmpty() && worth(some) >= worth(other)) ? some : other;
  }

  private static int worth(List<String> texts) {
    var everyday = texts.stream().map(String::strip).filter(EVERYDAY::contains).count();
    return 2 * shortest(texts) - texts.size() - 8 * (int) everyday;
  }

  private static int bytes(String text) {
    return text.strip().getBytes(StandardCharsets.UTF_8).length;
  }

  private static int shortest(List<String> texts) {
    return texts.stream().mapToInt(Phrase::bytes).min().orElse(0);
  }

  /** Whether the line, already in the form of {@link Plain}, has the phrase. */
  public boolean in(String line) {
    return search(line).found();
  }

  /** The same, with the steps counted. */
  public Search search(String line) {
    var walk = new Walk(line);
    var everywhere = new BitSet(line.length() + 1);
    everywhere.set(0, line.length() + 1);
    return new Search(!walk.through(parts, everywhere).isEmpty(), walk.steps);
  }

  /** One search: the places reached, part by part. */
  private static final class Walk {
    private final String line;
    private long steps;

    Walk(String line) {
      this.line = line;
    }

    BitSet through(List<Part> parts, BitSet from) {
      var reached = from;
      for (var part : parts) {
        if (reached.isEmpty()) {
          return reached;
        }
        reached = through(part, reached);
      }
      return reached;
    }

    private BitSet through(Part part, BitSet from) {
      steps += line.length() + 1L;
      return switch (part) {
        case Part.Text(var text) -> text(text, from);
        case Part.Choice(var ways) -> {
          var all = new BitSet();
          ways.forEach(way -> all.or(through(way, from)));
          yield all;
        }
        case Part.Gap(var most) -> gap(most, from);
        case Part.Digits _ -> digits(from);
        case Part.Edge _ -> edges(from);
      };
    }

    private BitSet text(String text, BitSet from) {
      var next = new BitSet();
      for (var at = line.indexOf(text); at >= 0; at = line.indexOf(text, at + 1)) {
        if (from.get(at)) {
          next.set(at + text.length());
        }
      }
      return next;
    }

    private BitSet gap(int most, BitSet from) {
      var next = new BitSet();
      var done = 0;
      for (var at = from.nextSetBit(0); at >= 0; at = from.nextSetBit(at + 1)) {
        var end = Math.min(line.length(), at + most) + 1;
        next.set(Math.max(at, done), Math.max(end, done));
        done = Math.max(done, end);
      }
      return next;
    }

    private BitSet digits(BitSet from) {
      var next = new BitSet();
      var active = false;
      for (var at = 0; at < line.length(); at++) {
        active = (active || from.get(at)) && Character.isDigit(line.charAt(at));
        if (active) {
          next.set(at + 1);
        }
      }
      return next;
    }

    private BitSet edges(BitSet from) {
      var next = new BitSet();
      from.stream().filter(at -> word(at - 1) != word(at)).forEach(next::set);
      return next;
    }

    private boolean word(int at) {
      return at >= 0 && at < line.length() && Character.isLetterOrDigit(line.charAt(at));
    }
  }

  @Override
  public String toString() {
    return source;
  }
}
