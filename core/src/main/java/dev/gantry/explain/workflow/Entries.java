package dev.gantry.explain.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * All values of a YAML text, flat. What is no YAML (an excerpt with broken indentation) is read
 * line by line, with the last key only.
 */
final class Entries {
  private static final Pattern PAIR =
      Pattern.compile("^[ \\t]{0,80}(?:- )?([A-Za-z_][A-Za-z0-9_.-]{0,80}): {0,8}(.{0,2000})$");
  private static final int DEEPEST = 40;

  private final List<Entry> entries = new ArrayList<>();

  private Entries() {}

  static List<Entry> of(String text) {
    var reading = new Entries();
    try {
      var settings = LoadSettings.builder().setAllowDuplicateKeys(true).build();
      new Compose(settings).composeString(text).ifPresent(root -> reading.walk("", root, 0));
    } catch (YamlEngineException _) {
      reading.entries.clear();
    }
    if (reading.entries.stream().noneMatch(entry -> entry.path().contains("."))) {
      reading.lines(text);
    }
    return List.copyOf(reading.entries);
  }

  private void walk(String path, Node node, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    switch (node) {
      case ScalarNode scalar -> entries.add(new Entry(path, scalar.getValue(), line(scalar)));
      case SequenceNode sequence -> {
        var at = 0;
        for (var item : sequence.getValue()) {
          walk(under(path, Integer.toString(at++)), item, depth + 1);
        }
      }
      case MappingNode mapping -> {
        if (mapping.getValue().isEmpty()) {
          entries.add(new Entry(path, "", line(mapping)));
        }
        for (var pair : mapping.getValue()) {
          if (pair.getKeyNode() instanceof ScalarNode key) {
            walk(under(path, key.getValue()), pair.getValueNode(), depth + 1);
          }
        }
      }
      default -> entries.add(new Entry(path, "", line(node)));
    }
  }

  private static String under(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  private void lines(String text) {
    entries.clear();
    var number = 0;
    for (var line : text.lines().toList()) {
      number++;
      var pair = PAIR.matcher(line);
      if (pair.matches()) {
        entries.add(new Entry(pair.group(1), pair.group(2).strip(), number));
      } else if (!line.isBlank()) {
        entries.add(new Entry("", line.strip(), number));
      }
    }
  }
}
