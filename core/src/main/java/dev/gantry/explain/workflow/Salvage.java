package dev.gantry.explain.workflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what is nearly YAML, such as an excerpt with broken indentation: a line belongs to the
 * nearest line above that is indented less. Never fails; what it does not understand it leaves out.
 */
final class Salvage {
  private static final Pattern PAIR =
      Pattern.compile("^([A-Za-z_$.][\\w$./ -]{0,80}|\"[^\"]{0,80}\"|'[^']{0,80}'):(?:\\s+(.*))?$");
  private static final int DEEPEST = 60;

  /** A line's place in the tree: keys and items below it are indented more. */
  private static final class Branch {
    private final int indent;
    private final int line;
    private final boolean item;
    private final String key;
    private final List<Branch> below = new ArrayList<>();
    private Optional<Node> value = Optional.empty();

    Branch(int indent, int line, boolean item, String key) {
      this.indent = indent;
      this.line = line;
      this.item = item;
      this.key = key;
    }

    Node node() {
      if (below.isEmpty()) {
        return value.orElseGet(() -> Node.Text.of("", line));
      }
      if (below.getFirst().item) {
        return new Node.Items(
            below.stream().filter(one -> one.item).map(Branch::node).toList(),
            below.getFirst().line);
      }
      return new Node.Fields(
          below.stream()
              .filter(one -> !one.item && !one.key.isEmpty())
              .map(one -> new Node.Field(one.key, one.line, one.node()))
              .toList(),
          below.getFirst().line);
    }
  }

  private final List<String> lines;
  private final Branch root = new Branch(-1, 1, false, "");
  private final Deque<Branch> path = new ArrayDeque<>();
  private int at;

  private Salvage(String text) {
    lines = text.lines().toList();
    path.push(root);
  }

  static Node read(String text) {
    var salvage = new Salvage(text);
    while (salvage.at < salvage.lines.size()) {
      salvage.line();
    }
    return salvage.root.node();
  }

  private void line() {
    var raw = lines.get(at).replace("\t", "  ");
    var text = raw.strip();
    at++;
    if (text.isEmpty() || text.startsWith("#") || text.equals("---")) {
      return;
    }
    var indent = raw.length() - raw.stripLeading().length();
    while ((text.startsWith("- ") || text.equals("-")) && path.size() < DEEPEST) {
      push(new Branch(indent, at, true, ""));
      var rest = text.substring(1).stripLeading();
      indent += text.length() - rest.length();
      text = rest;
    }
    var pair = PAIR.matcher(text);
    if (pair.matches()) {
      var branch = new Branch(indent, at, false, unquoted(pair.group(1)));
      push(branch);
      var value = pair.group(2) == null ? "" : uncommented(pair.group(2));
      if (value.startsWith("|") || value.startsWith(">")) {
        branch.value = Optional.of(block(indent));
      } else if (!value.isEmpty()) {
        branch.value = Optional.of(flow(value, at));
      }
    } else if (!text.isEmpty()) {
      scalar(indent, uncommented(text));
    }
  }

  /** Makes the branch a child of the nearest line that is indented less. */
  private void push(Branch branch) {
    while (path.size() > 1 && path.element().indent >= branch.indent) {
      var beside = path.element();
      if (branch.item
          && !beside.item
          && beside.indent == branch.indent
          && beside.value.isEmpty()
          && (beside.below.isEmpty() || beside.below.getFirst().item)) {
        break; // items may stand as far left as their key
      }
      path.pop();
    }
    while (path.size() > 1 && path.element().value.isPresent()) {
      path.pop(); // a key that has its value has nothing below
    }
    path.element().below.add(branch);
    if (path.size() < DEEPEST) {
      path.push(branch);
    }
  }

  private void scalar(int indent, String text) {
    while (path.size() > 1 && path.element().indent > indent) {
      path.pop();
    }
    var in = path.element();
    if (in != root && in.below.isEmpty() && in.value.isEmpty()) {
      in.value = Optional.of(flow(text, at));
    }
  }

  private Node block(int indent) {
    var from = at;
    var text = new StringBuilder();
    while (at < lines.size()) {
      var raw = lines.get(at);
      if (!raw.isBlank() && raw.length() - raw.stripLeading().length() <= indent) {
        break;
      }
      text.append(raw.strip()).append('\n');
      at++;
    }
    return new Node.Text(text.toString(), from, true, false);
  }

  private static Node flow(String value, int line) {
    if (value.startsWith("[") && value.endsWith("]")) {
      var parts = value.substring(1, value.length() - 1).split(",", -1);
      return new Node.Items(
          Arrays.stream(parts)
              .map(part -> (Node) Node.Text.of(unquoted(part.strip()), line))
              .toList(),
          line);
    }
    return value.equals("{}")
        ? new Node.Fields(List.of(), line)
        : Node.Text.of(unquoted(value), line);
  }

  private static String uncommented(String value) {
    var comment = value.indexOf(" #");
    return (comment < 0 ? value : value.substring(0, comment)).strip();
  }

  private static String unquoted(String text) {
    var quoted =
        text.length() > 1
            && (text.charAt(0) == '"' || text.charAt(0) == '\'')
            && text.charAt(text.length() - 1) == text.charAt(0);
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
