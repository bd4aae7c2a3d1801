package dev.gantry.tags;

import dev.gantry.tags.grammar.Collation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The eight labels of the image-spec (annotations.md, pre-defined keys) with the user's own, which
 * replace them. Labels and annotations have the same defaults and inputs of their own.
 */
final class Labels {
  private static final String KEY = "org.opencontainers.image.";

  private Labels() {}

  /** What stands on every image. */
  static Map<String, String> defaults(
      Project project, String version, String created, String revision) {
    var labels = new LinkedHashMap<String, String>();
    labels.put(KEY + "title", project.name());
    labels.put(KEY + "description", project.description());
    labels.put(KEY + "url", project.url());
    labels.put(KEY + "source", project.url());
    labels.put(KEY + "version", version);
    labels.put(KEY + "created", created);
    labels.put(KEY + "revision", revision);
    labels.put(KEY + "licenses", project.licence());
    return labels;
  }

  /** The defaults and the user's entries, sorted by key. */
  static Map<String, String> with(
      Map<String, String> defaults, String input, String inputs, Expressions expressions) {
    var compat = expressions.inputs.compat();
    var all = new LinkedHashMap<>(defaults);
    for (var row : Lists.rows(input, inputs, compat)) {
      var where = "the " + input + " entry '" + row + "'";
      var entry = expressions.global(row, where);
      var equals = entry.indexOf('=');
      if (equals >= 0) {
        all.put(entry.substring(0, equals), entry.substring(equals + 1));
      } else if (!compat) {
        throw Objection.rule("no equals sign", where, "write key=value");
      }
    }
    var sorted = new LinkedHashMap<String, String>();
    all.keySet().stream()
        .sorted(Collation.ORDER)
        .forEach(key -> sorted.put(key, all.getOrDefault(key, "")));
    return sorted;
  }

  /** The entries on each level. */
  static List<String> annotations(Map<String, String> entries, List<String> levels) {
    var all = new ArrayList<String>();
    for (var level : levels) {
      entries.forEach((key, value) -> all.add(level + ":" + key + "=" + value));
    }
    return all;
  }
}
