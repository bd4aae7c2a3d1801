package dev.gantry.tags.template;

import static dev.gantry.tags.template.Token.Kind.*;

import dev.gantry.oci.Malformed;
import dev.gantry.tags.grammar.JsText;
import dev.gantry.tags.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits a template into tokens. The rules are tried in the order of the language's own lexer, and
 * the first that fits wins, not the longest: that is why four closing braces never end an
 * expression.
 */
final class Lexer {
  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  static List<Token> split(String text) {
    var lexer = new Lexer(text);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    if (text.indexOf('\0') >= 0) {
      throw fault("a NUL character", text.indexOf('\0'));
    }
    while (at < text.length()) {
      content();
    }
    add(EOF, text.length(), text.length());
  }

  /** Text up to the next braces; a backslash before them takes their meaning away. */
  private void content() {
    var braces = text.indexOf("{{", at);
    if (braces < 0) {
      add(CONTENT, at, text.length());
      return;
    }
    var piece = text.substring(at, braces);
    var start = at;
    at = braces;
    if (piece.endsWith("\\\\")) {
      keep(piece.substring(0, piece.length() - 1), start);
      expression();
    } else if (piece.endsWith("\\")) {
      keep(piece.substring(0, piece.length() - 1), start);
      add(CONTENT, at, literalEnd(at + 2));
    } else {
      keep(piece, start);
      expression();
    }
  }

  private void keep(String piece, int start) {
    if (!piece.isEmpty()) {
      tokens.add(new Token(CONTENT, piece, start));
    }
  }

  private int literalEnd(int from) {
    for (var i = from; i < text.length(); i++) {
      if (text.startsWith("{{", i) || text.startsWith("\\{{", i) || text.startsWith("\\\\{{", i)) {
        return i;
      }
    }
    return text.length();
  }

  /** Everything from opening to closing braces. */
  private void expression() {
    if (comment()) {
      return;
    }
    while (at < text.length()) {
      var kind = step();
      if (kind == CLOSE || kind == CLOSE_UNESCAPED || kind == INVERSE) {
        return;
      }
      if (kind == CLOSE_RAW_BLOCK) {
        raw();
        return;
      }
    }
  }

  private boolean comment() {
    var mark = at + 2 + (starts("~", at + 2) ? 1 : 0);
    if (text.startsWith("{{{{", at) || !starts("!", mark)) {
      return false;
    }
    if (starts("!--", mark)) {
      for (var dashes = text.indexOf("--", at);
          dashes >= 0;
          dashes = text.indexOf("--", dashes + 1)) {
        var close = dashes + 2 + (starts("~", dashes + 2) ? 1 : 0);
        if (starts("}}", close)) {
          add(COMMENT, at, close + 2);
          return true;
        }
      }
      throw fault("a comment {{!-- without --}}", at);
    }
    var close = text.indexOf("}}", mark + 1);
    if (close < 0) {
      throw fault("a comment {{! without }}", at);
    }
    add(COMMENT, at, close + 2);
    return true;
  }

  private Kind step() {
    var c = text.charAt(at);
    if (text.startsWith("{{", at)) {
      return opening();
    }
    if (text.startsWith("}}}}", at)) {
      return add(CLOSE_RAW_BLOCK, at, at + 4);
    }
    if (c == '=') {
      return add(EQUALS, at, at + 1);
    }
    if (text.startsWith("..", at)) {
      return add(ID, at, at + 2);
    }
    if (c == '.' && lookahead(at + 1)) {
      return add(ID, at, at + 1);
    }
    if (c == '/' || c == '.') {
      return add(SEP, at, at + 1);
    }
    if (JsText.isSpace(c)) {
      at++;
      return SEP;
    }
    if (c == '}' || c == '~') {
      return closing();
    }
    return word();
  }

  private Kind closing() {
    var unescaped = at + 1 + (starts("~", at + 1) ? 1 : 0);
    if (text.charAt(at) == '}' && starts("}}", unescaped)) {
      return add(CLOSE_UNESCAPED, at, unescaped + 2);
    }
    var plain = at + (starts("~", at) ? 1 : 0);
    if (starts("}}", plain)) {
      return add(CLOSE, at, plain + 2);
    }
    return add(INVALID, at, at + 1);
  }

  private Kind opening() {
    if (text.startsWith("{{{{", at)) {
      return add(OPEN_RAW_BLOCK, at, at + 4);
    }
    var mark = at + 2 + (starts("~", at + 2) ? 1 : 0);
    var next = mark < text.length() ? text.charAt(mark) : ' ';
    return switch (next) {
      case '>' -> add(OPEN_PARTIAL, at, mark + 1);
      case '#' ->
          starts("#>", mark)
              ? add(OPEN_PARTIAL_BLOCK, at, mark + 2)
              : add(OPEN_BLOCK, at, mark + (starts("#*", mark) ? 2 : 1));
      case '/' -> add(OPEN_ENDBLOCK, at, mark + 1);
      case '^' -> {
        var end = inverseEnd(mark + 1);
        yield end.isPresent() ? add(INVERSE, at, end.get()) : add(OPEN_INVERSE, at, mark + 1);
      }
      case '{' -> add(OPEN_UNESCAPED, at, mark + 1);
      case '&' -> add(OPEN, at, mark + 1);
      case '*' -> add(OPEN, at, mark + 1);
      default -> otherwise(mark);
    };
  }

  private Kind otherwise(int mark) {
    var word = skipSpace(mark);
    if (!starts("else", word) || (word + 4 < text.length() && isWord(text.charAt(word + 4)))) {
      return add(OPEN, at, mark);
    }
    var end = inverseEnd(word + 4);
    return end.isPresent() ? add(INVERSE, at, end.get()) : add(OPEN_INVERSE_CHAIN, at, word + 4);
  }

