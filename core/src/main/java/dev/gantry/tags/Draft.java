package dev.gantry.tags;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A context in the making: takes variables of the environment into the fields of a context. */
final class Draft {
  private final Map<String, String> env;
  private final Map<String, Fact> facts = new LinkedHashMap<>();

  Draft(Map<String, String> env) {
    this.env = env;
  }

  /** A variable that is set and not empty. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(env.get(name)).filter(value -> !value.isEmpty());
  }

  /** Sets a field from a variable, unless it is set already or the variable is not. */
  Draft take(String field, String variable) {
    return take(field, "", variable, "");
  }

  /** The same with text around the variable's value. */
  Draft take(String field, String before, String variable, String behind) {
    variable(variable)
        .ifPresent(value -> facts.putIfAbsent(field, new Fact(before + value + behind, variable)));
    return this;
  }

  Draft branch(String variable) {
    return take("ref", "refs/heads/", variable, "");
  }

  Draft tag(String variable) {
    return take("ref", "refs/tags/", variable, "");
  }

  /** Sets number and ref of a pull request, and the event. */
  Draft pull(String variable) {
    if (variable(variable).filter(Draft::isNumber).isEmpty()) {
      return this;
    }
    take("pull request", variable);
    take("ref", "refs/pull/", variable, "/merge");
    return event("pull_request", variable);
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  Draft event(String event, String source) {
    facts.putIfAbsent("event", new Fact(event, source));
    return this;
  }

  /** Sets the event from a variable whose words are this CI's own; others stay as they are. */
  Draft event(String variable, Map<String, String> words) {
    variable(variable)
        .ifPresent(
            word -> event(words.getOrDefault(word.toLowerCase(Locale.ROOT), word), variable));
    return this;
  }

  /** Sets a field to what was worked out. */
  Draft set(String field, Optional<String> value, String source) {
    value.ifPresent(text -> facts.putIfAbsent(field, new Fact(text, source)));
    return this;
  }

  /** Sets owner/name from a clone address: https, ssh or scp-like. */
  Draft repository(String variable) {
    return set("repository", variable(variable).flatMap(Draft::path), variable);
  }

  /** The path of a clone address, without .git. */
  static Optional<String> path(String address) {
    var scheme = address.indexOf("://");
    var rest = scheme < 0 ? address : address.substring(scheme + 3);
    var slash = scheme < 0 ? rest.indexOf(':') : rest.indexOf('/');
    if (slash < 0 || slash == rest.length() - 1) {
      return Optional.empty();
    }
    var path = rest.substring(slash + 1);
    return Optional.of(path.endsWith(".git") ? path.substring(0, path.length() - 4) : path);
  }

  Context context(String ci) {
    event("push", "the usual event");
    return Context.of(ci).with(facts);
  }
}
