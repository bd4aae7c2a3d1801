package dev.gantry.explain;

import dev.gantry.explain.log.Facts;
import dev.gantry.failure.Failure;
import java.util.List;
import java.util.Optional;

/**
 * What something means: one cause, how sure, what it rests on and what to do.
 *
 * @param confidence from 0 to 1: of many diagnoses with this number, about that part is right
 * @param evidence what speaks for it, the strongest first
 * @param against what speaks against it
 * @param test the one thing to try that would decide between this cause and the next
 * @param remedies in the order to try them: what costs least and loses nothing first
 */
public record Diagnosis(
    Cause cause,
    double confidence,
    List<Seen> evidence,
    List<Seen> against,
    Optional<Test> test,
    List<Remedy> remedies) {
  public Diagnosis {
    evidence = List.copyOf(evidence);
    against = List.copyOf(against);
    remedies = List.copyOf(remedies);
  }

  /** A test that decides, by hand or, where there is a probe, by {@code --probe}. */
  public record Test(Words text, Optional<String> command, Optional<Probe> probe) {}

  /** The best diagnosis of a failure of ours. */
  public static Diagnosis of(Failure failure) {
    return of(failure, new Facts());
  }

  /**
   * The same with what is known besides.
   *
   * @param setting for example {@code registry=harbor}, {@code ci=github}, {@code
   *     event=pull_request}
   */
  public static Diagnosis of(Failure failure, Facts setting) {
    return Explanation.of(failure, setting).best();
  }
}
