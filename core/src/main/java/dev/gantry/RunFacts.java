package dev.gantry;

import dev.gantry.explain.log.Facts;
import dev.gantry.explain.log.Observation;
import dev.gantry.explain.workflow.PipelineFile;
import dev.gantry.explain.workflow.RunNames;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Json;
import dev.gantry.oci.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the CI that this runs in says of the run: which CI, which event, whether it is a fork's or
 * Dependabot's, and what the workflow's own file gives the token. What cannot be read says nothing.
 */
final class RunFacts {
  /** A larger event or workflow is not read; GitHub's own limit for payloads is 25 MB. */
  private static final long LARGEST = 32L << 20;

  /** The variable that each CI sets, and its word. */
  private static final Map<String, String> SYSTEMS = systems();

  private final Map<String, String> environment;
  private final List<Observation> seen = new ArrayList<>();

  private RunFacts(Map<String, String> environment) {
    this.environment = environment;
  }

  private static Map<String, String> systems() {
    var all = new LinkedHashMap<String, String>();
    all.put("GITHUB_ACTIONS", "github");
    all.put("GITLAB_CI", "gitlab");
    all.put("JENKINS_URL", "jenkins");
    all.put("TF_BUILD", "azure");
    all.put("CIRCLECI", "circleci");
    all.put("TRAVIS", "travis");
    all.put("DRONE", "drone");
    return all;
  }

  /** Whether this runs in a CI. */
  static boolean inCi(Map<String, String> environment) {
    return !environment.getOrDefault("CI", "").isEmpty()
        || SYSTEMS.keySet().stream().anyMatch(environment::containsKey);
  }

  /** What it says; nothing outside of a CI. */
  static List<Observation> of(Map<String, String> environment) {
    var run = new RunFacts(environment);
    SYSTEMS.entrySet().stream()
        .filter(system -> !environment.getOrDefault(system.getKey(), "").isEmpty())
        .findFirst()
        .ifPresent(system -> run.add(system.getKey(), "ci=" + system.getValue()));
    if (environment.containsKey("GITHUB_ACTIONS")) {
      run.event();
      run.workflow();
    }
    return List.copyOf(run.seen);
  }

  private void event() {
    var event = environment.getOrDefault("GITHUB_EVENT_NAME", "");
    if (environment.getOrDefault("GITHUB_ACTOR", "").equals("dependabot[bot]")) {
      add("GITHUB_ACTOR=dependabot[bot]", "event=dependabot", "run=dependabot");
    }
    // The token of pull_request_target is the base repository's own.
    if (!event.equals("pull_request")) {
      return;
    }
    var here = environment.getOrDefault("GITHUB_REPOSITORY", "");
    var head = head();
    if (head.isPresent() && !head.get().equalsIgnoreCase(here)) {
      add(
          "GITHUB_EVENT_NAME=pull_request, head repository " + head.get() + ", not " + here,
          "event=fork",
          "event=pull_request",
          "run=fork");
    } else {
      add("GITHUB_EVENT_NAME=pull_request", "event=pull_request");
    }
  }

  /** The repository that a pull request comes from; a fork that is gone has no name. */
  private Optional<String> head() {
    return text(environment.getOrDefault("GITHUB_EVENT_PATH", ""))
        .flatMap(text -> {
          try {
            return Json.parseObject(Bytes.of(text)).object("pull_request");
          } catch (Malformed _) {
            return Optional.empty();
          }
        })
        .flatMap(request -> request.object("head"))
        .map(head ->
            head.object("repo").flatMap(repo -> repo.text("full_name")).orElse("a deleted fork"));
  }

  /** {@code GITHUB_WORKFLOW_REF} is OWNER/REPO/.github/workflows/FILE@REF. */
  private void workflow() {
    var reference = environment.getOrDefault("GITHUB_WORKFLOW_REF", "");
    var at = reference.indexOf('@');
    var from = reference.indexOf("/.github/workflows/");
    var space = environment.getOrDefault("GITHUB_WORKSPACE", "");
    if (from < 0 || at < from || space.isEmpty()) {
      return;
    }
    var file = reference.substring(from + 1, at);
    text(space + "/" + file)
        .ifPresent(text -> seen.addAll(PipelineFile.of(file, text).facts(job())));
  }

  /** The job that runs; without its name all jobs of the file speak. */
  private RunNames job() {
    var job = environment.getOrDefault("GITHUB_JOB", "").toLowerCase(Locale.ROOT);
    return job.isEmpty() ? RunNames.NONE : new RunNames(Set.of(job), Set.of(), Set.of(), Set.of());
  }

  private static Optional<String> text(String path) {
    if (path.isEmpty()) {
      return Optional.empty();
    }
    try {
      var file = Path.of(path);
      return Files.isRegularFile(file) && Files.size(file) <= LARGEST
          ? Optional.of(Files.readString(file))
          : Optional.empty();
    } catch (IOException | InvalidPathException _) {
      return Optional.empty();
    }
  }

  private void add(String text, String... facts) {
    var own = new Facts();
    for (var fact : facts) {
      own.add(fact);
    }
    seen.add(new Observation("environment", 0, text, "", new BitSet(), own, new Facts(), false));
  }
}
