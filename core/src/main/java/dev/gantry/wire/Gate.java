package dev.gantry.wire;

import dev.gantry.failure.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The way to one host, shared by all streams to it. It lets so many requests through at a time:
 * half as many once the host says 429, one more after every full round of good answers. When the
 * host names a time to come back it is shut for everybody until then.
 */
final class Gate {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final int widest;
  private int width;
  private int inside;
  private int good;
  private boolean answered;
  private Instant shutUntil = Instant.MIN;
  private Optional<Evidence> shutBy = Optional.empty();
  private Instant narrowed = Instant.MIN;

  Gate(int widest) {
    this.widest = widest;
    this.width = widest;
  }

  /** Until when it is shut, and the answer that shut it; empty while it is open. */
  Optional<Shut> shut(Instant now) {
    lock.lock();
    try {
      return shutUntil.isAfter(now)
          ? shutBy.map(evidence -> new Shut(shutUntil, evidence))
          : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** A gate that is shut for a while. */
  record Shut(Instant until, Evidence by) {}

  /** Waits for a place. */
  void enter() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (inside >= width) {
        changed.await();
      }
      inside++;
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    try {
      inside--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes note of an answer.
   *
   * @param started when its request was sent; requests already under way when the gate narrowed do
   *     not narrow it again
   * @param wait what Retry-After asked for
   */
  void heard(Reply reply, Instant started, Instant now, Optional<Duration> wait) {
    lock.lock();
    try {
      answered = true;
      if (wait.isPresent() && now.plus(wait.get()).isAfter(shutUntil)) {
        shutUntil = now.plus(wait.get());
        shutBy = Optional.of(reply.evidence());
      }
      if (reply.status() == 429) {
        good = 0;
        if (!started.isBefore(narrowed)) {
          width = Math.max(1, width / 2);
          narrowed = now;
        }
      } else if (reply.status() < 500 && ++good >= width) {
        good = 0;
        width = Math.min(widest, width + 1);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether the host has ever answered in this run. */
  boolean answered() {
    lock.lock();
    try {
      return answered;
    } finally {
      lock.unlock();
    }
  }

  /** How many requests it lets through at a time. */
  int width() {
    lock.lock();
    try {
      return width;
    } finally {
      lock.unlock();
    }
  }
}
