package dev.gantry.explain.workflow;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Builders, platforms, exporters and caches of a job's builds. */
final class Builds {
  private static final Pattern OLD_BUILDKIT =
      Pattern.compile("(?:moby/buildkit:|buildkit:)v0\\.(?:\\d|1\\d)\\.\\d");
  private static final Pattern OLD_BUILDX = Pattern.compile("^v?0\\.(?:\\d|1\\d|20)\\.\\d");
  private static final Pattern RAW =
      Pattern.compile("\\$\\{\\{\\s{0,8}github\\.repository(?:_owner)?\\s{0,8}}}");

  private Builds() {}

  static void of(Pipeline pipeline, Job job, List<Act> acts, Sheet sheet) {
    var builder =
        !job.visible() || job.steps().stream().anyMatch(step -> step.action().contains("buildx"));
    for (var at = 0; at < acts.size(); at++) {
      switch (acts.get(at)) {
        case Act.Build build -> {
          var scope = Scope.of(pipeline.env()).with(job.env()).with(build.step().env());
          platforms(build, scope, job, acts, at, sheet);
          outputs(build, sheet);
          cache(build.step(), scope, builder, sheet);
        }
        case Act.SetUp setUp -> setUp(setUp, sheet);
        case Act.Login _, Act.Push _, Act.Fetch _ -> {}
      }
    }
    for (var step : job.steps()) {
      for (var word : List.of("login", "metadata", "build-push")) {
        if (step.action().endsWith("/" + word + "-action")) {
          sheet.say("uses", word, step.line());
        }
      }
    }
  }

  private static void setUp(Act.SetUp setUp, Sheet sheet) {
    var step = setUp.step();
    switch (setUp.what()) {
      case "qemu" -> sheet.say("uses", "setup-qemu", setUp.line());
      case "buildx" -> {
        sheet.say("uses", "setup-buildx", setUp.line());
        var driver = step.input("driver");
        if (!driver.isBlank()) {
          sheet.say("driver", driver.value().strip(), driver.line());
        }
        var version = step.input("version");
        if (OLD_BUILDX.matcher(version.value().strip()).find()) {
          sheet.doubt(
              "cache-old",
              "yes",
              version.line(),
              "Buildx below 0.21 speaks the old cache service only");
        }
        var options = step.input("driver-opts");
        if (OLD_BUILDKIT.matcher(options.value()).find()) {
          sheet.doubt(
              "cache-old",
              "yes",
              options.line(),
              "BuildKit below 0.20 speaks the old cache service only");
        }
      }
      case "checkout" -> sheet.say("uses", "checkout", setUp.line());
      default -> {}
    }
  }

  private static void platforms(
      Act.Build build, Scope scope, Job job, List<Act> acts, int at, Sheet sheet) {
    var text = build.platforms();
    var value = scope.resolved(text.value()).strip().toLowerCase(Locale.ROOT);
    if (value.isEmpty()) {
      return;
    }
    var many = value.contains(",") || value.contains("\n");
    if (many) {
      sheet.say("platforms", "many", text.line());
    }
    var arm = job.runner().value().contains("arm");
    if (!value.contains("${") && !arm && foreign(value)) {
      setUp(
          "qemu",
          acts,
          at,
          Optional.of("no emulation for " + value.replace('\n', ' ')),
          text,
          job,
          sheet);
    }
    var unmet =
        many
            ? Optional.of("several platforms need a builder of their own")
            : Optional.<String>empty();
    setUp("buildx", acts, at, unmet, text, job, sheet);
    if (many && build.loads() && !build.step().uses().isBlank()) {
      sheet.doubt(
          "load-many",
          "yes",
          build.step().input("load").line(),
          "several platforms cannot be loaded into the engine");
    }
  }

  private static boolean foreign(String platforms) {
    for (var one : platforms.split("[,\\s]", -1)) {
      if (!one.isBlank() && !one.equals("linux/amd64") && !one.equals("linux/386")) {
        return true;
      }
    }
    return false;
  }

  private static void setUp(
      String what,
      List<Act> acts,
      int at,
      Optional<String> note,
      Node.Text platforms,
      Job job,
      Sheet sheet) {
    var before = acts.subList(0, at).stream().filter(act -> is(act, what)).findFirst();
    var after = acts.subList(at, acts.size()).stream().filter(act -> is(act, what)).findFirst();
    if (before.isPresent()) {
      sheet.say(what, "present", before.get().line());
    } else if (after.isPresent()) {
      sheet.doubt(what, "after", after.get().line(), "comes after the build that needs it");
    } else if (job.visible() && note.isPresent()) {
      sheet.doubt(what, "missing", platforms.line(), note.get());
    }
  }

  private static boolean is(Act act, String what) {
    return act instanceof Act.SetUp setUp && setUp.what().equals(what);
  }

  private static void outputs(Act.Build build, Sheet sheet) {
    var step = build.step();
    var push = step.input("push").value().strip();
    if (build.loads() && push.equals("true")) {
      sheet.doubt("push-and-load", "yes", step.input("load").line(), "push and load together");
    }
    for (var name : List.of("provenance", "sbom")) {
      var value = step.input(name);
      if (!value.isBlank()) {
        sheet.say(name, value.value().strip(), value.line());
      }
    }
    if (step.uses("docker/build-push-action")
        && !step.has("provenance")
        && step.major().orElse(9) >= 4) {
      sheet.say("provenance", "default", step.line());
    }
  }

  private static void cache(Step step, Scope scope, boolean builder, Sheet sheet) {
    for (var input : List.of("cache-to", "cache-from")) {
      for (var line : step.input(input).lines()) {
        var value = scope.resolved(line.value());
        if (value.contains("type=gha")) {
          sheet.say("cache", "gha", line.line());
        } else if (value.contains("type=registry") || value.contains("ref=")) {
          sheet.say("cache", "registry", line.line());
        }
        if (RAW.matcher(value).find()) {
          sheet.doubt(
              "cache-name",
              "raw",
              line.line(),
              "the owner's or repository's name may have capitals");
        }
        if (value.contains("type=")
            && !builder
            && input.equals("cache-to")
            && !value.contains("inline")) {
          sheet.doubt("buildx", "missing", line.line(), "this cache needs a builder of its own");
        }
      }
    }
  }
}
