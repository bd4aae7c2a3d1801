package dev.gantry.rehearsal.likeness;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Counts requests within windows of time that follow one another. */
final class RateWindow {
  private final Optional<Seed.Rate> rate;
  private final InstantSource clock;
  private Instant end = Instant.MIN;
  private long taken;

  RateWindow(Optional<Seed.Rate> rate, InstantSource clock) {
    this.rate = rate;
    this.clock = clock;
  }

  /** Takes one request; 0, or the whole seconds until the next may come. */
  synchronized long take() {
    if (rate.isEmpty()) {
      return 0;
    }
    var now = clock.instant();
    if (!now.isBefore(end)) {
      end = now.plus(rate.get().window());
      taken = 0;
    }
    if (taken < rate.get().requests()) {
      taken++;
      return 0;
    }
    return Math.max(1, Duration.between(now, end).plusMillis(999).toSeconds());
  }
}
