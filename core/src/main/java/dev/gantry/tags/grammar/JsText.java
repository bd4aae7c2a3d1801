package dev.gantry.tags.grammar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** What JavaScript does with a text where Java does something else (ECMA-262). */
public final class JsText {
  private JsText() {}

  /** White space and line ends as {@code String.prototype.trim} and {@code \s} know them. */
  public static boolean isSpace(int c) {
    return switch (c) {
      case '\t',
          '\n',
          0x0B,
          '\f',
          '\r',
          ' ',
          0xA0,
          0x1680,
          0x2028,
          0x2029,
          0x202F,
          0x205F,
          0x3000,
          0xFEFF ->
          true;
      default -> c >= 0x2000 && c <= 0x200A;
    };
  }

  /** The text without white space at both ends, no-break spaces and byte order marks included. */
  public static String trim(String text) {
    var from = 0;
    var to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** The number a text stands for (StringToNumber): empty is 0; empty result for what is none. */
  public static Optional<Double> number(String text) {
    var trimmed = trim(text);
    if (trimmed.isEmpty()) {
      return Optional.of(0.0);
    }
    if (trimmed.length() > 2 && trimmed.charAt(0) == '0') {
      var radix =
          switch (trimmed.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 10;
          };
      if (radix != 10) {
        var digits = trimmed.substring(2);
        return digits.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0)
            ? Optional.of(new BigInteger(digits, radix).doubleValue())
            : Optional.empty();
      }
    }
    var unsigned =
        trimmed.startsWith("-") || trimmed.startsWith("+") ? trimmed.substring(1) : trimmed;
    if (unsigned.equals("Infinity")) {
      return Optional.of(
          trimmed.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    return isDecimal(unsigned) ? Optional.of(Double.valueOf(trimmed)) : Optional.empty();
  }

  private static boolean isDecimal(String text) {
    var at = 0;
    var digits = 0;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
      digits++;
    }
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      while (at < text.length() && isDigit(text.charAt(at))) {
        at++;
        digits++;
      }
    }
    if (digits == 0) {
      return false;
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      if (at == text.length()) {
        return false;
      }
      while (at < text.length() && isDigit(text.charAt(at))) {
        at++;
      }
    }
    return at == text.length();
  }

  public static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** The text of a number (Number::toString, radix 10). */
  public static String number(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "Infinity" : "-Infinity";
    }
    if (number == 0) {
      return "0";
    }
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      return Long.toString((long) number);
    }
    var sign = number < 0 ? "-" : "";
    var shortest = new BigDecimal(Double.toString(Math.abs(number))).stripTrailingZeros();
    var digits = shortest.unscaledValue().toString();
    var point = digits.length() - shortest.scale();
    if (point > 0 && point <= 21) {
      return sign
          + (digits.length() <= point
              ? digits + "0".repeat(point - digits.length())
              : digits.substring(0, point) + "." + digits.substring(point));
    }
    if (point <= 0 && point > -6) {
      return sign + "0." + "0".repeat(-point) + digits;
    }
    var exponent = (point - 1 < 0 ? "-" : "+") + Math.abs(point - 1);
    return sign
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + "e"
        + exponent;
  }
}
