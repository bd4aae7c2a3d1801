package dev.gantry.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Cuts connections on which nothing happened for too long.
 *
 * <p>Blocking reads and writes of a channel take no time limit, a Unix socket has none at all, and
 * sendfile neither. So every limit is kept the same way: whoever is about to block moves the
 * deadline of the connection, and one thread closes what is past it; the blocked call then fails.
 */
final class Watch implements AutoCloseable {
  private final Set<Guard> guards = ConcurrentHashMap.newKeySet();
  private final long tick;
  private final Runnable also;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param shortest the shortest limit that is kept; it decides how often deadlines are looked at
   * @param also done at every look
   */
  Watch(Duration shortest, Runnable also) {
    this.tick = Math.clamp(shortest.toNanos() / 8, 2_000_000, 250_000_000);
    this.also = also;
    this.thread = Thread.ofPlatform().daemon().name("gantry-http-watch").unstarted(this::run);
    thread.start();
  }

  /** A new deadline, not set yet. */
  Guard guard(Runnable cut) {
    var guard = new Guard(cut);
    guards.add(guard);
    return guard;
  }

  /** Whether it looks at nothing any more. */
  boolean closed() {
    return closed;
  }

  /** Cuts every connection. */
  @Override
  public void close() {
    closed = true;
    guards.forEach(guard -> guard.cut.run());
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!closed) {
      LockSupport.parkNanos(this, tick);
      long now = System.nanoTime();
      guards.forEach(guard -> guard.look(now));
      also.run();
    }
  }

  /** The deadline of one connection. */
  final class Guard implements AutoCloseable {
    private static final long NEVER = Long.MIN_VALUE;

    private final Runnable cut;
    private volatile long deadline = NEVER;
    private volatile boolean expired;

    private Guard(Runnable cut) {
      this.cut = cut;
    }

    /** From now on something must happen within this time. */
    void within(Duration limit) {
      long at = System.nanoTime() + limit.toNanos();
      deadline = at == NEVER ? at + 1 : at;
    }

    /** Nothing is awaited now. */
    void rest() {
      deadline = NEVER;
    }

    /** Whether the connection was cut because nothing happened. */
    boolean expired() {
      return expired;
    }

    private void look(long now) {
      long at = deadline;
      if (at != NEVER && now - at >= 0) {
        expired = true;
        guards.remove(this);
        cut.run();
      }
    }

    @Override
    public void close() {
      guards.remove(this);
    }
  }
}
