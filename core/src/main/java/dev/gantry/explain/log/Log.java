package dev.gantry.explain.log;

import java.util.List;

/**
 * What was kept of a log: the lines that say something, in their order, and the facts that hold for
 * all of it.
 *
 * @param lines how many lines it had
 * @param bytes how many bytes it had
 */
public record Log(
    String source, List<Observation> observations, Facts facts, long lines, long bytes) {
  public Log {
    observations = List.copyOf(observations);
  }
}
