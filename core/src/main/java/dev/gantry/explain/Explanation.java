package dev.gantry.explain;

import dev.gantry.explain.log.Facts;
import dev.gantry.explain.log.Log;
import dev.gantry.explain.log.LogReader;
import dev.gantry.explain.log.Observation;
import dev.gantry.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * All diagnoses of one log or failure, best first; there is always one, if only {@code other}.
 *
 * @param source the file as it was named
 */
public record Explanation(String source, List<Diagnosis> diagnoses) {
  /** Below this confidence the honest answer is that it cannot be told. */
  private static final double TELLING = 0.4;

  public Explanation {
    diagnoses = List.copyOf(diagnoses);
  }

  /** Reads a log to its end and says what it means. */
  public static Explanation of(String source, InputStream log, List<Observation> pipeline)
      throws IOException {
    return of(LogReader.read(source, log, Causes.table().vocabulary()), pipeline);
  }

  /**
   * What a log means.
   *
   * @param pipeline observations from the pipeline's file; empty without one
   */
  public static Explanation of(Log log, List<Observation> pipeline) {
    var all = new ArrayList<>(pipeline);
    var facts = log.facts().copy();
    pipeline.forEach(seen -> facts.addAll(seen.own()));
    all.addAll(log.observations());
    return new Explanation(log.source(), Ranking.of(all, Setting.derived(facts, log)));
  }

  /** What a failure of ours means. */
  public static Explanation of(Failure failure, Facts setting) {
    return new Explanation("gantry", FailureReading.diagnoses(failure, setting));
  }

  public Diagnosis best() {
    return diagnoses.getFirst();
  }

  /** Whether the best diagnosis is more than a guess. */
  public boolean certain() {
    return best().confidence() >= TELLING && !best().cause().id().equals("other");
  }
}
