package dev.gantry.tags;

import dev.gantry.oci.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The expressions between {@code ${{} and {@code }}} of a GitHub workflow (docs.github.com,
 * evaluate expressions), as far as they can be worked out without the run: names that only the run
 * knows, as secrets and outputs of steps, are empty.
 */
public final class ActionsExpression {
  private final String source;
  private final Map<String, String> values;
  private final List<String> tokens;
  private int at;

  private ActionsExpression(String source, Map<String, String> values) {
    this.source = source;
    this.values = values;
    this.tokens = split(source);
  }

  /**
   * The text with its expressions replaced.
   *
   * @param values what names stand for, as github.ref
   * @throws Malformed for an expression that is none
   */
  public static String fill(String text, Map<String, String> values) {
    var out = new StringBuilder();
    var from = 0;
    while (true) {
      var open = text.indexOf("${{", from);
      var close = open < 0 ? -1 : text.indexOf("}}", open);
      if (close < 0) {
        return out.append(text, from, text.length()).toString();
      }
      out.append(text, from, open);
      out.append(new ActionsExpression(text.substring(open + 3, close), values).value());
      from = close + 2;
    }
  }

  private String value() {
    var value = or();
    if (at < tokens.size()) {
      throw fault("'" + tokens.get(at) + "' too many");
    }
    return value;
  }

  private String or() {
    var left = and();
    while (take("||")) {
      var right = and();
      left = truthy(left) ? left : right;
    }
    return left;
  }

  private String and() {
    var left = equality();
    while (take("&&")) {
      var right = equality();
      left = truthy(left) ? right : left;
    }
    return left;
  }

  private String equality() {
    var left = unary();
    while (true) {
      if (take("==")) {
        left = Boolean.toString(left.equalsIgnoreCase(unary()));
      } else if (take("!=")) {
        left = Boolean.toString(!left.equalsIgnoreCase(unary()));
      } else {
        return left;
      }
    }
  }

  private String unary() {
    if (take("!")) {
      return Boolean.toString(!truthy(unary()));
    }
    if (take("(")) {
      var inner = or();
      need(")");
      return inner;
    }
    if (at >= tokens.size()) {
      throw fault("nothing where a value should stand");
    }
    var token = tokens.get(at++);
    if (token.startsWith("'")) {
      return token.substring(1, token.length() - 1).replace("''", "'");
    }
    if (take("(")) {
      return call(token.toLowerCase(Locale.ROOT));
    }
    if (!isName(token.charAt(0))) {
      throw fault("'" + token + "' where a value should stand");
    }
    return switch (token) {
      case "true", "false" -> token;
      case "null" -> "";
      default ->
          Character.isDigit(token.charAt(0))
              ? token
              : Optional.ofNullable(values.get(token.toLowerCase(Locale.ROOT))).orElse("");
    };
  }

  private String call(String name) {
    var arguments = new ArrayList<String>();
    if (!take(")")) {
      do {
        arguments.add(or());
      } while (take(","));
      need(")");
    }
    var one = arguments.isEmpty() ? "" : arguments.getFirst().toLowerCase(Locale.ROOT);
    var two = arguments.size() < 2 ? "" : arguments.get(1).toLowerCase(Locale.ROOT);
    return switch (name) {
      case "startswith" -> Boolean.toString(one.startsWith(two));
      case "endswith" -> Boolean.toString(one.endsWith(two));
      case "contains" -> Boolean.toString(one.contains(two));
      case "format" -> format(arguments);
      case "always", "success" -> "true";
      case "failure", "cancelled" -> "false";
      default -> "";
    };
  }

  private static String format(List<String> arguments) {
    var text = arguments.isEmpty() ? "" : arguments.getFirst();
    for (var i = 1; i < arguments.size(); i++) {
      text = text.replace("{" + (i - 1) + "}", arguments.get(i));
    }
    return text;
  }

  private static boolean truthy(String value) {
    return !value.isEmpty() && !value.equals("false") && !value.equals("0");
  }

  private boolean take(String token) {
    if (at < tokens.size() && tokens.get(at).equals(token)) {
      at++;
      return true;
    }
    return false;
  }

  private void need(String token) {
    if (!take(token)) {
      throw fault("no '" + token + "'");
    }
  }

  private List<String> split(String text) {
    var found = new ArrayList<String>();
    var i = 0;
    while (i < text.length()) {
      var c = text.charAt(i);
      var end = i + 1;
      if (Character.isWhitespace(c)) {
        i++;
        continue;
      }
      if (c == '\'') {
        do {
          end = text.indexOf('\'', end) + 1;
          if (end == 0) {
            throw fault("a quote that is not closed");
          }
        } while (text.startsWith("'", end++));
        end--;
      } else if (isName(c)) {
        while (end < text.length() && isName(text.charAt(end))) {
          end++;
        }
      } else if (List.of("==", "!=", "&&", "||", "<=", ">=")
          .contains(text.substring(i, Math.min(text.length(), i + 2)))) {
        end = i + 2;
      }
      found.add(text.substring(i, end));
      i = end;
    }
    return found;
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-' || c == '*';
  }

  private Malformed fault(String what) {
    return new Malformed("the expression has " + what, source);
  }
}
