package dev.gantry.explain;

import dev.gantry.explain.log.Facts;
import dev.gantry.failure.Evidence;
import dev.gantry.failure.Failure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What came of a probe. */
public sealed interface Probed {
  Probe probe();

  /** It was not made, or no answer came; nothing follows from it. */
  record NotMade(Probe probe, Words why) implements Probed {}

  /**
   * It was made.
   *
   * @param asked every request, in order
   * @param found what the answers say besides: {@code grants=none}, {@code skew=130}
   */
  record Made(Probe probe, List<Asked> asked, Facts found) implements Probed {
    public Made {
      asked = List.copyOf(asked);
      if (asked.isEmpty()) {
        throw new IllegalArgumentException("a probe that was made asked something");
      }
    }

    /** Whether the request that decides was accepted. */
    public boolean accepted() {
      return asked.getFirst().accepted();
    }
  }

  /**
   * One request with its answer.
   *
   * @param flaw the rule of the protocol that the answer breaks
   */
  record Asked(Evidence evidence, Optional<String> flaw) {

    /** Method and address, without what stands behind a question mark. */
    public String request() {
      var url = evidence.url();
      return evidence.method() + " " + url.getScheme() + "://" + url.getAuthority() + url.getPath();
    }

    /** What was answered, on one line: status, code and message. */
    public String answer() {
      var answer = evidence.answer();
      if (answer.isEmpty()) {
        return "no answer";
      }
      var said =
          answer.get().errors().stream()
              .map(one -> (one.code() + " " + one.message()).strip())
              .collect(Collectors.joining("; "));
      var text = said.isEmpty() && !accepted() ? answer.get().excerpt().strip() : said;
      var line = text.lines().findFirst().orElse("");
      return (answer.get().status() + " " + line + flaw.map(rule -> "; " + rule).orElse(""))
          .strip();
    }

    boolean accepted() {
      return evidence
          .answer()
          .filter(answer -> answer.status() >= 200 && answer.status() < 300)
          .isPresent();
    }

    /** The failure that a refusal would have been. */
    Failure.Rejected refusal() {
      return new Failure.Rejected(Failure.Stage.UPLOAD, evidence);
    }
  }

  /** The credential of the first request that carried one, for people. */
  default String as() {
    return switch (this) {
      case NotMade _ -> "";
      case Made(_, var asked, _) ->
          asked.stream()
              .map(one -> one.evidence().sent())
              .filter(login -> !login.equals(Evidence.Login.NONE))
              .map(login -> login.kind().toLowerCase(Locale.ROOT) + ", " + login.source())
              .findFirst()
              .orElse("none");
    };
  }
}
