package dev.gantry.tags.template;

/**
 * One piece of a template.
 *
 * @param text as written; for {@code CONTENT} and {@code STRING} what it stands for
 * @param at position of its first character
 */
record Token(Kind kind, String text, int at) {
  enum Kind {
    CONTENT,
    COMMENT,
    OPEN,
    OPEN_UNESCAPED,
    OPEN_BLOCK,
    OPEN_ENDBLOCK,
    OPEN_INVERSE,
    OPEN_INVERSE_CHAIN,
    OPEN_PARTIAL,
    OPEN_PARTIAL_BLOCK,
    OPEN_RAW_BLOCK,
    CLOSE_RAW_BLOCK,
    END_RAW_BLOCK,
    INVERSE,
    CLOSE,
    CLOSE_UNESCAPED,
    OPEN_SEXPR,
    CLOSE_SEXPR,
    EQUALS,
    ID,
    SEP,
    STRING,
    NUMBER,
    BOOLEAN,
    UNDEFINED,
    NULL,
    DATA,
    OPEN_BLOCK_PARAMS,
    CLOSE_BLOCK_PARAMS,
    INVALID,
    EOF
  }

  /** Whether the opening braces carry the mark that removes white space before them. */
  boolean stripsLeft() {
    return text.length() > 2 && text.charAt(2) == '~';
  }

  /** Whether the closing braces carry the mark that removes white space behind them. */
  boolean stripsRight() {
    return text.length() > 2 && text.charAt(text.length() - 3) == '~';
  }
}
