package dev.gantry.explain.workflow;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the job's token may do: the block of the job, else the file's, else the default. */
final class Rights {
  private Rights() {}

  static void of(Pipeline pipeline, Job job, List<Act> acts, Sheet sheet) {
    if (!pipeline.kind().github()) {
      return;
    }
    var granted = job.permissions().or(pipeline::permissions);
    if (pipeline.kind() == Pipeline.Kind.GITHUB_ACTION) {
      sheet.say(
          "packages", "caller", job.line(), "an action has the rights of the job that calls it");
      return;
    }
    if (granted.isEmpty() && (!job.whole() || !pipeline.whole())) {
      return;
    }
    if (wantsPackages(acts)) {
      packages(pipeline, job, granted, sheet);
    }
    var called = pipeline.on("workflow_call") && granted.isEmpty();
    if (!called
        && wantsIdToken(job)
        && granted.filter(rights -> rights.writes("id-token")).isEmpty()) {
      sheet.doubt(
          "id-token",
          "missing",
          granted.map(rights -> rights.lineOf("id-token")).orElse(job.line()),
          "id-token: write is not granted to job " + job.id());
    }
    var checksOut = job.steps().stream().anyMatch(step -> step.uses("actions/checkout"));
    granted
        .filter(rights -> checksOut && rights.of("contents").equals("none"))
        .ifPresent(rights ->
            sheet.say("contents", "missing", rights.line(), "contents: read is not granted"));
  }

  private static void packages(
      Pipeline pipeline, Job job, Optional<Permissions> granted, Sheet sheet) {
    if (granted.isEmpty()) {
      var called = pipeline.on("workflow_call") && pipeline.events().size() == 1;
      sheet.say(
          "packages",
          called ? "caller" : "default",
          job.line(),
          called
              ? "a called workflow has at most the rights of the job that calls it"
              : "no permissions block: the repository's setting decides");
      return;
    }
    var rights = granted.get();
    var line = rights.lineOf("packages");
    switch (rights.of("packages")) {
      case "write" -> sheet.say("packages", "write", line);
      case "read" -> sheet.doubt("packages", "read", line, "job " + job.id() + " may only read");
      default ->
          sheet.doubt(
              "packages",
              "missing",
              line,
              "a block is an allow-list; packages: write is not in it");
    }
    sheet.say("permissions-of", job.permissions().isPresent() ? "job" : "file", rights.line());
  }

  /** Not where every login to GitHub's registry is done with a token of somebody's own. */
  private static boolean wantsPackages(List<Act> acts) {
    var hosts =
        acts.stream()
            .flatMap(act ->
                act instanceof Act.Push push
                    ? push.references().stream()
                    : Stream.<Act.Reference>of())
            .map(Act.Reference::host)
            .toList();
    if (!hosts.isEmpty()
        && hosts.stream()
            .noneMatch(
                host -> !Host.isKnown(host) || host.startsWith("{") || host.equals("ghcr.io"))) {
      return false;
    }
    var logins =
        acts.stream()
            .flatMap(
                act -> act instanceof Act.Login login ? Stream.of(login) : Stream.<Act.Login>of())
            .filter(login -> login.host().equals("ghcr.io"))
            .toList();
    return logins.isEmpty()
        || logins.stream()
            .anyMatch(login -> login.credential().kind() == Credential.Kind.JOB_TOKEN);
  }

  private static boolean wantsIdToken(Job job) {
    return job.steps().stream()
        .anyMatch(step ->
            step.uses("actions/attest-build-provenance")
                || step.uses("actions/attest-sbom")
                || (step.uses("aws-actions/configure-aws-credentials")
                    && step.has("role-to-assume")
                    && !step.has("aws-access-key-id"))
                || (step.uses("google-github-actions/auth")
                    && step.has("workload_identity_provider"))
                || step.script().stream()
                    .anyMatch(script -> script.value().contains("cosign sign --yes")));
  }
}
