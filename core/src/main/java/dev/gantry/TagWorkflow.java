package dev.gantry;

import dev.gantry.failure.Failure;
import dev.gantry.failure.Failure.Problem;
import dev.gantry.failure.Failure.Stage;
import dev.gantry.failure.PublishException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What a GitHub workflow says about tags.
 *
 * @param inputs of its metadata step
 * @param triggers push (of branches), tag, pull_request, schedule, workflow_dispatch
 * @param values of its environment, by env.NAME in lower case
 * @param text of the file
 */
public record TagWorkflow(
    Map<String, String> inputs, Set<String> triggers, Map<String, String> values, String text) {
  private static final String STEP = "docker/metadata-action@";

  /**
   * Reads a workflow.
   *
   * @throws PublishException when it is none, or has no metadata step
   */
  public static TagWorkflow read(Path file) {
    try {
      var text = Files.readString(file);
      if (!(new Load(LoadSettings.builder().build()).loadFromString(text)
          instanceof Map<?, ?> all)) {
        throw refused("the workflow is no mapping", file, "give a file of .github/workflows");
      }
      var values = new LinkedHashMap<String, String>();
      environment(values, all.get("env"));
      for (var job : maps(all.get("jobs"))) {
        var step = step(job);
        if (step.isPresent()) {
          environment(values, job.get("env"));
          return new TagWorkflow(texts(step.get().get("with")), triggers(all), values, text);
        }
      }
      throw refused("no step uses docker/metadata-action", file, "name the workflow that does");
    } catch (IOException e) {
      throw refused(
          "the workflow cannot be read: " + e.getMessage(), file, "give a file that is there");
    } catch (YamlEngineException e) {
      throw refused("the workflow is no YAML: " + e.getMessage(), file, "correct the YAML");
    }
  }

  private static List<Map<?, ?>> maps(@Nullable Object value) {
    var found = new java.util.ArrayList<Map<?, ?>>();
    var items =
        value instanceof Map<?, ?> map
            ? map.values()
            : value instanceof List<?> list ? list : List.of();
    for (var item : items) {
      if (item instanceof Map<?, ?> map) {
        found.add(map);
      }
    }
    return found;
  }

  private static Optional<Map<?, ?>> step(Map<?, ?> job) {
    return maps(job.get("steps")).stream()
        .filter(step -> String.valueOf(step.get("uses")).startsWith(STEP))
        .findFirst();
  }

  private static Map<String, String> texts(@Nullable Object value) {
    var texts = new LinkedHashMap<String, String>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, text) -> texts.put(String.valueOf(key), String.valueOf(text)));
    }
    return texts;
  }

  private static void environment(Map<String, String> values, @Nullable Object env) {
    texts(env).forEach((name, value) -> values.put("env." + name.toLowerCase(Locale.ROOT), value));
  }

  /** A push with branches only fires for no tag, one with tags only for no branch. */
  private static Set<String> triggers(Map<?, ?> workflow) {
    // YAML 1.1 readers take the key 'on' for true; this reader (1.2) does not.
    var on = workflow.get("on");
    var names = new LinkedHashSet<String>();
    if (on instanceof Map<?, ?> map) {
      map.keySet().forEach(key -> names.add(String.valueOf(key)));
    } else if (on instanceof List<?> list) {
      list.forEach(key -> names.add(String.valueOf(key)));
    } else {
      names.add(String.valueOf(on));
    }
    var triggers = new LinkedHashSet<String>(names);
    if (names.contains("push")) {
      var push = on instanceof Map<?, ?> map ? map.get("push") : null;
      var branches = push instanceof Map<?, ?> map && has(map, "branches");
      var tags = push instanceof Map<?, ?> map && has(map, "tags");
      if (branches == tags || tags) {
        triggers.add("tag");
      }
      if (tags && !branches) {
        triggers.remove("push");
      }
    }
    if (names.contains("release")) {
      triggers.add("tag");
    }
    if (names.contains("pull_request_target")) {
      triggers.add("pull_request");
    }
    return triggers;
  }

  private static boolean has(Map<?, ?> push, String name) {
    return push.containsKey(name) || push.containsKey(name + "-ignore");
  }

  private static PublishException refused(String what, Path file, String todo) {
    return new PublishException(
        new Failure.Refused(
            Stage.REQUEST,
            new Problem("ci.misconfigured-workflow", what, "the workflow " + file, todo)));
  }
}
