package dev.gantry.rules;

import dev.gantry.failure.Failure;
import java.util.Optional;

/**
 * A doubt before anything is written.
 *
 * @param cause an id of the table of causes, for example {@code name.namespace}
 * @param what one line: what is wrong
 * @param where the text that is wrong: a reference, a tag, the digest of a layer
 * @param todo what to do about it, in one line
 * @param nearest the nearest right form of {@code where}, to be put in its place
 * @param source where the rule stands: an address, an observation, or a file of the user
 */
public record Finding(
    String cause,
    Weight weight,
    String what,
    String where,
    String todo,
    Optional<String> nearest,
    String source) {

  /** Whether the publish can still go on. */
  public enum Weight {
    BLOCKS,
    WARNS
  }

  public boolean blocks() {
    return weight == Weight.BLOCKS;
  }

  /** The same for a failure that refuses the publish. */
  public Failure.Problem problem() {
    return new Failure.Problem(cause, what, where, todo);
  }
}
