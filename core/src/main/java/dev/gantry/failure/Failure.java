package dev.gantry.failure;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Why something stopped, as it was observed. */
public sealed interface Failure {
  Stage stage();

  /** It answered, and the answer was no. */
  record Rejected(Stage stage, Evidence evidence) implements Failure {}

  /** No usable answer came: name, socket, TLS, proxy, reset, timeout. */
  record Unreachable(Stage stage, Evidence evidence, Why why, String words) implements Failure {}

  /** The answer is outside the protocol: no Location, another digest, HTML. */
  record OffProtocol(Stage stage, Evidence evidence, String rule) implements Failure {}

  /** Our own rules or the input say that this cannot work. Nothing was written. */
  record Refused(Stage stage, List<Problem> problems) implements Failure {
    public Refused {
      problems = List.copyOf(problems);
    }

    public Refused(Stage stage, Problem problem) {
      this(stage, List.of(problem));
    }
  }

  /** Somebody stopped it. */
  record Cancelled(Stage stage, String why) implements Failure {}

  /** The time that was set for the whole run is over. */
  record OutOfTime(Stage stage, Duration limit) implements Failure {}

  /** A defect of this tool. */
  record Defect(Stage stage, Throwable thrown) implements Failure {}

  /**
   * One thing that is wrong on this side of the wire.
   *
   * @param cause an id of the table of causes, for example {@code name.uppercase}
   * @param what one line: what is wrong
   * @param where file, line, column or argument
   * @param todo what to do about it
   */
  record Problem(String cause, String what, String where, String todo) {}

  /** The request behind it, where there was one. */
  default Optional<Evidence> seen() {
    return switch (this) {
      case Rejected rejected -> Optional.of(rejected.evidence());
      case Unreachable unreachable -> Optional.of(unreachable.evidence());
      case OffProtocol off -> Optional.of(off.evidence());
      case Refused _, Cancelled _, OutOfTime _, Defect _ -> Optional.empty();
    };
  }

  /** How far the walk had come. */
  enum Stage {
    REQUEST,
    READ,
    SIGN_IN,
    SURVEY,
    PLAN,
    UPLOAD,
    COMMIT,
    POINT,
    VERIFY
  }

  /** What kept an answer from coming. */
  enum Why {
    DNS,
    CONNECT,
    TLS_TRUST,
    TLS_OTHER,
    HTTP_HTTPS,
    PROXY,
    RESET,
    TIMEOUT
  }
}
