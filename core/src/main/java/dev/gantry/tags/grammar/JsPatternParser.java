package dev.gantry.tags.grammar;

import dev.gantry.oci.Malformed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks an expression by JavaScript's grammar and writes the same in Java's. */
final class JsPatternParser {
  private static final String DIGIT = "0-9";
  private static final String WORD = "A-Za-z0-9_";
  private static final String SPACE =
      "\\t\\n\\x0B\\f\\r \\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000\\uFEFF";
  private static final String LINE_END = "\\n\\r\\u2028\\u2029";

  private final String source;
  private final boolean multiline;
  private final boolean dotAll;
  private final boolean unicode;
  private final StringBuilder out = new StringBuilder();
  private final Map<String, Integer> names = new LinkedHashMap<>();
  private final List<Integer> open = new ArrayList<>();
  private final int groups;
  private int group;
  private int at;

  private JsPatternParser(String source, String flags) {
    this.source = source;
    this.multiline = flags.contains("m");
    this.dotAll = flags.contains("s");
    this.unicode = flags.contains("u") || flags.contains("v");
    this.groups = count();
  }

  static String toJava(String source, String flags) {
    var parser = new JsPatternParser(source, flags);
    parser.alternatives();
    if (parser.at < source.length()) {
      throw parser.fault("an unmatched ')'");
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
    while (at < source.length() && source.charAt(at) != ')') {
      if (source.charAt(at) == '|') {
        out.append('|');
        at++;
      } else {
        term();
      }
    }
  }

  private void term() {
    var start = out.length();
    var c = source.charAt(at);
    switch (c) {
      case '^' -> {
        at++;
        out.append(multiline ? "(?<![^" + LINE_END + "])" : "\\A");
      }
      case '$' -> {
        at++;
        out.append(multiline ? "(?![^" + LINE_END + "])" : "\\z");
      }
      case '(' -> {
        var repeatable = group();
        if (repeatable) {
          quantifier(start);
        }
      }
      case '*', '+', '?' -> throw fault("nothing to repeat");
      case '{' -> {
        if (unicode || counted().isPresent()) {
          throw fault("nothing to repeat");
        }
        literal('{');
        quantifier(start);
      }
      case '.' -> {
        at++;
        out.append(dotAll ? "(?s:.)" : "[^" + LINE_END + "]");
        quantifier(start);
      }
      case '[' -> {
        at++;
        characterClass();
        quantifier(start);
      }
      case '\\' -> {
        if (escape()) {
          quantifier(start);
        }
      }
      default -> {
        if (unicode && (c == ']' || c == '}')) {
          throw fault("a lone quantifier bracket");
        }
        literal(c);
        quantifier(start);
      }
    }
  }

  private void literal(char c) {
    at++;
    emit(c);
  }

  private void emit(char c) {
    if (c < 128 && !Character.isLetterOrDigit(c)) {
      out.append(String.format("\\x%02X", (int) c));
    } else {
      out.append(c);
    }
  }

  private boolean group() {
    at++;
    var repeatable = true;
    if (!source.startsWith("?", at)) {
      group++;
      out.append('(');
      nested(group);
      return true;
    }
    if (source.startsWith("?<=", at) || source.startsWith("?<!", at)) {
      out.append('(').append(source, at, at + 3);
      at += 3;
      repeatable = false;
    } else if (source.startsWith("?=", at) || source.startsWith("?!", at)) {
      out.append('(').append(source, at, at + 2);
      at += 2;
      repeatable = !unicode;
    } else if (source.startsWith("?<", at)) {
      var end = source.indexOf('>', at);
      var name = end < 0 ? "" : source.substring(at + 2, end);
      if (!isName(name) || names.getOrDefault(name, group + 1) != group + 1) {
        throw fault("an invalid or doubled group name");
      }
      at = end + 1;
      group++;
      out.append('(');
      nested(group);
      return true;
    } else {
      modifiers();
    }
    nested(0);
    return repeatable;
  }

  private void modifiers() {
    var end = at + 1;
    while (end < source.length() && "ims-".indexOf(source.charAt(end)) >= 0) {
      end++;
    }
    var text = end < source.length() ? source.substring(at + 1, end) : "x";
    if (end >= source.length()
        || source.charAt(end) != ':'
        || text.chars().distinct().count() != text.length()
        || text.equals("-")) {
      throw fault("an invalid group");
    }
    out.append("(?").append(text).append(':');
    at = end + 1;
  }

  private void nested(int number) {
    open.add(number);
    alternatives();
    if (at >= source.length()) {
      throw fault("an unterminated group");
    }
    at++;
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
    var i = at + 1;
    var low = digits(i);
    if (low == i) {
      return Optional.empty();
    }
    var least = bounded(source.substring(i, low));
    var text = "{" + least;
    i = low;
    if (source.startsWith(",", i)) {
      var high = digits(i + 1);
      text += ",";
      if (high > i + 1) {
        var most = bounded(source.substring(i + 1, high));
        if (most < least && source.startsWith("}", high)) {
          throw fault("numbers out of order in {}");
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

  private int digits(int from) {
    var i = from;
    while (i < source.length() && JsText.isDigit(source.charAt(i))) {
      i++;
    }
    return i;
  }

  private void quantifier(int start) {
    if (at >= source.length()) {
      return;
    }
    var c = source.charAt(at);
    var text = "";
    if (c == '*' || c == '+' || c == '?') {
      text = String.valueOf(c);
      at++;
    } else if (c == '{') {
      var counted = counted();
      if (counted.isEmpty()) {
        if (unicode) {
          throw fault("an incomplete quantifier");
        }
        return;
      }
      text = counted.get().text();
      at = counted.get().end();
    } else {
      return;
    }
    out.insert(start, "(?:").append(')').append(text);
    if (source.startsWith("?", at)) {
      out.append('?');
      at++;
    }
  }

  /** Takes an escape outside a class; false for an assertion, which cannot be repeated. */
  private boolean escape() {
    if (at + 1 >= source.length()) {
      throw fault("\\ at its end");
    }
    var c = source.charAt(at + 1);
    if (c == 'b' || c == 'B') {
      at += 2;
      out.append('\\').append(c);
      return false;
    }
    if (c >= '1' && c <= '9') {
      var end = digits(at + 1);
      var number = bounded(source.substring(at + 1, end));
      if (number <= groups) {
        at = end;
        out.append(number > group || open.contains(number) ? "(?:)" : "(?:\\" + number + ")");
        return true;
      }
      if (unicode) {
        throw fault("an invalid escape");
      }
    }
    if (c == 'k' && (unicode || !names.isEmpty())) {
      var end = source.indexOf('>', at);
      var name = end > at + 3 && source.charAt(at + 2) == '<' ? source.substring(at + 3, end) : "";
      var number = names.get(name);
      if (number == null) {
        throw fault("an invalid named reference");
      }
      at = end + 1;
      out.append(number > group || open.contains(number) ? "(?:)" : "(?:\\" + number + ")");
      return true;
    }
    var set = set(c);
    if (set.isPresent()) {
      at += 2;
      out.append(set.get());
    } else if (unicode && (c == 'p' || c == 'P')) {
      property();
    } else {
      emit(character());
    }
    return true;
  }

  private void property() {
    var end = source.indexOf('}', at);
    if (end < 0 || !source.startsWith("{", at + 2)) {
      throw fault("an invalid property name");
    }
    out.append(source, at, end + 1);
    at = end + 1;
  }

  private static Optional<String> set(char c) {
    return switch (c) {
      case 'd' -> Optional.of("[" + DIGIT + "]");
      case 'D' -> Optional.of("[^" + DIGIT + "]");
      case 'w' -> Optional.of("[" + WORD + "]");
      case 'W' -> Optional.of("[^" + WORD + "]");
      case 's' -> Optional.of("[" + SPACE + "]");
      case 'S' -> Optional.of("[^" + SPACE + "]");
      default -> Optional.empty();
    };
  }

  /** Takes an escape that stands for one character. */
  private char character() {
    var c = source.charAt(at + 1);
    at += 2;
    return switch (c) {
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0B;
      case 'c' -> {
        if (at < source.length() && isLetter(source.charAt(at))) {
          yield (char) (source.charAt(at++) % 32);
        }
        at--;
        yield '\\';
      }
      case 'x' -> hex(2, c);
      case 'u' -> hex(4, c);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal();
      default -> {
        if (unicode && "^$\\.*+?()[]{}|/-".indexOf(c) < 0) {
          throw fault("an invalid escape");
        }
        yield c;
      }
    };
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private char hex(int length, char otherwise) {
    if (at + length <= source.length()) {
      var digits = source.substring(at, at + length);
      if (digits.chars().allMatch(d -> d < 128 && Character.digit(d, 16) >= 0)) {
        at += length;
        return (char) Integer.parseInt(digits, 16);
      }
    }
    if (unicode) {
      throw fault("an invalid escape");
    }
    return otherwise;
  }

  private char octal() {
    var value = 0;
    at--;
    while (at < source.length()
        && source.charAt(at) >= '0'
        && source.charAt(at) <= '7'
        && value * 8 + source.charAt(at) - '0' <= 255) {
      value = value * 8 + source.charAt(at) - '0';
      at++;
    }
    return (char) value;
  }

  private void characterClass() {
    var negated = source.startsWith("^", at);
    at += negated ? 1 : 0;
    var members = new StringBuilder();
    while (at < source.length() && source.charAt(at) != ']') {
      var first = member(members);
      if (!source.startsWith("-", at) || source.startsWith("-]", at) || at + 1 >= source.length()) {
        first.ifPresent(c -> one(members, c));
        continue;
      }
      at++;
      var rest = new StringBuilder();
      var last = member(rest);
      if (first.isPresent() && last.isPresent()) {
        if (first.get() > last.get()) {
          throw fault("a range out of order in a class");
        }
        one(members, first.get());
        members.append('-');
        one(members, last.get());
      } else {
        first.ifPresent(c -> one(members, c));
        one(members, '-');
        last.ifPresent(c -> one(members, c));
        members.append(rest);
      }
    }
    if (at >= source.length()) {
      throw fault("an unterminated class");
    }
    at++;
    if (members.isEmpty()) {
      out.append(negated ? "(?s:.)" : "(?!)");
    } else {
      out.append(negated ? "(?:(?![" + members + "])(?s:.))" : "[" + members + "]");
    }
  }

  /** Takes one member: a character, or a set that is written at once. */
  private Optional<Character> member(StringBuilder sets) {
    var c = source.charAt(at);
    if (c != '\\') {
      at++;
      return Optional.of(c);
    }
    if (at + 1 >= source.length()) {
      throw fault("\\ at its end");
    }
    var next = source.charAt(at + 1);
    var set = set(next);
    if (set.isPresent()) {
      at += 2;
      sets.append(set.get());
      return Optional.empty();
    }
    if (next == 'b') {
      at += 2;
      return Optional.of('\b');
    }
    if (next == '-') {
      at += 2;
      return Optional.of('-');
    }
    return Optional.of(character());
  }

  private static void one(StringBuilder members, char c) {
    members.append(String.format("\\u%04X", (int) c));
  }

  private Malformed fault(String what) {
    return new Malformed("a regular expression with " + what, source);
  }
}
