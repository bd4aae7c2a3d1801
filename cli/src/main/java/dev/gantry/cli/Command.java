package dev.gantry.cli;

/** One command, made anew for each run. */
public interface Command {

  /** What it takes and how it is explained. */
  Form form();

  /**
   * Carries it out.
   *
   * @throws Misuse if what was given cannot be meant
   * @throws dev.gantry.failure.PublishException for everything that the outside world refuses
   * @throws InterruptedException if somebody stopped it
   */
  Exit run(Given given, Terminal terminal) throws InterruptedException;
}
