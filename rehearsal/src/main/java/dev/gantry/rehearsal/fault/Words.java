package dev.gantry.rehearsal.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The words of a fault, taken one after the other; text in double quotes is one word. */
final class Words {
  private static final Pattern WORD =
      Pattern.compile("\\G\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+))");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})([kMG]?)");
  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m)");

  private final String text;
  private final List<String> words = new ArrayList<>();
  private int next;

  Words(String text) {
    this.text = text.strip();
    var matcher = WORD.matcher(this.text);
    while (matcher.find()) {
      var quoted = Optional.ofNullable(matcher.group(1));
      words.add(
          quoted.map(word -> word.replaceAll("\\\\(.)", "$1")).orElseGet(() -> matcher.group(2)));
    }
  }

  IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("'" + text + "': " + what);
  }

  /** Takes the next word if it is this one. */
  boolean take(String word) {
    if (next < words.size() && words.get(next).equals(word)) {
      next++;
      return true;
    }
    return false;
  }

  String text(String meaning) {
    if (next == words.size()) {
      throw wrong(meaning + " is missing");
    }
    return words.get(next++);
  }

  boolean atEnd() {
    return next == words.size();
  }

  void end() {
    if (!atEnd()) {
      throw wrong("'" + words.get(next) + "' is one word too many");
    }
  }

  int status(int otherwise) {
    if (atEnd() || !words.get(next).matches("[1-5][0-9][0-9]")) {
      return otherwise;
    }
    return Integer.parseInt(words.get(next++));
  }

  long number(String meaning) {
    var word = text(meaning);
    if (!word.matches("[0-9]{1,9}")) {
      throw wrong(meaning + " is a whole number, not '" + word + "'");
    }
    return Long.parseLong(word);
  }

  /** Bytes: {@code 512}, {@code 64k}, {@code 10M}, {@code 1G}, in powers of 1024. */
  long size(String meaning) {
    var word = text(meaning);
    var matcher = SIZE.matcher(word);
    if (!matcher.matches()) {
      throw wrong(meaning + " is a size such as 512, 64k or 10M, not '" + word + "'");
    }
    long unit =
        switch (matcher.group(2)) {
          case "k" -> 1L << 10;
          case "M" -> 1L << 20;
          case "G" -> 1L << 30;
          default -> 1;
        };
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
  }

  /** A time: {@code 250ms}, {@code 5s}, {@code 2m}. */
  Duration time(String meaning) {
    var word = text(meaning);
    var matcher = TIME.matcher(word);
    if (!matcher.matches()) {
      throw wrong(meaning + " is a time such as 250ms, 5s or 2m, not '" + word + "'");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      default -> Duration.ofMinutes(count);
    };
  }
}
