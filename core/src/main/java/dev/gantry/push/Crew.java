package dev.gantry.push;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Tasks that are handed out while others already run, so many at once; the first failure stops the
 * rest. Used by one thread, which must {@link #join} before it goes on.
 */
final class Crew implements AutoCloseable {

  /** One piece of work. */
  @FunctionalInterface
  interface Work {
    void run() throws InterruptedException;
  }

  private final ExecutorService threads = threads();
  private final Semaphore permits;
  private final List<Future<?>> started = new ArrayList<>();
  private final Queue<Throwable> failed = new ConcurrentLinkedQueue<>();

  /**
   * One thread of the system for each task. Virtual threads would leave their pollers waiting in
   * native code, for which the virtual machine waits 0.3 s when it ends.
   */
  static ExecutorService threads() {
    return Executors.newThreadPerTaskExecutor(
        Thread.ofPlatform().daemon().name("gantry-", 1).factory());
  }

  Crew(int limit) {
    this.permits = new Semaphore(limit);
  }

  /** Hands a task out; throws instead if another has failed already. */
  void start(Work work) {
    failed.stream().findFirst().ifPresent(Crew::rethrow);
    started.add(
        threads.submit(() -> {
          permits.acquire();
          try {
            work.run();
          } catch (RuntimeException | Error | InterruptedException e) {
            failed.add(e);
            threads.shutdownNow();
          } finally {
            permits.release();
          }
          return null;
        }));
  }

  /** Waits for all; throws what failed first. */
  void join() throws InterruptedException {
    for (var task : started) {
      try {
        task.get();
      } catch (ExecutionException _) {
        // It was interrupted while it waited for its turn, because another has failed.
        assert !failed.isEmpty();
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw e;
      }
    }
    var first = failed.peek();
    if (first instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (first != null) {
      rethrow(first);
    }
  }

  /** Stops what still runs and waits until it has ended. */
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }

  private static void rethrow(Throwable thrown) {
    switch (thrown) {
      case PublishException failure -> throw failure;
      case RuntimeException defect -> throw defect;
      case Error error -> throw error;
      default -> throw new PublishException(new Failure.Cancelled(Failure.Stage.UPLOAD, "stopped"));
    }
  }
}
