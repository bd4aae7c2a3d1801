package dev.gantry.explain.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads what the steps of a job do about images: logins, builds, pushes and set-ups, each with
 * whether a fork's pull request comes so far.
 */
final class Acts {
  private static final Pattern OUTPUT =
      Pattern.compile("steps\\.([\\w-]{1,80})\\.outputs\\.(tags|json|version|bake-file)");
  private static final Pattern NAME = Pattern.compile("(?:^|[,\\s\"])name=([^,\\s\"]{1,300})");

  /** Nobody's job does more with images; what is behind it is not looked at. */
  private static final int MOST = 1_000;

  private final Scope scope;
  private final Guard outer;
  private final Map<String, Step> byId = new HashMap<>();
  private final List<Act> acts = new ArrayList<>();
  private Scope here;

  private Acts(Pipeline pipeline, Job job) {
    this.scope = Scope.of(pipeline.env()).with(job.env());
    this.here = scope;
    this.outer =
        pipeline.kind().github()
            ? Guard.of(scope.resolved(job.condition().value()))
            : Guard.UNKNOWN;
    job.steps().forEach(step -> byId.putIfAbsent(step.id(), step));
  }

  static List<Act> of(Pipeline pipeline, Job job) {
    var reading = new Acts(pipeline, job);
    job.steps().forEach(reading::step);
    return reading.acts.stream().limit(MOST).toList();
  }

  private void step(Step step) {
    here = scope.with(step.env());
    var guard = outer.and(Guard.of(here.resolved(step.condition().value())));
    var action = Actions.find(step.action());
    if (action.isPresent()) {
      action(step, action.get(), guard);
    } else if (!step.uses().isBlank() || step.has("tags")) {
      unnamed(step, guard);
    }
    for (var script : step.script()) {
      commands(step, script, guard);
    }
  }

  private void action(Step step, Actions.Action action, Guard guard) {
    switch (action.does()) {
      case "login" -> login(step, action, guard);
      case "build" -> build(step, action, guard);
      case "publish", "push" -> {
        var off = here.resolved(step.input(action.unless()).value());
        var when = action.unless().isEmpty() || off.isBlank() ? guard : guard.and(not(off));
        if (action.password().stream().anyMatch(step::has)) {
          login(step, action, guard);
        }
        acts.add(
            new Act.Push(
                step, named(step, action), action.does().equals("push"), step.line(), when));
      }
      default -> acts.add(new Act.SetUp(action.does(), step, step.line(), guard));
    }
  }

  /** Of an input that says when not to push. */
  private static Guard not(String off) {
    return switch (Guard.of(off)) {
      case RUNS -> Guard.SKIPS;
      case SKIPS, UNKNOWN -> off.contains("pull_request") ? Guard.SKIPS : Guard.UNKNOWN;
    };
  }

  private void login(Step step, Actions.Action action, Guard guard) {
    var registry = first(step, action.registry());
    var host = action.fixed().isEmpty() ? host(here.resolved(registry.value())) : action.fixed();
    var password = first(step, action.password());
    var credential =
        action.password().isEmpty()
            ? Credential.cloud(step.line())
            : Credential.of(here.resolved(password.value()), password.line());
    var line = registry.isBlank() ? step.uses().line() : registry.line();
    acts.add(new Act.Login(host, first(step, action.user()), credential, line, guard));
  }

  /** A login's host; an output of the ECR login is its registry. */
  private String host(String text) {
    var host = Host.ofLogin(text);
    if (host.startsWith("{steps.") && host.endsWith(".outputs.registry}")) {
      var id = host.substring(7, host.indexOf(".outputs"));
      var from = byId.get(id);
      return from != null && from.action().contains("ecr") ? Host.ECR : host;
    }
    return host;
  }

  private static Node.Text first(Step step, List<String> inputs) {
    return inputs.stream()
        .filter(step::has)
        .map(step::input)
        .findFirst()
        .orElseGet(() -> Node.Text.of("", step.line()));
  }

