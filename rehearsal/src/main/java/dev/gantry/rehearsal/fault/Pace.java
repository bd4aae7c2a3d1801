package dev.gantry.rehearsal.fault;

import java.time.Duration;
import java.util.List;

/** Holds a transfer back to a number of bytes a second; none is no limit. */
final class Pace {
  private final long bytesPerSecond;
  private final Control control;
  private final long start = System.nanoTime();

  private Pace(long bytesPerSecond, Control control) {
    this.bytesPerSecond = bytesPerSecond;
    this.control = control;
  }

  static Pace of(List<Fault> faults, Control control) {
    long slowest = Long.MAX_VALUE;
    for (var fault : faults) {
      if (fault instanceof Fault.Slow(long rate)) {
        slowest = Math.min(slowest, rate);
      }
    }
    return new Pace(slowest, control);
  }

  /** How much to move before the next wait: about a tenth of a second's worth. */
  long piece(long wanted) {
    return Math.min(wanted, Math.max(1, bytesPerSecond / 10));
  }

  /** Waits until so many bytes may have moved. */
  void hold(long count) throws InterruptedException {
    if (bytesPerSecond == Long.MAX_VALUE) {
      return;
    }
    long due = (long) (count * 1e9 / bytesPerSecond);
    long early = due - (System.nanoTime() - start);
    if (early > 0) {
      control.pause(Duration.ofNanos(early));
    }
  }
}
