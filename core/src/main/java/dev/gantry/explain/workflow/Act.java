package dev.gantry.explain.workflow;

import java.util.List;

/** What a step does about images, in the order of the job. */
sealed interface Act {
  /** Where it stands, counted from 1. */
  int line();

  /** Whether it happens for a fork's pull request. */
  Guard guard();

  /**
   * A login.
   *
   * @param user as it is written
   */
  record Login(String host, Node.Text user, Credential credential, int line, Guard guard)
      implements Act {}

  /**
   * A build, which stays where it is; a push may follow it.
   *
   * @param loads into the engine
   * @param platforms as they are written; blank without
   */
  record Build(
      Step step,
      List<Reference> references,
      boolean loads,
      Node.Text platforms,
      int line,
      Guard guard)
      implements Act {}

  /**
   * A push.
   *
   * @param references what is pushed, as far as the file says it
   * @param fromEngine of an image that must lie in the engine already
   */
  record Push(Step step, List<Reference> references, boolean fromEngine, int line, Guard guard)
      implements Act {}

  /** An image that comes into the engine by a pull, a load or a new name. */
  record Fetch(List<Reference> references, boolean any, int line, Guard guard) implements Act {}

  /** A set-up: {@code qemu}, {@code buildx}, {@code checkout}, {@code artifact}, {@code files}. */
  record SetUp(String what, Step step, int line, Guard guard) implements Act {}

  /**
   * A reference in the file.
   *
   * @param text with the variables of the file put in
   * @param host see {@link Host}
   */
  record Reference(String text, String host, int line) {
    static Reference of(String text, int line) {
      return new Reference(text, Host.ofReference(text), line);
    }
  }
}
