package dev.gantry.explain.log;

import java.util.List;

/**
 * What was kept of a log: the lines that say something, in their order, and the facts that hold for
 * all of it.
 *
 * @param places where each fact of the whole was found first; not weighed, only shown
 * @param lines how many lines it had
 * @param bytes how many bytes it had
 */
public record Log(
    String source,
    List<Observation> observations,
    List<Observation> places,
    Facts facts,
    long lines,
    long bytes) {
  public Log {
    observations = List.copyOf(observations);
    places = List.copyOf(places);
  }
}
