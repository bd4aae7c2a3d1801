package dev.gantry.cli;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C and SIGTERM: the command is interrupted and may put back what it began, for a few seconds,
 * before the process ends with 128 + the signal's number.
 */
final class Interruption {
  /** How long a command may take to leave things in order, in milliseconds. */
  private static final long PATIENCE = 10_000;

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicBoolean asked = new AtomicBoolean();
  private final Thread running;

  private Interruption(Thread running) {
    this.running = running;
  }

  static Interruption watch(Thread running) {
    var interruption = new Interruption(running);
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::asked, "interruption"));
    return interruption;
  }

  /** The virtual machine is told to end; that may be a signal, or our own normal end. */
  private void asked() {
    asked.set(true);
    if (over.get()) {
      return;
    }
    running.interrupt();
    try {
      running.join(PATIENCE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The command came to its end. While the virtual machine ends already, exit would wait for the
   * hook above, which waits for this thread; then returning is the way out.
   */
  void ended(int code) {
    over.set(true);
    if (!asked.get()) {
      System.exit(code);
    }
  }
}
