package dev.gantry.tags.grammar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Checks an expression by JavaScript's grammar and writes the same in Java's. */
final class JsPatternParser {
  private static final String LINE_END = "\\n\\r\\u2028\\u2029";

  private final String source;
  private final JsCursor cursor;
  private final boolean multiline;
  private final boolean dotAll;
  private final boolean unicode;
  private final StringBuilder out = new StringBuilder();
  private final Map<String, Integer> names = new LinkedHashMap<>();
  private final List<Integer> open = new ArrayList<>();
  private final int groups;
  private int group;

  private JsPatternParser(String source, String flags) {
    this.source = source;
    this.multiline = flags.contains("m");
    this.dotAll = flags.contains("s");
    this.unicode = flags.contains("u") || flags.contains("v");
    this.cursor = new JsCursor(source, unicode);
    this.groups = count();
  }

  static String toJava(String source, String flags) {
    var parser = new JsPatternParser(source, flags);
    parser.alternatives();
    if (parser.cursor.at < source.length()) {
      throw parser.cursor.fault("an unmatched ')'");
    }
    return parser.out.toString();
  }

  /** Finds the groups, which decide what {@code \1} and {@code \k<x>} mean even before them. */
  private int count() {
    var count = 0;
    var inClass = false;
    for (var i = 0; i < source.length(); i++) {
      switch (source.charAt(i)) {
        case '\\' -> i++;
        case '[' -> inClass = true;
        case ']' -> inClass = false;
        case '(' -> {
          if (!inClass && !source.startsWith("?", i + 1)) {
            count++;
          } else if (!inClass
              && source.startsWith("?<", i + 1)
              && !source.startsWith("?<=", i + 1)
              && !source.startsWith("?<!", i + 1)) {
            count++;
            var end = source.indexOf('>', i);
            names.putIfAbsent(source.substring(i + 3, end < 0 ? i + 3 : end), count);
          }
        }
        default -> {}
      }
    }
    return count;
  }

  private void alternatives() {
    while (cursor.at < source.length() && source.charAt(cursor.at) != ')') {
      if (source.charAt(cursor.at) == '|') {
        out.append('|');
        cursor.at++;
      } else {
        term();
      }
    }
  }

  private void term() {
    var start = out.length();
    var c = source.charAt(cursor.at);
    switch (c) {
      case '^' -> {
        cursor.at++;
        out.append(multiline ? "(?<![^" + LINE_END + "])" : "\\A");
      }
      case '$' -> {
        cursor.at++;
        out.append(multiline ? "(?![^" + LINE_END + "])" : "\\z");
      }
      case '(' -> {
        var repeatable = group();
        if (repeatable) {
          quantifier(start);
        }
      }
      case '*', '+', '?' -> throw cursor.fault("nothing to repeat");
      case '{' -> {
        if (unicode || counted().isPresent()) {
          throw cursor.fault("nothing to repeat");
        }
        literal('{');
        quantifier(start);
      }
      case '.' -> {
        cursor.at++;
        out.append(dotAll ? "(?s:.)" : "[^" + LINE_END + "]");
        quantifier(start);
      }
      case '[' -> {
        cursor.at++;
        out.append(cursor.characterClass());
        quantifier(start);
      }
      case '\\' -> {
        if (escape()) {
          quantifier(start);
        }
      }
      default -> {
        if (unicode && (c == ']' || c == '}')) {
          throw cursor.fault("a lone quantifier bracket");
        }
        literal(c);
        quantifier(start);
      }
    }
  }

  private void literal(char c) {
    cursor.at++;
    emit(c);
  }

  private void emit(char c) {
    if (c < 128 && !Character.isLetterOrDigit(c)) {
      out.append(String.format(Locale.ROOT, "\\x%02X", (int) c));
    } else {
      out.append(c);
    }
  }

  private boolean group() {
    cursor.at++;
    var repeatable = true;
    if (!source.startsWith("?", cursor.at)) {
      group++;
      out.append('(');
      nested(group);
      return true;
    }
    if (source.startsWith("?<=", cursor.at) || source.startsWith("?<!", cursor.at)) {
      out.append('(').append(source, cursor.at, cursor.at + 3);
      cursor.at += 3;
      repeatable = false;
    } else if (source.startsWith("?=", cursor.at) || source.startsWith("?!", cursor.at)) {
      out.append('(').append(source, cursor.at, cursor.at + 2);
      cursor.at += 2;
      repeatable = !unicode;
    } else if (source.startsWith("?<", cursor.at)) {
      var end = source.indexOf('>', cursor.at);
      var name = end < 0 ? "" : source.substring(cursor.at + 2, end);
      if (!isName(name) || names.getOrDefault(name, group + 1) != group + 1) {
        throw cursor.fault("an invalid or doubled group name");
      }
      cursor.at = end + 1;
      group++;
      out.append('(');
      nested(group);
      return true;
    } else if (source.startsWith("?:", cursor.at)) {
      out.append("(?:");
      cursor.at += 2;
    } else {
      throw cursor.fault("an invalid group");
    }
    nested(0);
    return repeatable;
  }

