package dev.gantry.explain.workflow;

import java.util.List;
import java.util.Set;

/** By which events the file runs, and what a pull request from a fork comes to. */
final class Forks {
  private static final Set<String> KNOWN =
      Set.of(
          "push",
          "pull_request",
          "pull_request_target",
          "release",
          "workflow_dispatch",
          "schedule",
          "workflow_run",
          "workflow_call",
          "merge_group",
          "merge_request_event",
          "create");

  private Forks() {}

  static void events(Pipeline pipeline, Sheet sheet) {
    for (var event : pipeline.events()) {
      if (KNOWN.contains(event.name())) {
        sheet.say("event", event.name(), event.line());
      }
    }
    var foreign =
        pipeline.on("pull_request")
            || pipeline.on("pull_request_target")
            || pipeline.on("workflow_call")
            || pipeline.on("merge_request_event");
    if (pipeline.kind() == Pipeline.Kind.GITHUB && !foreign && !pipeline.events().isEmpty()) {
      var first = pipeline.events().getFirst();
      sheet.say("no-pull-request", "yes", first.line(), "no pull request starts this file");
    }
  }

  static void of(Pipeline pipeline, Job job, List<Act> acts, Sheet sheet) {
    if (!pipeline.on("pull_request")) {
      return;
    }
    var pushes = false;
    for (var act : acts) {
      switch (act) {
        case Act.Push push -> {
          pushes = true;
          var local =
              !push.references().isEmpty()
                  && push.references().stream().allMatch(one -> Host.isLocal(one.host()));
          if (push.guard() == Guard.RUNS && !local) {
            sheet.doubt(
                "fork-push",
                "yes",
                push.line(),
                "job " + job.id() + " pushes on pull_request, forks too");
          }
        }
        case Act.Login login -> {
          if (login.guard() == Guard.RUNS && login.credential().kind() == Credential.Kind.SECRET) {
            sheet.doubt(
                "fork-login", "yes", login.line(), "on a fork's pull request the secret is empty");
          }
        }
        case Act.Build build -> cache(build, sheet);
        case Act.Fetch _, Act.SetUp _ -> {}
      }
    }
    if (pushes
        && acts.stream().noneMatch(act -> act instanceof Act.Push && act.guard() != Guard.SKIPS)) {
      sheet.say("guarded", "yes", job.line(), "no push for a fork's pull request");
    }
  }

  private static void cache(Act.Build build, Sheet sheet) {
    var to = build.step().input("cache-to");
    if (to.value().contains("type=registry")
        && build.guard() == Guard.RUNS
        && Guard.of(expression(to.value())) == Guard.RUNS) {
      sheet.doubt("cache-on-fork", "yes", to.line(), "a fork's token may not write this cache");
    }
  }

  /** The condition in a value such as {@code ${{ event != 'pull_request' && 'type=…' || '' }}}. */
  private static String expression(String value) {
    return value.contains("github.event") ? "false" : "";
  }
}
