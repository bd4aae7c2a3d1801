package dev.gantry.explain;

import dev.gantry.explain.log.Facts;
import java.util.List;

/**
 * A demand on facts, written {@code name}, {@code name=value}, {@code name=one|two}; an exclamation
 * mark in front turns it round.
 */
record Condition(boolean wanted, String name, List<String> values) {

  static Condition of(String text) {
    var wanted = !text.startsWith("!");
    var rest = wanted ? text : text.substring(1);
    var eq = rest.indexOf('=');
    return eq < 0
        ? new Condition(wanted, rest, List.of())
        : new Condition(
            wanted, rest.substring(0, eq), List.of(rest.substring(eq + 1).split("\\|")));
  }

  boolean holds(Facts facts) {
    var there =
        values.isEmpty()
            ? facts.has(name)
            : values.stream().anyMatch(value -> facts.has(name, value));
    return there == wanted;
  }

  static boolean all(List<Condition> conditions, Facts facts) {
    return conditions.stream().allMatch(condition -> condition.holds(facts));
  }
}
