package dev.gantry.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text measured in the columns of a terminal, where Chinese takes two a character. */
final class Columns {
  /** Wide and full width by Unicode TR 11, as far as our texts and names use them. */
  private static final int[][] WIDE = {
    {0x1100, 0x115F},
    {0x2E80, 0xA4CF},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6},
    {0x1F300, 0x1FAFF},
    {0x20000, 0x3FFFD}
  };

  /** What may not begin a line, and what may not end one (GB/T 15834, kinsoku). */
  private static final String CLOSING = "，。、；：？！）】》」』”’…—,.;:?!)]}";

  private static final String OPENING = "（【《「『“‘([{";

  private Columns() {}

  /** How many columns the text takes. */
  static int width(String text) {
    return text.codePoints().map(c -> wide(c) ? 2 : 1).sum();
  }

  private static boolean wide(int c) {
    for (var range : WIDE) {
      if (c >= range[0] && c <= range[1]) {
        return true;
      }
    }
    return false;
  }

  /** The text with spaces behind it up to a width. */
  static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - width(text)));
  }

  /** The text cut to a width, with an ellipsis where something is missing. */
  static String cut(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    var kept = new StringBuilder();
    int used = 1;
    for (int c : text.codePoints().toArray()) {
      used += wide(c) ? 2 : 1;
      if (used > width) {
        break;
      }
      kept.appendCodePoint(c);
    }
    return kept.append('…').toString();
  }

  /** The text in lines of at most a width; Chinese breaks anywhere, other words at spaces. */
  static List<String> wrapped(String text, int width) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var word : words(text)) {
      if (width(line + word.stripTrailing()) > width && !line.isEmpty()) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? word.stripLeading() : word);
    }
    if (!line.toString().isBlank()) {
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /** The pieces between which a line may break. */
  private static List<String> words(String text) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          if (word.isEmpty() && !words.isEmpty() && clings(c, words.getLast())) {
            words.set(words.size() - 1, words.getLast() + Character.toString(c));
            return;
          }
          word.appendCodePoint(c);
          if (c == ' ' || (wide(c) && OPENING.indexOf(c) < 0)) {
            words.add(word.toString());
            word.setLength(0);
          }
        });
    words.add(word.toString());
    return words;
  }

  private static boolean clings(int c, String before) {
    return CLOSING.indexOf(c) >= 0 && !before.endsWith(" ");
  }

  /** A number of bytes for people, in powers of 1000 as registries count: {@code 12.3 MB}. */
  static String bytes(long count) {
    if (count < 1000) {
      return count + " B";
    }
    var units = new String[] {"kB", "MB", "GB", "TB", "PB", "EB"};
    double value = count / 1000.0;
    int unit = 0;
    while (value >= 999.95 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }
}
