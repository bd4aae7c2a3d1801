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
import java.util.Optional;

/**
 * All diagnoses of one log or failure, best first; there is always one, if only {@code other}.
 * Immutable.
 */
public final class Explanation {
  /** Below this confidence the honest answer is that it cannot be told. */
  private static final double TELLING = 0.4;

  private final String source;
  private final List<Diagnosis> diagnoses;
  private final Optional<Failing> failing;
  private final List<Decision> probes;
  private final Reading reading;

  /**
   * A probe and what it decided.
   *
   * @param text what follows, and how the best diagnosis changed
   */
  public record Decision(Probed probed, Words text) {}

  private Explanation(
      String source,
      List<Diagnosis> diagnoses,
      Optional<Failing> failing,
      List<Decision> probes,
      Reading reading) {
    this.source = source;
    this.diagnoses = List.copyOf(diagnoses);
    this.failing = failing;
    this.probes = List.copyOf(probes);
    this.reading = reading;
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
    return of(log.source(), new Reading(all, log.places(), Setting.derived(facts, log)));
  }

  /** What a failure of ours means. */
  public static Explanation of(Failure failure, Facts setting) {
    return of(failure, setting, List.of());
  }

  /**
   * The same with what the run around it says.
   *
   * @param run observations of the CI and the pipeline's file
   */
  public static Explanation of(Failure failure, Facts setting, List<Observation> run) {
    return switch (failure) {
      case Failure.Rejected _, Failure.Unreachable _, Failure.OffProtocol _ -> {
        var whole = setting.copy();
        run.forEach(seen -> whole.addAll(seen.own()));
        var read = FailureReading.observations(failure, whole);
        var all = new ArrayList<>(read.observations());
        all.addAll(run);
        yield of("gantry", new Reading(all, List.of(), read.facts()));
      }
      case Failure.Refused _, Failure.Cancelled _, Failure.OutOfTime _, Failure.Defect _ ->
          new Explanation(
              "gantry", FailureReading.plain(failure), Optional.empty(), List.of(), Reading.NONE);
    };
  }

  private static Explanation of(String source, Reading reading) {
    var weighed = reading.weighed();
    return new Explanation(source, weighed.diagnoses(), weighed.failing(), List.of(), reading);
  }

  /** The same after a probe: everything weighed again with what it found. */
  public Explanation with(Probed probed) {
    return switch (probed) {
      case Probed.NotMade(_, var why) ->
          new Explanation(source, diagnoses, failing, plus(new Decision(probed, why)), reading);
      case Probed.Made made -> {
        var more = reading.with(made);
        var now = more.weighed().diagnoses();
        var decided = ProbeReading.decided(made, best(), now.getFirst());
        yield new Explanation(source, now, failing, plus(new Decision(probed, decided)), more);
      }
    };
  }

  private List<Decision> plus(Decision one) {
    var more = new ArrayList<>(probes);
    more.add(one);
    return more;
  }

  /** The file as it was named, or {@code gantry}. */
  public String source() {
    return source;
  }

  public List<Diagnosis> diagnoses() {
    return diagnoses;
  }

  /** The line that the best diagnosis of the log rests on, taken apart; empty without a sign. */
  public Optional<Failing> failing() {
    return failing;
  }

  /** The probes that were made or could not be, in their order. */
  public List<Decision> probes() {
    return probes;
  }

  public Diagnosis best() {
    return diagnoses.getFirst();
  }

  /** The probe that would decide now, and was not made yet. */
  public Optional<Probe> probe() {
    return best()
        .test()
        .flatMap(Diagnosis.Test::probe)
        .filter(probe ->
            probes.stream().noneMatch(done -> done.probed().probe().kind() == probe.kind()));
  }

  /** Whether the best diagnosis is more than a guess. */
  public boolean certain() {
    return best().confidence() >= TELLING && !best().cause().id().equals("other");
  }
}
