package dev.gantry.explain.workflow;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One step of a job.
 *
 * @param id by which outputs are read; empty without
 * @param title as a log shows it; empty without
 * @param condition {@code if:}, {@code when:} or {@code rules:} in its own words; empty text
 *     without
 * @param uses the action, image or task; empty text for a script
 * @param with its inputs
 * @param script its commands, one text a block
 */
record Step(
    String id,
    String title,
    int line,
    Node.Text condition,
    Node.Text uses,
    Map<String, Node.Text> with,
    Map<String, Node.Text> env,
    List<Node.Text> script) {
  private static final Pattern MAJOR = Pattern.compile("^v?(\\d{1,4})(?:\\.\\d+)*$");

  public Step {
    script = List.copyOf(script);
  }

  /** The action without its version, in lower case. */
  String action() {
    var at = uses.value().indexOf('@');
    var name = at < 0 ? uses.value() : uses.value().substring(0, at);
    return name.strip().toLowerCase(Locale.ROOT);
  }

  boolean uses(String name) {
    return action().equals(name);
  }

  /** The action's major version, where it is a number. */
  Optional<Integer> major() {
    var at = uses.value().indexOf('@');
    var matcher = MAJOR.matcher(at < 0 ? "" : uses.value().substring(at + 1).strip());
    return matcher.matches() ? Optional.of(Integer.parseInt(matcher.group(1))) : Optional.empty();
  }

  /** An input; a blank text at the step's line without. */
  Node.Text input(String name) {
    var value = with.get(name);
    return value == null ? Node.Text.of("", line) : value;
  }

  boolean has(String name) {
    return with.containsKey(name);
  }
}
