package dev.gantry.tags;

import dev.gantry.failure.Failure;
import dev.gantry.failure.Failure.Problem;
import dev.gantry.failure.Failure.Stage;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Malformed;

/** Makes the refusals of this package: what is wrong, in which rule or input, and the fix. */
final class Objection {
  /** Cause of everything that is wrong with a rule or an input. */
  static final String RULE = "ci.misconfigured-workflow";

  /** Cause of a tag that no registry takes. */
  static final String TAG = "name.invalid-tag";

  /** Cause of an image name that no registry takes. */
  static final String IMAGE = "name.invalid-reference";

  /** Cause of a plan without tags. */
  static final String EMPTY = "ci.tags-empty";

  private Objection() {}

  static PublishException of(String cause, String what, String where, String todo) {
    return new PublishException(
        new Failure.Refused(Stage.PLAN, new Problem(cause, what, where, todo)));
  }

  static PublishException rule(String what, String where, String todo) {
    return of(RULE, what, where, todo);
  }

  /**
   * Tells in which rule or input text was found that is not what it should be; what stands behind a
   * semicolon in the fault is the fix.
   */
  static PublishException in(String where, Malformed fault) {
    var semicolon = fault.what().indexOf("; ");
    var what = semicolon < 0 ? fault.what() : fault.what().substring(0, semicolon);
    var todo = semicolon < 0 ? "correct it in " + where : fault.what().substring(semicolon + 2);
    return new PublishException(
        new Failure.Refused(
            Stage.PLAN,
            new Problem(
                RULE,
                what + ": '" + fault.text() + "'",
                where,
                fault.nearest().map(right -> "write " + right).orElse(todo))),
        fault);
  }
}
