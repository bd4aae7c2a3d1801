package dev.gantry.tags.template;

import dev.gantry.tags.grammar.JsText;
import dev.gantry.tags.template.Node.Block;
import dev.gantry.tags.template.Node.Content;
import dev.gantry.tags.template.Node.Program;
import java.util.List;
import java.util.Optional;

/**
 * Removes the white space that {@code ~} asks to remove, and the lines on which nothing but a
 * block's braces or a remark stands (handlebars.js, whitespace-control).
 */
final class Whitespace {
  private Whitespace() {}

  /** What a node says about the text around it. */
  private record Wish(
      boolean open, boolean close, boolean openAlone, boolean closeAlone, boolean inline) {}

  static void remove(Program root) {
    program(root, true);
  }

  private static void program(Program program, boolean root) {
    var body = program.body();
    for (var i = 0; i < body.size(); i++) {
      var node = body.get(i);
      var asked = wish(node);
      if (asked.isEmpty()) {
        continue;
      }
      var wish = asked.get();
      var before = blankBefore(body, i, root);
      var after = blankAfter(body, i, root);
      if (wish.close()) {
        right(body, i + 1, true);
      }
      if (wish.open()) {
        left(body, i - 1, true);
      }
      if (wish.inline() && before && after) {
        right(body, i + 1, false);
        left(body, i - 1, false);
      }
      if (wish.openAlone() && before) {
        first(node).ifPresent(branch -> right(branch, 0, false));
        left(body, i - 1, false);
      }
      if (wish.closeAlone() && after) {
        right(body, i + 1, false);
        last(node).ifPresent(branch -> left(branch, branch.size() - 1, false));
      }
    }
  }

  private static Optional<Wish> wish(Node node) {
    return switch (node) {
      case Content _ -> Optional.empty();
      case Node.Comment(var strip) ->
          Optional.of(new Wish(strip.open(), strip.close(), false, false, true));
      case Node.Mustache mustache ->
          Optional.of(
              new Wish(mustache.strip().open(), mustache.strip().close(), false, false, false));
      case Node.Partial partial -> {
        partial.otherwise().ifPresent(otherwise -> program(otherwise, false));
        yield Optional.of(
            new Wish(
                partial.open().open(),
                partial.close().close(),
                false,
                false,
                partial.otherwise().isEmpty()));
      }
      case Block block -> Optional.of(block(block));
    };
  }

  private static Wish block(Block block) {
    block.program().ifPresent(branch -> program(branch, false));
    block.inverse().ifPresent(branch -> program(branch, false));
    var main = block.program().or(block::inverse).orElseThrow();
    var inverse = block.program().flatMap(_ -> block.inverse());
    var firstInverse = inverse.map(Whitespace::firstOfChain);
    var wish =
        new Wish(
            block.open().open(),
            block.close().close(),
            blankAfter(main.body(), -1, false),
            blankBefore(
                firstInverse.orElse(main).body(), firstInverse.orElse(main).body().size(), false),
            false);
    if (block.open().close()) {
      right(main.body(), 0, true);
    }
    if (inverse.isEmpty()) {
      if (block.close().open()) {
        left(main.body(), main.body().size() - 1, true);
      }
      return wish;
    }
    var first = firstInverse.orElseThrow();
    if (block.middle().open()) {
      left(main.body(), main.body().size() - 1, true);
    }
    if (block.middle().close()) {
      right(first.body(), 0, true);
    }
    if (block.close().open()) {
      var end = lastOfChain(inverse.get());
      left(end.body(), end.body().size() - 1, true);
    }
    if (blankBefore(main.body(), main.body().size(), false)
        && blankAfter(first.body(), -1, false)) {
      left(main.body(), main.body().size() - 1, false);
      right(first.body(), 0, false);
    }
    return wish;
  }

  private static Program firstOfChain(Program inverse) {
    return inverse.chained() && inverse.body().getFirst() instanceof Block block
        ? block.program().orElse(inverse)
        : inverse;
  }

  private static Program lastOfChain(Program inverse) {
    var last = inverse;
    while (last.chained() && last.body().getLast() instanceof Block block) {
      last = block.program().orElseThrow();
    }
    return last;
  }

  private static Optional<List<Node>> first(Node node) {
    return node instanceof Block block
        ? block.program().or(block::inverse).map(Program::body)
        : Optional.empty();
  }

  private static Optional<List<Node>> last(Node node) {
    return node instanceof Block block
        ? block.inverse().or(block::program).map(Program::body)
        : Optional.empty();
  }

  /** Whether the text before a node ends with a line end and blanks, or is nothing at the root. */
  private static boolean blankBefore(List<Node> body, int at, boolean root) {
    if (at < 1) {
      return root;
    }
    if (!(body.get(at - 1) instanceof Content content)) {
      return false;
    }
    var text = content.original;
    var i = text.length();
    while (i > 0 && JsText.isSpace(text.charAt(i - 1)) && text.charAt(i - 1) != '\n') {
      i--;
    }
    return i > 0 ? text.charAt(i - 1) == '\n' : root && at < 2;
  }

  private static boolean blankAfter(List<Node> body, int at, boolean root) {
    if (at + 1 >= body.size()) {
      return root;
    }
    if (!(body.get(at + 1) instanceof Content content)) {
      return false;
    }
    var text = content.original;
    var i = 0;
    while (i < text.length() && JsText.isSpace(text.charAt(i)) && text.charAt(i) != '\n') {
      i++;
    }
    return i < text.length() ? text.charAt(i) == '\n' : root && at + 2 >= body.size();
  }

  private static void right(List<Node> body, int at, boolean all) {
    if (at < 0 || at >= body.size() || !(body.get(at) instanceof Content content)) {
      return;
    }
    if (!all && content.rightStripped) {
      return;
    }
    var before = content.text;
    var i = 0;
    if (all) {
      while (i < before.length() && JsText.isSpace(before.charAt(i))) {
        i++;
      }
    } else {
      while (i < before.length() && (before.charAt(i) == ' ' || before.charAt(i) == '\t')) {
        i++;
      }
      i += before.startsWith("\r", i) ? 1 : 0;
      i += before.startsWith("\n", i) ? 1 : 0;
    }
    content.text = before.substring(i);
    content.rightStripped = i > 0;
  }

  private static void left(List<Node> body, int at, boolean all) {
    if (at < 0 || at >= body.size() || !(body.get(at) instanceof Content content)) {
      return;
    }
    if (!all && content.leftStripped) {
      return;
    }
    var before = content.text;
    var i = before.length();
    while (i > 0
        && (all
            ? JsText.isSpace(before.charAt(i - 1))
            : before.charAt(i - 1) == ' ' || before.charAt(i - 1) == '\t')) {
      i--;
    }
    content.text = before.substring(0, i);
    content.leftStripped = i < before.length();
  }
}
