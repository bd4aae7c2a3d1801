package dev.gantry.tags.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A part of a parsed template. */
sealed interface Node {

  /** Text; which of its white space stands is decided after parsing, see {@link Whitespace}. */
  final class Content implements Node {
    final String original;
    String text;
    boolean rightStripped;
    boolean leftStripped;

    Content(String text) {
      this.original = text;
      this.text = text;
    }
  }

  /** A remark. */
  record Comment(Strip strip) implements Node {}

  /** An expression whose value stands in the output. */
  record Mustache(Call call, boolean escaped, Strip strip) implements Node {}

  /**
   * An expression that decides over text.
   *
   * @param program the main branch; empty for an inverted block without {@code else}
   * @param inverse the other branch
   */
  record Block(
      Call call,
      Optional<Program> program,
      Optional<Program> inverse,
      Strip open,
      Strip middle,
      Strip close)
      implements Node {}

  /** A partial, which nobody can have defined here; with a block, the block stands instead. */
  record Partial(String name, Optional<Program> otherwise, Strip open, Strip close)
      implements Node {}

  /**
   * A run of nodes.
   *
   * @param names what the block calls its values: {@code as |value key|}
   * @param chained whether it is the body of an {@code else if}
   */
  record Program(List<Node> body, List<String> names, boolean chained) {}

  /** Which neighbouring white space an expression removes. */
  record Strip(boolean open, boolean close) {
    static final Strip NONE = new Strip(false, false);
  }

  /** A name with its arguments. */
  record Call(Path path, List<Argument> arguments, Map<String, Argument> options, boolean hashed) {
    /** Whether it can only be a call of a function. */
    boolean certain() {
      return !arguments.isEmpty() || hashed;
    }
  }

  /** What may stand as an argument. */
  sealed interface Argument {}

  /** A call in parentheses. */
  record Nested(Call call) implements Argument {}

  /** A written value. */
  record Literal(Value value) implements Argument {}

  /**
   * A name with its steps.
   *
   * @param literal whether it was written as a literal in place of a name
   * @param local whether it stands for {@code @name}, which the template itself provides
   * @param depth how many blocks up it begins
   */
  record Path(boolean literal, boolean local, int depth, List<String> parts, String original)
      implements Argument {
    /** Whether it is bound to the context by a leading dot or {@code this}. */
    boolean scoped() {
      if (original.startsWith(".")) {
        return true;
      }
      var at = original.indexOf("this");
      while (at >= 0) {
        if (at + 4 == original.length() || !isWord(original.charAt(at + 4))) {
          return true;
        }
        at = original.indexOf("this", at + 1);
      }
      return false;
    }

    /** Whether it is one plain name, which may be a function of the language. */
    boolean simple() {
      return parts.size() == 1 && !scoped() && depth == 0;
    }

    private static boolean isWord(char c) {
      return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
    }
  }
}