  private static boolean isWord(char c) {
    return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
  }

  private Optional<Integer> inverseEnd(int from) {
    var close = skipSpace(from);
    if (starts("~", close)) {
      close++;
    }
    return starts("}}", close) ? Optional.of(close + 2) : Optional.empty();
  }

  private int skipSpace(int from) {
    var i = from;
    while (i < text.length() && JsText.isSpace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private Kind word() {
    var c = text.charAt(at);
    return switch (c) {
      case '(' -> add(OPEN_SEXPR, at, at + 1);
      case ')' -> add(CLOSE_SEXPR, at, at + 1);
      case '@' -> add(DATA, at, at + 1);
      case '|' -> add(CLOSE_BLOCK_PARAMS, at, at + 1);
      case '"', '\'' -> quoted(c);
      case '[' -> bracketed();
      default -> name();
    };
  }

  private Kind quoted(char quote) {
    var last = -1;
    for (var i = at + 1; i < text.length(); i++) {
      if (text.charAt(i) == quote) {
        last = i;
        if (text.charAt(i - 1) != '\\' || i - 1 == at) {
          break;
        }
      }
    }
    if (last < 0) {
      return add(INVALID, at, at + 1);
    }
    var inner = text.substring(at + 1, last).replace("\\" + quote, String.valueOf(quote));
    tokens.add(new Token(STRING, inner, at));
    at = last + 1;
    return STRING;
  }

  private Kind bracketed() {
    var last = -1;
    for (var i = at + 1; i < text.length(); i++) {
      if (text.charAt(i) == ']') {
        last = i;
        if (text.charAt(i - 1) != '\\') {
          break;
        }
      }
    }
    if (last < 0) {
      return add(INVALID, at, at + 1);
    }
    var whole = text.substring(at, last + 1).replace("\\\\", "\\").replace("\\]", "]");
    tokens.add(new Token(ID, whole, at));
    at = last + 1;
    return ID;
  }

  private Kind name() {
    var end = at;
    while (end < text.length() && isIdCharacter(text.charAt(end))) {
      end++;
    }
    var word = text.substring(at, end);
    if (end < text.length()
        && (" ~})".indexOf(text.charAt(end)) >= 0 || JsText.isSpace(text.charAt(end)))) {
      var literal =
          switch (word) {
            case "true", "false" -> Optional.of(BOOLEAN);
            case "undefined" -> Optional.of(UNDEFINED);
            case "null" -> Optional.of(NULL);
            default -> Optional.<Kind>empty();
          };
      if (literal.isPresent()) {
        return add(literal.get(), at, end);
      }
    }
    var number = numberEnd();
    if (number > at && number < text.length() && literalEnds(number)) {
      return add(NUMBER, at, number);
    }
    if (word.startsWith("as")) {
      var bar = skipSpace(at + 2);
      if (bar > at + 2 && starts("|", bar)) {
        return add(OPEN_BLOCK_PARAMS, at, bar + 1);
      }
    }
    return end > at && lookahead(end) ? add(ID, at, end) : add(INVALID, at, at + 1);
  }

  private boolean literalEnds(int from) {
    return "~})".indexOf(text.charAt(from)) >= 0 || JsText.isSpace(text.charAt(from));
  }

  private int numberEnd() {
    var i = at + (starts("-", at) ? 1 : 0);
    var digits = i;
    while (i < text.length() && JsText.isDigit(text.charAt(i))) {
      i++;
    }
    if (i == digits) {
      return at;
    }
    if (starts(".", i) && i + 1 < text.length() && JsText.isDigit(text.charAt(i + 1))) {
      i++;
      while (i < text.length() && JsText.isDigit(text.charAt(i))) {
        i++;
      }
    }
    return i;
  }

  /** Everything up to the end mark of the raw block, inner raw blocks included. */
  private void raw() {
    var depth = 1;
    var start = at;
    for (var i = at; i < text.length(); i++) {
      if (!text.startsWith("{{{{", i)) {
        continue;
      }
      if (!starts("/", i + 4)) {
        depth++;
        i += 3;
        continue;
      }
      var close = text.indexOf("}}}}", i);
      if (close < 0) {
        break;
      }
      depth--;
      if (depth == 0) {
        keep(text.substring(start, i), start);
        tokens.add(new Token(END_RAW_BLOCK, text.substring(i + 5, close), i));
        at = close + 4;
        return;
      }
      i = close + 3;
    }
    throw fault("a raw block {{{{x}}}} without its end", start);
  }

  private boolean lookahead(int from) {
    return from < text.length()
        && ("=~}/.)|".indexOf(text.charAt(from)) >= 0 || JsText.isSpace(text.charAt(from)));
  }

  private static boolean isIdCharacter(char c) {
    return !JsText.isSpace(c)
        && c != '!'
        && c != '"'
        && c != '#'
        && !(c >= '%' && c <= ',')
        && c != '.'
        && c != '/'
        && !(c >= ';' && c <= '>')
        && c != '@'
        && !(c >= '[' && c <= '^')
        && c != '`'
        && !(c >= '{' && c <= '~');
  }

  private boolean starts(String prefix, int from) {
    return text.startsWith(prefix, from);
  }

  private Kind add(Kind kind, int from, int to) {
    tokens.add(new Token(kind, text.substring(from, to), from));
    at = to;
    return kind;
  }

  private Malformed fault(String what, int where) {
    return new Malformed("the expression has " + what, text, where, Optional.empty());
  }
}
