package dev.gantry.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long trying again may go on. Made once for a run and used by every stage that repeats.
 *
 * @param patience how long one call, or one upload without progress, may keep failing, counted from
 *     its first fault
 * @param deadline when the whole run has to be over
 */
public record Budget(Duration patience, Optional<Instant> deadline) {

  /** Five minutes for each call; most outages that pass by themselves are shorter. */
  public static final Budget USUAL = new Budget(Duration.ofMinutes(5), Optional.empty());

  /** Whether it is worth waiting until {@code then} for a call that first failed {@code since}. */
  public boolean allows(Instant since, Instant then) {
    return !then.isAfter(since.plus(patience)) && deadline.stream().noneMatch(then::isAfter);
  }
}
