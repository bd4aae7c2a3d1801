package dev.gantry.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A mapping of a YAML file with its places. Every scalar is the text that was written: {@code 0722}
 * is four digits, and {@code yes} is a word.
 */
final class YamlMap {
  private static final int LONGEST = 1 << 20;
  private static final Set<String> SECRETS =
      Set.of("password", "passwd", "token", "secret", "auth", "username", "user", "api-key");

  private final Map<String, Node> keys = new LinkedHashMap<>();
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final YamlFaults faults;
  private final Optional<Node> self;

  private YamlMap(Optional<Node> self, YamlFaults faults) {
    this.self = self;
    this.faults = faults;
  }

  /** The mapping at the top of a file; an empty file is an empty mapping. */
  static YamlMap top(String text, YamlFaults faults) {
    var settings =
        LoadSettings.builder().setLabel(faults.file()).setCodePointLimit(LONGEST).build();
    try {
      var root = new Compose(settings).composeString(text);
      return root.map(node -> of(node, faults)).orElseGet(() -> new YamlMap(root, faults));
    } catch (MarkedYamlEngineException e) {
      faults.add(
          e.getProblemMark().map(faults::place).orElse(faults.file()),
          "not YAML: " + e.getProblem(),
          "correct it there");
    } catch (YamlEngineException e) {
      faults.add(faults.file(), "not YAML: " + e.getMessage(), "correct it");
    }
    return new YamlMap(Optional.empty(), faults);
  }

  /** The node as a mapping; a fault and an empty one if it is something else. */
  static YamlMap of(Node node, YamlFaults faults) {
    var map = new YamlMap(Optional.of(node), faults);
    if (!(node instanceof MappingNode mapping)) {
      faults.add(node, "here belong keys with values", "write 'name: …' and so on");
      return map;
    }
    for (var pair : mapping.getValue()) {
      var key = scalar(pair.getKeyNode());
      if (key.isEmpty()) {
        faults.add(pair.getKeyNode(), "a key is a word", "write a word");
      } else if (map.values.put(key.get(), pair.getValueNode()) != null) {
        faults.add(pair.getKeyNode(), "'" + key.get() + "' stands twice", "leave one");
      } else {
        map.keys.put(key.get(), pair.getKeyNode());
      }
    }
    return map;
  }

  static Optional<String> scalar(Node node) {
    return node instanceof ScalarNode text ? Optional.of(text.getValue()) : Optional.empty();
  }

  /** Finds fault with every key that is not one of these. */
  void only(Set<String> known, String ofWhat) {
    keys.forEach((key, node) -> {
      if (!known.contains(key)) {
        var all = known.stream().sorted().toList();
        faults.add(
            node,
            "'" + key + "' is no key" + ofWhat,
            Spelling.nearest(key, all)
                .map(meant -> "write " + meant)
                .orElse("write one of " + String.join(", ", all)));
      }
    });
  }

  /** Finds fault with a secret that stands in the file, and does not look at it again. */
  void noSecrets(String instead) {
    for (var key : SECRETS) {
      var node = keys.remove(key);
      if (node != null) {
        values.remove(key);
        faults.add(
            node,
            "a '" + key + "' does not belong into this file, which is shared",
            instead.equals("credentials")
                ? "take it out, run 'gantry login', or name its place under 'credentials'"
                : "name the variables that hold it: username-env, password-env");
      }
    }
  }

  Optional<Node> node(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** A scalar's text; a fault if it is empty or no scalar. */
  Optional<String> text(String key) {
    return node(key)
        .flatMap(node -> {
          var text = scalar(node).filter(value -> !value.isBlank());
          if (text.isEmpty()) {
            faults.add(node, "'" + key + "' has no text", "write one, or leave the key out");
          }
          return text;
        });
  }

  /** The same, and a fault if the key is missing. */
  Optional<String> need(String key, String example) {
    if (node(key).isEmpty() && self.isPresent() && self.get() instanceof MappingNode) {
      faults.add(self.get(), "'" + key + "' is missing", "write '" + key + ": " + example + "'");
    }
    return text(key);
  }

  /** True or false; false if it is missing. */
  boolean yes(String key) {
    var word = text(key);
    word.filter(said -> !said.equals("true") && !said.equals("false"))
        .flatMap(_ -> node(key))
        .ifPresent(
            at -> faults.add(at, "'" + key + "' is neither true nor false", "write true or false"));
    return word.filter("true"::equals).isPresent();
  }

  /** The items of a list; none if it is missing. */
  List<Node> list(String key) {
    var node = node(key);
    if (node.isPresent() && node.get() instanceof SequenceNode items) {
      return List.copyOf(items.getValue());
    }
    node.ifPresent(other -> faults.add(other, "'" + key + "' is no list", "begin items with '- '"));
    return List.of();
  }
}
