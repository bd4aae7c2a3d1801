package dev.gantry.wire;

import java.time.Duration;

/** Lets time pass; the clock of a test moves instead. */
@FunctionalInterface
public interface Pause {
  /** Sleeps on the calling thread. */
  Pause REAL = Thread::sleep;

  void of(Duration time) throws InterruptedException;
}
