package dev.gantry.tags;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One line of the tags input.
 *
 * @param attributes by lower case names, in the order they were first written
 * @param text the line as it was given
 * @param number its place in the input, from 1
 */
public record Rule(Type type, Map<String, String> attributes, String text, int number) {
  public Rule {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /** What a rule makes its tag from; the order is that of their weights. */
  public enum Type {
    SCHEDULE(1000),
    SEMVER(900),
    PEP440(900),
    MATCH(800),
    EDGE(700),
    REF(600),
    RAW(200),
    SHA(100);

    private final int weight;

    Type(int weight) {
      this.weight = weight;
    }

    /** The priority of a rule that says none. */
    int weight() {
      return weight;
    }

    /** The word in a rule. */
    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    static Optional<Type> of(String word) {
      for (var type : values()) {
        if (type.word().equals(word)) {
          return Optional.of(type);
        }
      }
      return Optional.empty();
    }
  }

  /** The attribute, or nothing at all when it was not written. */
  Optional<String> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  /** The attribute, empty when it was not written. */
  String get(String name) {
    return attributes.getOrDefault(name, "");
  }

  /** Where an error about this rule is. */
  String where() {
    return "rule " + number + " '" + text + "'";
  }
}
