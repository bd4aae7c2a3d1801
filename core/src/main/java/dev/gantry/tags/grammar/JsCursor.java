package dev.gantry.tags.grammar;

import dev.gantry.oci.Malformed;
import java.util.Locale;
import java.util.Optional;

/** A place in an expression, with what can be read there as one character or one set. */
final class JsCursor {
  private static final String DIGIT = "0-9";
  private static final String WORD = "A-Za-z0-9_";
  private static final String SPACE =
      "\\t\\n\\x0B\\f\\r \\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000\\uFEFF";

  final String source;
  private final boolean unicode;
  int at;

  JsCursor(String source, boolean unicode) {
    this.source = source;
    this.unicode = unicode;
  }

  /** Whether there is anything left to read. */
  boolean more() {
    return at < source.length();
  }

  char peek() {
    return source.charAt(at);
  }

  /** Whether this text stands here. */
  boolean sees(String text) {
    return source.startsWith(text, at);
  }

  /** The end of the digits that begin at a place. */
  int digits(int from) {
    var i = from;
    while (i < source.length() && JsText.isDigit(source.charAt(i))) {
      i++;
    }
    return i;
  }

  /** The set that a letter behind a backslash stands for. */
  static Optional<String> set(char c) {
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
  char character() {
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

  /** Takes a class, the bracket that opens it already taken, and writes it as Java has it. */
  String characterClass() {
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
      return negated ? "(?s:.)" : "(?!)";
    }
    return negated ? "(?:(?![" + members + "])(?s:.))" : "[" + members + "]";
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
    members.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
  }

  Malformed fault(String what) {
    return new Malformed("a regular expression with " + what, source);
  }
}
