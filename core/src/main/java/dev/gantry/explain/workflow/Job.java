package dev.gantry.explain.workflow;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One job of a pipeline.
 *
 * @param title as a log shows it; the id where none is given
 * @param needs ids of the jobs it waits for
 * @param uses the reusable workflow that it calls; blank without
 * @param image in which it runs, with its services
 * @param whole false where it is a fragment, of which the rest is not known
 */
record Job(
    String id,
    String title,
    int line,
    List<Node.Text> needs,
    Node.Text condition,
    Optional<Permissions> permissions,
    Node.Text runner,
    Node.Text uses,
    Map<String, Node.Text> env,
    Map<String, Node.Text> outputs,
    List<Node.Text> image,
    List<Step> steps,
    boolean whole) {
  public Job {
    needs = List.copyOf(needs);
    image = List.copyOf(image);
    steps = List.copyOf(steps);
  }

  /** Whether all that it does stands here: no fragment, no step of the repository's own. */
  boolean visible() {
    return whole && steps.stream().noneMatch(step -> step.uses().value().startsWith("."));
  }
}
