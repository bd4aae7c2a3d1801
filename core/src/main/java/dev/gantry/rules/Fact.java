package dev.gantry.rules;

import java.util.Optional;

/**
 * One thing the book says of a registry, and what it rests on.
 *
 * @param unless the setting of that registry under which it is otherwise
 */
public record Fact<T>(T value, Optional<String> note, Optional<String> unless, Backing backing) {
  /** The weight of a finding that rests on it: a setting may always be otherwise. */
  Finding.Weight weight() {
    return unless.isPresent() ? Finding.Weight.WARNS : backing.confidence().weight();
  }
}
