package dev.gantry.explain.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A value of a YAML text with the line on which it begins, counted from 1. */
sealed interface Node {
  int line();

  /**
   * A scalar.
   *
   * @param block written with | or &gt;: its first line of text is the one behind
   * @param folded written over several lines without a bar, which become one
   */
  record Text(String value, int line, boolean block, boolean folded) implements Node {
    static Text of(String value, int line) {
      return new Text(value, line, false, false);
    }

    /** Each line that is not blank, at its own place. */
    List<Text> lines() {
      var lines = new ArrayList<Text>();
      var at = block ? line + 1 : line;
      for (var one : value.lines().toList()) {
        if (!one.isBlank()) {
          lines.add(of(one.strip(), at));
        }
        at++;
      }
      return lines;
    }

    boolean isBlank() {
      return value.isBlank();
    }
  }

  /** A sequence. */
  record Items(List<Node> all, int line) implements Node {
    public Items {
      all = List.copyOf(all);
    }
  }

  /** A mapping; of two fields with one key the later holds. */
  record Fields(List<Field> all, int line) implements Node {
    public Fields {
      all = List.copyOf(all);
    }
  }

  /** One key of a mapping. */
  record Field(String key, int line, Node value) {}

  default List<Field> fields() {
    return this instanceof Fields(var all, var _) ? all : List.of();
  }

  /** The items of a sequence; a scalar or mapping is a sequence of itself. */
  default List<Node> items() {
    return switch (this) {
      case Items(var all, var _) -> all;
      case Text text -> text.isBlank() ? List.of() : List.of(text);
      case Fields fields -> List.of(fields);
    };
  }

  default Optional<Field> field(String key) {
    return fields().reversed().stream().filter(field -> field.key().equals(key)).findFirst();
  }

  default Optional<Node> at(String key) {
    return field(key).map(Field::value);
  }

  /** The scalar under a key. */
  default Optional<Text> text(String key) {
    return at(key)
        .flatMap(node -> node instanceof Text text ? Optional.of(text) : Optional.empty());
  }

  /** The scalars of a sequence, or the scalar itself. */
  default List<Text> texts() {
    return items().stream()
        .flatMap(node -> node instanceof Text text ? Stream.of(text) : Stream.<Text>of())
        .toList();
  }

  /** A mapping's scalars by key; what is a sequence there is joined by line ends. */
  default Map<String, Text> map() {
    var map = new LinkedHashMap<String, Text>();
    for (var field : fields()) {
      switch (field.value()) {
        case Text(var value, var _, var block, var folded) ->
            map.put(field.key(), new Text(value, field.line(), block, folded));
        case Items items ->
            map.put(
                field.key(),
                new Text(
                    String.join("\n", items.texts().stream().map(Text::value).toList()),
                    field.line(),
                    true,
                    false));
        case Fields _ -> map.put(field.key(), Text.of("", field.line()));
      }
    }
    return map;
  }
}
