package dev.gantry.push;

import dev.gantry.failure.PublishException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Runs a task for each item on threads, so many at once; the first failure stops the rest. The one
 * file to change when structured concurrency leaves its preview.
 */
public final class Together {
  private Together() {}

  /** Something to be done with one item that gives a result. */
  @FunctionalInterface
  public interface Task<T, R> {
    R run(T item) throws InterruptedException;
  }

  /** Something to be done with one item. */
  @FunctionalInterface
  public interface Deed<T> {
    void run(T item) throws InterruptedException;
  }

  /** Does it for all; returns, or throws what failed first, when every thread has ended. */
  public static <T> void forEach(List<T> items, int limit, Deed<T> deed)
      throws InterruptedException {
    map(
        items,
        limit,
        item -> {
          deed.run(item);
          return Boolean.TRUE;
        });
  }

  /** The results in the order of the items; throws what failed first. */
  public static <T, R> List<R> map(List<T> items, int limit, Task<T, R> task)
      throws InterruptedException {
    if (items.size() == 1) {
      return List.of(task.run(items.getFirst()));
    }
    try (var threads = Crew.threads()) {
      try {
        return inTurn(new ExecutorCompletionService<>(threads), items, limit, task);
      } catch (RuntimeException | Error | InterruptedException e) {
        threads.shutdownNow();
        throw e;
      }
    }
  }

  private static <T, R> List<R> inTurn(
      CompletionService<R> finished, List<T> items, int limit, Task<T, R> task)
      throws InterruptedException {
    var permits = new Semaphore(limit);
    var broken = new AtomicBoolean();
    var results = new ArrayList<Future<R>>();
    for (var item : items) {
      permits.acquire(); // before its thread is made: there may be thousands of items
      if (broken.get()) {
        break;
      }
      results.add(
          finished.submit(() -> {
            var done = false;
            try {
              var result = task.run(item);
              done = true;
              return result;
            } finally {
              broken.compareAndSet(false, !done);
              permits.release();
            }
          }));
    }
    return collect(finished, results);
  }

  /**
   * Does it for all, whatever becomes of each, and gives the results in the order of the items. An
   * interrupt is passed on to the tasks and kept for the caller; the task must not throw.
   */
  static <T, R> List<R> settle(List<T> items, int limit, Function<T, R> task) {
    try (var threads = Crew.threads()) {
      var permits = new Semaphore(limit);
      var results = new ArrayList<Future<R>>();
      for (var item : items) {
        results.add(
            threads.submit(() -> {
              permits.acquireUninterruptibly();
              try {
                return task.apply(item);
              } finally {
                permits.release();
              }
            }));
      }
      threads.shutdown();
      boolean interrupted = false;
      for (boolean over = false; !over; ) {
        try {
          over = threads.awaitTermination(1, TimeUnit.DAYS);
        } catch (InterruptedException _) {
          interrupted = true;
          threads.shutdownNow();
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return results.stream().map(Future::resultNow).toList();
    }
  }

  private static <R> List<R> collect(CompletionService<R> finished, List<Future<R>> results)
      throws InterruptedException {
    try {
      for (int left = results.size(); left > 0; left--) {
        finished.take().get();
      }
    } catch (ExecutionException e) {
      throw thrown(e);
    }
    return results.stream().map(Future::resultNow).toList();
  }

  private static RuntimeException thrown(ExecutionException e) throws InterruptedException {
    return switch (e.getCause()) {
      case PublishException failure -> failure;
      case InterruptedException interrupted -> throw interrupted;
      case RuntimeException defect -> defect;
      case Error error -> throw error;
      case null, default -> new IllegalStateException("a task threw a checked exception", e);
    };
  }
}
