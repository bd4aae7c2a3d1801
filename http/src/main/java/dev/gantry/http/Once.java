package dev.gantry.http;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** A value made at its first use, by one thread while others wait for it. */
final class Once<T> implements Supplier<T> {
  private final FutureTask<T> made;

  private Once(Supplier<T> maker) {
    this.made = new FutureTask<>(maker::get);
  }

  static <T> Once<T> of(Supplier<T> maker) {
    return new Once<>(maker);
  }

  /** Begins to make it on a thread of its own. */
  void begin() {
    if (!made.isDone()) {
      Thread.ofPlatform().daemon().name("gantry-http-tls").start(made);
    }
  }

  @Override
  public T get() {
    made.run();
    return switch (made.state()) {
      case SUCCESS -> made.resultNow();
      case FAILED -> throw failure(made.exceptionNow());
      case RUNNING, CANCELLED -> awaited();
    };
  }

  private T awaited() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return made.get();
        } catch (InterruptedException later) {
          interrupted = true;
        } catch (ExecutionException failed) {
          throw failure(made.exceptionNow());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException failure(Throwable cause) {
    return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
  }
}