  private void nested(int number) {
    open.add(number);
    alternatives();
    if (cursor.at >= source.length()) {
      throw cursor.fault("an unterminated group");
    }
    cursor.at++;
    out.append(')');
    open.removeLast();
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && (Character.isUnicodeIdentifierStart(name.codePointAt(0))
            || name.charAt(0) == '$'
            || name.charAt(0) == '_')
        && name.chars().allMatch(c -> Character.isUnicodeIdentifierPart(c) || c == '$');
  }

  private record Counted(int end, String text) {}

  private Optional<Counted> counted() {
    var i = cursor.at + 1;
    var low = cursor.digits(i);
    if (low == i) {
      return Optional.empty();
    }
    var least = bounded(source.substring(i, low));
    var text = "{" + least;
    i = low;
    if (source.startsWith(",", i)) {
      var high = cursor.digits(i + 1);
      text += ",";
      if (high > i + 1) {
        var most = bounded(source.substring(i + 1, high));
        if (most < least && source.startsWith("}", high)) {
          throw cursor.fault("numbers out of order in {}");
        }
        text += most;
      }
      i = high;
    }
    return source.startsWith("}", i)
        ? Optional.of(new Counted(i + 1, text + "}"))
        : Optional.empty();
  }

  private static int bounded(String digits) {
    return digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }

  private void quantifier(int start) {
    if (cursor.at >= source.length()) {
      return;
    }
    var c = source.charAt(cursor.at);
    var text = "";
    if (c == '*' || c == '+' || c == '?') {
      text = String.valueOf(c);
      cursor.at++;
    } else if (c == '{') {
      var counted = counted();
      if (counted.isEmpty()) {
        if (unicode) {
          throw cursor.fault("an incomplete quantifier");
        }
        return;
      }
      text = counted.get().text();
      cursor.at = counted.get().end();
    } else {
      return;
    }
    out.insert(start, "(?:").append(')').append(text);
    if (source.startsWith("?", cursor.at)) {
      out.append('?');
      cursor.at++;
    }
  }

  /** Takes an escape outside a class; false for an assertion, which cannot be repeated. */
  private boolean escape() {
    if (cursor.at + 1 >= source.length()) {
      throw cursor.fault("\\ at its end");
    }
    var c = source.charAt(cursor.at + 1);
    if (c == 'b' || c == 'B') {
      cursor.at += 2;
      out.append('\\').append(c);
      return false;
    }
    if (c >= '1' && c <= '9') {
      var end = cursor.digits(cursor.at + 1);
      var number = bounded(source.substring(cursor.at + 1, end));
      if (number <= groups) {
        cursor.at = end;
        out.append(number > group || open.contains(number) ? "(?:)" : "(?:\\" + number + ")");
        return true;
      }
      if (unicode) {
        throw cursor.fault("an invalid escape");
      }
    }
    if (c == 'k' && (unicode || !names.isEmpty())) {
      var end = source.indexOf('>', cursor.at);
      var name =
          end > cursor.at + 3 && source.charAt(cursor.at + 2) == '<'
              ? source.substring(cursor.at + 3, end)
              : "";
      var number = names.get(name);
      if (number == null) {
        throw cursor.fault("an invalid named reference");
      }
      cursor.at = end + 1;
      out.append(number > group || open.contains(number) ? "(?:)" : "(?:\\" + number + ")");
      return true;
    }
    var set = JsCursor.set(c);
    if (set.isPresent()) {
      cursor.at += 2;
      out.append(set.get());
    } else if (unicode && (c == 'p' || c == 'P')) {
      property();
    } else {
      emit(cursor.character());
    }
    return true;
  }

  private void property() {
    var end = source.indexOf('}', cursor.at);
    if (end < 0 || !source.startsWith("{", cursor.at + 2)) {
      throw cursor.fault("an invalid property name");
    }
    out.append(source, cursor.at, end + 1);
    cursor.at = end + 1;
  }
}
