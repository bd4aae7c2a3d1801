package dev.gantry.push;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Interrupts the thread that made it when its time is over, unless it is closed before. */
public final class Deadline implements AutoCloseable {
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicBoolean passed = new AtomicBoolean();
  private final Optional<Thread> watch;

  /** Starts to run at once; without a limit it never passes. */
  public Deadline(Optional<Duration> limit) {
    var worker = Thread.currentThread();
    this.watch =
        limit.map(time ->
            Thread.ofPlatform()
                .daemon()
                .name("gantry-deadline")
                .start(() -> {
                  if (!closedWithin(time)) {
                    passed.set(true);
                    worker.interrupt();
                  }
                }));
  }

  private boolean closedWithin(Duration time) {
    try {
      return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      return true; // nobody interrupts this thread but the end of the program
    }
  }

  /** Whether it was this that interrupted. */
  public boolean passed() {
    return passed.get();
  }

  /** Ends the watch; an interrupt that was on its way has arrived when this returns. */
  @Override
  public void close() {
    closed.countDown();
    watch.ifPresent(Deadline::joined);
  }

  private static void joined(Thread thread) {
    boolean interrupted = Thread.interrupted();
    try {
      thread.join();
    } catch (InterruptedException _) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
