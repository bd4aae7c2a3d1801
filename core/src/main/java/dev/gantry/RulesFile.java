package dev.gantry;

import dev.gantry.failure.Failure;
import dev.gantry.failure.Failure.Problem;
import dev.gantry.failure.Failure.Stage;
import dev.gantry.failure.PublishException;
import dev.gantry.tags.Presets;
import dev.gantry.tags.TagInputs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Tag rules in a file: YAML with the names of the inputs, each a text or a list of lines. */
final class RulesFile {
  private RulesFile() {}

  static Map<String, String> read(Path file, InputStream stream) {
    var inputs = new LinkedHashMap<String, String>();
    if (!(load(file, stream) instanceof Map<?, ?> all)) {
      throw refused("the rules are no mapping", file, "write tags: with a list of rules below it");
    }
    var names = new ArrayList<String>();
    names.addAll(TagInputs.NAMES);
    names.addAll(TagInputs.OURS);
    names.add("preset");
    for (var entry : all.entrySet()) {
      var name = String.valueOf(entry.getKey());
      if (!names.contains(name)) {
        throw refused(
            "there is no input '" + name + "'", file, "use one of " + String.join(", ", names));
      }
    }
    if (all.get("preset") instanceof String preset) {
      inputs.putAll(Presets.of(preset));
    }
    for (var entry : all.entrySet()) {
      if (!entry.getKey().equals("preset")) {
        inputs.put(String.valueOf(entry.getKey()), text(entry.getValue()));
      }
    }
    return inputs;
  }

  private static String text(Object value) {
    return value instanceof List<?> lines
        ? String.join("\n", lines.stream().map(String::valueOf).toList())
        : String.valueOf(value);
  }

  private static Object load(Path file, InputStream stream) {
    try {
      var text =
          file.toString().equals("-")
              ? new String(stream.readAllBytes(), StandardCharsets.UTF_8)
              : Files.readString(file);
      return new Load(LoadSettings.builder().build()).loadFromString(text);
    } catch (IOException e) {
      throw refused(
          "the rules cannot be read: " + e.getMessage(), file, "give a file that is there");
    } catch (YamlEngineException e) {
      throw refused("the rules are no YAML: " + e.getMessage(), file, "correct the YAML");
    }
  }

  private static PublishException refused(String what, Path file, String todo) {
    return new PublishException(
        new Failure.Refused(
            Stage.REQUEST,
            new Problem("ci.misconfigured-workflow", what, "the rules file " + file, todo)));
  }
}
