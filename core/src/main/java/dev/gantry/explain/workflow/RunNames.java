package dev.gantry.explain.workflow;

import java.util.Locale;
import java.util.Set;

/**
 * The names that a log gives to what ran: jobs, steps, actions and commands, in lower case.
 *
 * @param jobs as {@code gh run view} puts them before each line, without matrix values
 * @param steps names of steps and stages
 * @param actions with their versions, as {@code docker/build-push-action@v6}
 * @param commands first lines of scripts, or commands that a shell echoed
 */
public record RunNames(
    Set<String> jobs, Set<String> steps, Set<String> actions, Set<String> commands) {
  /** A log that names nothing. */
  public static final RunNames NONE = new RunNames(Set.of(), Set.of(), Set.of(), Set.of());

  public RunNames {
    jobs = Set.copyOf(jobs);
    steps = Set.copyOf(steps);
    actions = Set.copyOf(actions);
    commands = Set.copyOf(commands);
  }

  boolean hasJob(Job job) {
    return !job.id().isEmpty()
        && (jobs.contains(plain(job.id())) || jobs.contains(plain(job.title())));
  }

  /** In lower case, without the values of a matrix behind the name. */
  static String plain(String name) {
    var open = name.indexOf(" (");
    var bare = open > 0 && name.endsWith(")") ? name.substring(0, open) : name;
    return bare.strip().toLowerCase(Locale.ROOT);
  }

  public boolean isEmpty() {
    return jobs.isEmpty() && steps.isEmpty() && actions.isEmpty() && commands.isEmpty();
  }
}