  private List<Act.Reference> named(Step step, Actions.Action action) {
    var registry = here.resolved(first(step, action.registry()).value()).strip();
    var references = new ArrayList<Act.Reference>();
    for (var input : action.references()) {
      for (var line : step.input(input).lines()) {
        var name = here.resolved(line.value());
        var whole = registry.isEmpty() || name.startsWith(registry) ? name : registry + "/" + name;
        references.add(
            action.fixed().isEmpty()
                ? Act.Reference.of(whole, line.line())
                : new Act.Reference(name, action.fixed(), line.line()));
      }
    }
    return references;
  }

  private void build(Step step, Actions.Action action, Guard guard) {
    var references = new ArrayList<Act.Reference>();
    action.references().forEach(input -> references.addAll(references(step.input(input))));
    var outputs = here.resolved(step.input("outputs").value());
    var push = here.resolved(step.input(action.push()).value()).strip();
    var names = NAME.matcher(outputs);
    while (names.find() && outputs.contains("push=true")) {
      references.add(Act.Reference.of(names.group(1), step.input("outputs").line()));
    }
    var old = step.uses("docker/build-push-action") && step.major().orElse(9) < 2;
    var loads = step.input("load").value().strip().equals("true");
    acts.add(new Act.Build(step, references, loads, step.input("platforms"), step.line(), guard));
    if (!push.isEmpty() && !push.equals("false")) {
      var line = step.input(action.push()).line();
      acts.add(new Act.Push(step, references, false, line, guard.and(Guard.of(push))));
    } else if (outputs.contains("push=true") || outputs.contains("type=registry") || old) {
      acts.add(new Act.Push(step, references, false, step.input("outputs").line(), guard));
    }
  }

  /** References in a tags input: literal ones, and those of a metadata step. */
  private List<Act.Reference> references(Node.Text tags) {
    var references = new ArrayList<Act.Reference>();
    for (var line : tags.lines()) {
      var text = here.resolved(line.value());
      var output = OUTPUT.matcher(text);
      if (output.find()) {
        var from = byId.get(output.group(1));
        if (from != null && from.action().endsWith("metadata-action")) {
          var outerScope = scope.with(from.env());
          for (var image : from.input("images").lines()) {
            var name = outerScope.resolved(image.value()).replaceFirst("^name=", "");
            references.add(Act.Reference.of(name, image.line()));
          }
        }
      } else {
        for (var one : text.split(",", -1)) {
          if (!one.isBlank()) {
            references.add(Act.Reference.of(one.strip(), line.line()));
          }
        }
      }
    }
    return references;
  }

  /** A step of an action that is not known, or of none that was shown. */
  private void unnamed(Step step, Guard guard) {
    var push = here.resolved(step.input("push").value()).strip().toLowerCase(Locale.ROOT);
    if (step.has("password") && step.has("username") && !step.has("tags")) {
      acts.add(
          new Act.Login(
              host(here.resolved(step.input("registry").value())),
              step.input("username"),
              Credential.of(
                  here.resolved(step.input("password").value()), step.input("password").line()),
              step.line(),
              guard));
    } else if (step.has("tags") && step.uses().isBlank()) {
      var references = references(step.input("tags"));
      acts.add(new Act.Build(step, references, false, step.input("platforms"), step.line(), guard));
      if (!push.isEmpty() && !push.equals("false")) {
        acts.add(
            new Act.Push(
                step, references, false, step.input("push").line(), guard.and(Guard.of(push))));
      }
    }
  }

  private void commands(Step step, Node.Text script, Guard guard) {
    // A script that asks for the event or the branch itself may well skip its push.
    var asks =
        script.value().contains("pull_request")
            || script.value().contains("GITHUB_REF")
            || script.value().contains("EVENT_NAME");
    var when = asks ? guard.and(Guard.UNKNOWN) : guard;
    for (var command : Shell.commands(script)) {
      ShellActs.of(command, step, here, when, acts);
    }
  }
}
