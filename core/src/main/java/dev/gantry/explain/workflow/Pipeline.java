package dev.gantry.explain.workflow;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pipeline's file as it is written; nothing in it is judged.
 *
 * @param events by which it starts; empty where the file does not say
 * @param whole false for a fragment: what is not there may stand elsewhere
 */
record Pipeline(
    String source,
    Kind kind,
    List<Event> events,
    Optional<Permissions> permissions,
    Map<String, Node.Text> env,
    List<Job> jobs,
    boolean whole) {
  public Pipeline {
    events = List.copyOf(events);
    jobs = List.copyOf(jobs);
  }

  /** Who runs it. */
  enum Kind {
    GITHUB,
    GITHUB_ACTION,
    GITLAB,
    JENKINS,
    AZURE,
    CIRCLECI,
    DRONE,
    WOODPECKER,
    UNKNOWN;

    /** Whether jobs are written as GitHub writes them. */
    boolean github() {
      return this == GITHUB || this == GITHUB_ACTION;
    }
  }

  /** An event with its filters. */
  record Event(String name, int line, Node filters) {}

  boolean on(String event) {
    return events.stream().anyMatch(one -> one.name().equals(event));
  }
}
