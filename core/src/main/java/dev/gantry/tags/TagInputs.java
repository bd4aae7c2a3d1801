package dev.gantry.tags;

import dev.gantry.tags.grammar.JsText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the user asks for, in the names of docker/metadata-action's inputs.
 *
 * @param given by flags or a file; wins over the environment
 * @param env the process's environment, for the {@code INPUT_…} and {@code DOCKER_METADATA_…}
 *     variables
 * @param compat whether the answers shall be docker/metadata-action's, right or wrong
 */
public record TagInputs(Map<String, String> given, Map<String, String> env, boolean compat) {
  /** The inputs of docker/metadata-action (action.yml), the token aside. */
  public static final List<String> NAMES =
      List.of(
          "context",
          "images",
          "tags",
          "flavor",
          "labels",
          "annotations",
          "sep-tags",
          "sep-labels",
          "sep-annotations",
          "bake-target");

  /** Inputs that are ours: they have no meaning with {@code compat}. */
  public static final List<String> OURS = List.of("variants", "case", "max-length", "push");

  public TagInputs {
    given = Map.copyOf(given);
    env = Map.copyOf(env);
  }

  /** Inputs as flags only. */
  public static TagInputs of(Map<String, String> given) {
    return new TagInputs(given, Map.of(), false);
  }

  /** The same answered as docker/metadata-action does. */
  public TagInputs compatible() {
    return new TagInputs(given, env, true);
  }

  /** An input's text; empty when nobody gave it. */
  public String get(String name) {
    var upper = name.toUpperCase(Locale.ROOT);
    return Optional.ofNullable(given.get(name))
        .or(() -> Optional.ofNullable(env.get("INPUT_" + upper)))
        .or(() -> Optional.ofNullable(env.get("INPUT_" + upper.replace('-', '_'))))
        .orElse("");
  }

  /** An input's text without blanks around it, or what it is when it is empty. */
  String get(String name, String otherwise) {
    var text = JsText.trim(get(name));
    return text.isEmpty() ? otherwise : text;
  }

  /** A separator: blanks count, and an empty one is a line end. */
  public String separator(String name) {
    var text = get(name);
    return text.isEmpty() ? "\n" : text;
  }

  /** An environment switch; empty when it is not set. */
  String setting(String variable) {
    return env.getOrDefault(variable, "");
  }

  /** The levels that annotations stand on (docker/metadata-action, README, annotations). */
  List<String> levels() {
    var levels = setting("DOCKER_METADATA_ANNOTATIONS_LEVELS");
    return levels.isEmpty() ? List.of("manifest") : List.of(levels.split(",", -1));
  }

  /**
   * Whether the results also go to the job's environment.
   *
   * @throws dev.gantry.failure.PublishException for a switch that is neither true nor false
   */
  public boolean exportsResults() {
    var text = setting("DOCKER_METADATA_SET_OUTPUT_ENV");
    return switch (text) {
      case "", "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default ->
          throw Objection.rule(
              "parseBool syntax error: " + text,
              "DOCKER_METADATA_SET_OUTPUT_ENV",
              "set it to true or false");
    };
  }

  /**
   * Where ref and commit come from: workflow or git.
   *
   * @throws dev.gantry.failure.PublishException for anything else
   */
  public String source() {
    var text = get("context", "workflow");
    if (!text.equals("workflow") && !text.equals("git")) {
      throw Objection.rule(
          "Invalid context source: " + text, "the input 'context'", "use workflow or git");
    }
    return text;
  }

  /** The user's rules, sorted by priority. */
  public List<Rule> rules() {
    return RuleReader.read(get("tags"), compat);
  }
}
