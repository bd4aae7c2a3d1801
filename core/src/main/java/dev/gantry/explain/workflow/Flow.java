package dev.gantry.explain.workflow;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What goes from step to step and from job to job, and what is too old to work. */
final class Flow {
  private static final Pattern NEEDED =
      Pattern.compile("needs\\.([A-Za-z_][\\w-]{0,80})\\.outputs\\.([A-Za-z_][\\w-]{0,80})");
  private static final Pattern COMMAND =
      Pattern.compile("::(set-output|save-state|set-env|add-path)\\b");
  private static final Pattern OTHER_BUILD =
      Pattern.compile(
          "\\b(?:make|mvn|mvnw|gradle|gradlew|compose|bake|npm|yarn|just|task|kaniko|jib|ko|nix|bazel|earthly|pack)\\b|\\.sh\\b|<<");

  private final Map<String, Job> jobs = new HashMap<>();

  Flow(Pipeline pipeline) {
    pipeline.jobs().forEach(job -> jobs.putIfAbsent(job.id(), job));
  }

  void of(Pipeline pipeline, Job job, List<Act> acts, Sheet sheet) {
    var visible = job.visible() && !unknownBuild(job);
    for (var step : job.steps()) {
      step(pipeline, job, step, sheet);
    }
    images(visible, acts, sheet);
    if (pipeline.kind().github()) {
      checkout(visible, acts, sheet);
    }
    if (!job.uses().isBlank()) {
      sheet.say(
          "calls",
          job.uses().value().strip(),
          job.uses().line(),
          "the called workflow has at most the rights of this job");
    }
  }

  private void step(Pipeline pipeline, Job job, Step step, Sheet sheet) {
    Actions.retired(step)
        .ifPresent(why -> sheet.doubt("retired", step.action(), step.uses().line(), why));
    Actions.unknownInputs(step)
        .forEach(name ->
            sheet.doubt("input", name, step.input(name).line(), "no input of this version"));
    for (var script : step.script()) {
      for (var line : script.lines()) {
        var command = COMMAND.matcher(line.value());
        if (command.find()) {
          sheet.doubt(
              "deprecated",
              command.group(1),
              line.line(),
              "a command that no longer works everywhere");
        }
        if (line.value().contains("CI_BUILD_TOKEN") || line.value().contains("CI_BUILD_REF")) {
          sheet.doubt("removed", "CI_BUILD_TOKEN", line.line(), "removed in GitLab 16");
        }
      }
    }
    var condition = step.condition();
    if (pipeline.kind().github() && condition.value().contains("secrets.")) {
      sheet.doubt("secrets-in-if", "yes", condition.line(), "if: does not know secrets");
    }
    if (job.whole() && pipeline.kind() == Pipeline.Kind.GITHUB) {
      var needs = new HashSet<String>();
      job.needs().forEach(one -> needs.add(one.value().strip()));
      step.with().values().forEach(text -> needed(text, needs, sheet));
      step.env().values().forEach(text -> needed(text, needs, sheet));
      step.script().forEach(script -> needed(script, needs, sheet));
    }
  }

  private void needed(Node.Text text, Set<String> needs, Sheet sheet) {
    if (!text.value().contains("needs.")) {
      return;
    }
    for (var line : text.lines()) {
      var matcher = NEEDED.matcher(line.value());
      while (matcher.find()) {
        var from = jobs.get(matcher.group(1));
        if (!needs.contains(matcher.group(1))) {
          sheet.doubt("needs", matcher.group(1), line.line(), "this job does not need that one");
        } else if (from != null
            && from.uses().isBlank()
            && !from.outputs().containsKey(matcher.group(2))) {
          sheet.doubt(
              "output",
              matcher.group(2),
              line.line(),
              "job " + from.id() + " hands on no output of this name");
        }
      }
    }
  }

  /** A push from the engine of an image that nothing in this job put there. */
  private static void images(boolean visible, List<Act> acts, Sheet sheet) {
    var there = false;
    var beside = false;
    var builder = false;
    for (var act : acts) {
      switch (act) {
        case Act.Fetch _ -> there = true;
        case Act.SetUp setUp -> {
          builder |= setUp.what().equals("buildx");
        }
        case Act.Build build -> {
          var kept = build.loads() || (!builder && build.step().uses().isBlank());
          there |= kept;
          beside |= !kept;
        }
        case Act.Push push -> {
          if (push.fromEngine() && !there && visible) {
            sheet.doubt(
                "image",
                beside ? "not-loaded" : "other-job",
                push.line(),
                beside
                    ? "the image was built beside the engine and not loaded into it"
                    : "nothing in this job built or loaded the image");
          }
        }
        case Act.Login _ -> {}
      }
    }
  }

  private static boolean unknownBuild(Job job) {
    return job.steps().stream()
        .anyMatch(step ->
            step.script().stream().anyMatch(script -> OTHER_BUILD.matcher(script.value()).find()));
  }

  private static void checkout(boolean visible, List<Act> acts, Sheet sheet) {
    var there = false;
    for (var act : acts) {
      switch (act) {
        case Act.SetUp setUp ->
            there |= setUp.what().equals("checkout") || setUp.what().equals("artifact");
        case Act.Build build -> {
          var step = build.step();
          var path =
              !step.uses().isBlank()
                  && step.has("context")
                  && !step.input("context").value().contains("{{")
                  && !step.input("context").value().contains("://");
          var command = step.uses().isBlank() && !step.script().isEmpty();
          if (!there && visible && (path || command)) {
            sheet.doubt("checkout", "missing", build.line(), "no checkout before the build");
          }
          if (step.uses("docker/build-push-action")
              && !step.has("context")
              && step.major().orElse(9) > 1) {
            sheet.say("context", "git", step.line());
          }
        }
        case Act.Login _, Act.Push _, Act.Fetch _ -> {}
      }
    }
  }
}
