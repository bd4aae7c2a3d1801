package dev.gantry.explain.workflow;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The names and tags that a job gives, as far as the file shows that they cannot work. */
final class Tags {
  private static final Pattern SHELL =
      Pattern.compile("(?<![$\\w])\\$(?:[A-Za-z_]\\w{0,60}|\\{[A-Za-z_]\\w{0,60}})");
  private static final Pattern RAW =
      Pattern.compile(
          "\\$\\{\\{\\s{0,8}github\\.repository(?:_owner)?\\s{0,8}}}"
              + "|\\$\\{?GITHUB_REPOSITORY(?:_OWNER)?(?![\\w,@^])");
  private static final Pattern STEP_OUTPUT =
      Pattern.compile("steps\\.([A-Za-z_][\\w-]{0,80})\\.(outputs\\.)?");
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{[^}]{0,500}}}");
  private static final Pattern UPPER = Pattern.compile("[A-Z]");

  private Tags() {}

  static void of(Pipeline pipeline, Job job, List<Act> acts, Sheet sheet) {
    var ids = new HashSet<String>();
    job.steps().forEach(step -> ids.add(step.id()));
    for (var step : job.steps()) {
      if (!step.uses().isBlank() || !step.with().isEmpty()) {
        inputs(pipeline, step, sheet);
      }
      if (job.whole()) {
        undefined(step, ids, sheet);
      }
      if (step.action().endsWith("metadata-action")) {
        metadata(pipeline, step, sheet);
      }
    }
    for (var act : acts) {
      if (act instanceof Act.Push push) {
        push(push, sheet);
      }
    }
  }

  private static void inputs(Pipeline pipeline, Step step, Sheet sheet) {
    if (pipeline.kind().github()) {
      for (var name : List.of("tags", "images", "registry", "username", "outputs", "cache-to")) {
        for (var line : step.input(name).lines()) {
          if (SHELL.matcher(line.value()).find()) {
            sheet.doubt(
                "shell-variable", "yes", line.line(), "no shell reads this: use ${{ env.NAME }}");
          }
        }
      }
    }
    var tags = step.input("tags");
    if (tags.folded()
        && EXPRESSION.matcher(tags.value()).replaceAll("x").strip().indexOf(' ') > 0
        && !tags.value().contains(",")) {
      sheet.doubt("tags", "folded", tags.line(), "without | the lines become one");
    }
    var outputs = step.input("outputs");
    if (outputs.value().contains("push-by-digest=true")
        && !outputs.value().contains("name=")
        && step.input("tags").isBlank()) {
      sheet.doubt("digest-without-name", "yes", outputs.line(), "push-by-digest needs name=");
    }
  }

  private static void undefined(Step step, Set<String> ids, Sheet sheet) {
    step.with().values().forEach(text -> undefined(text, ids, sheet));
    step.env().values().forEach(text -> undefined(text, ids, sheet));
    step.script().forEach(script -> script.lines().forEach(line -> undefined(line, ids, sheet)));
  }

  private static void undefined(Node.Text text, Set<String> ids, Sheet sheet) {
    if (!text.value().contains("${{")) {
      return;
    }
    for (var line : text.lines()) {
      var matcher = STEP_OUTPUT.matcher(line.value());
      while (matcher.find()) {
        if (!ids.contains(matcher.group(1))) {
          sheet.doubt(
              "undefined-step", matcher.group(1), line.line(), "no step of this job has this id");
        } else if (matcher.group(2) == null
            && line.value().contains("." + matcher.group(1) + ".tags")) {
          sheet.doubt("undefined-step", matcher.group(1), line.line(), ".outputs. is left out");
        }
      }
    }
  }

  /** Rules that all want a tag, in a file that branches start too. */
  private static void metadata(Pipeline pipeline, Step step, Sheet sheet) {
    var rules = step.input("tags").lines();
    var releases =
        !rules.isEmpty()
            && rules.stream()
                .allMatch(rule ->
                    rule.value().startsWith("type=semver")
                        || rule.value().startsWith("type=pep440")
                        || rule.value().startsWith("type=match")
                        || rule.value().startsWith("type=ref,event=tag"));
    var flavour = step.input("flavor").value();
    if (releases && !flavour.contains("latest=true") && branches(pipeline)) {
      sheet.doubt(
          "tags", "release-only", rules.getFirst().line(), "no rule gives a tag to a branch");
    }
  }

  private static boolean branches(Pipeline pipeline) {
    return pipeline.on("workflow_dispatch")
        || pipeline.on("pull_request")
        || pipeline.on("schedule")
        || pipeline.events().stream()
            .anyMatch(event ->
                event.name().equals("push")
                    && (event.filters().at("branches").isPresent()
                        || event.filters().fields().isEmpty()));
  }

  private static void push(Act.Push push, Sheet sheet) {
    var step = push.step();
    var digest = step.input("outputs").value().contains("push-by-digest");
    if (step.uses("docker/build-push-action")
        && step.input("tags").isBlank()
        && !step.input("outputs").value().contains("name=")
        && !digest
        && step.major().orElse(9) > 1) {
      sheet.doubt("tags", "empty", push.line(), "a push without tags");
    }
    for (var reference : push.references().stream().limit(50).toList()) {
      name(reference, step, sheet);
    }
  }

  private static void name(Act.Reference reference, Step step, Sheet sheet) {
    var text = reference.text();
    var literal = step.input("tags").value().contains("outputs.tags");
    if (RAW.matcher(text).find() && !literal) {
      sheet.doubt(
          "name", "raw", reference.line(), "the owner's or repository's name may have capitals");
    }
    if (text.indexOf('$') >= 0 || text.indexOf('{') >= 0 || text.isBlank()) {
      return;
    }
    var end = text.indexOf('@') >= 0 ? text.indexOf('@') : text.length();
    var colon = text.lastIndexOf(':', end - 1);
    var name = colon > text.lastIndexOf('/') ? text.substring(0, colon) : text.substring(0, end);
    if (UPPER.matcher(name).find()) {
      sheet.doubt("name", "uppercase", reference.line(), "upper case in a name");
    }
    var segments = name.split("/", -1).length;
    if (reference.host().equals(Host.HUB) && segments == 1) {
      sheet.doubt("name", "bare", reference.line(), "without an owner this is docker.io/library");
    } else if (reference.host().equals("ghcr.io") && segments == 2) {
      sheet.doubt("name", "short", reference.line(), "ghcr.io/OWNER/IMAGE: the owner is left out");
    }
  }
}
