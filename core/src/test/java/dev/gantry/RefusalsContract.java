package dev.gantry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.explain.Probe;
import dev.gantry.explain.Probed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pushes that a registry refuses, each told by what the registry really says. */
class RefusalsContract {
  private static final String CREATE = "installation not allowed to Create organization package";

  @TempDir Path folder;

  private Path layout() {
    return Layouts.image(folder.resolve("layout"), "a", 2);
  }

  private Likened ghcr(boolean writes, String seed) throws IOException {
    return new Likened("ghcr", "ghcr.io", folder.resolve("home"), writes, seed);
  }

  private static String denied(String message) {
    return "open: status 403 header \"Content-Type: application/json\" body"
        + " \"{\\\"errors\\\":[{\\\"code\\\":\\\"DENIED\\\",\\\"message\\\":\\\""
        + message
        + "\\\"}]}\"";
  }

  private void holds(Outcome.Failed failed, String cause) {
    var said = failed.explanation().diagnoses().stream().map(this::line).toList();
    assertThat(failed.diagnosis().cause().id()).as("%s", said).isEqualTo(cause);
    assertThat(failed.diagnosis().confidence()).as("%s", said).isGreaterThan(0.7);
    assertThat(failed.toString()).doesNotContain(Likened.PASSWORD);
    assertThat(failed.standing().moved()).isFalse();
  }

  private String line(dev.gantry.explain.Diagnosis one) {
    return one.cause().id() + " " + one.confidence() + " " + one.evidence();
  }

  private static Probed.Made made(Outcome.Failed failed) {
    assertThat(failed.explanation().probes()).hasSize(1);
    return (Probed.Made) failed.explanation().probes().getFirst().probed();
  }

  @Test
  void aPackageOfAnotherRepositoryIsToldByAFreshNameBesideIt() throws Exception {
    try (var ghcr = ghcr(true, "repositories: {octo/app: {linked-to: other/app}}")) {
      var failed = ghcr.refused(layout(), "ghcr.io/octo/app:v1");
      holds(failed, "auth.package-access");
      var made = made(failed);
      assertThat(made.probe().kind()).isEqualTo(Probe.Kind.OPEN_UPLOAD_BESIDE);
      assertThat(made.accepted()).isTrue();
      assertThat(made.asked()).hasSize(2);
      assertThat(made.asked().getFirst().request())
          .matches(
              "POST http://127.0.0.1:\\d+/v2/octo/app-gantry-probe-[0-9a-z]{8}/blobs/uploads/");
      assertThat(made.asked().getLast().request()).startsWith("DELETE ");
      assertThat(failed.diagnosis().evidence())
          .anyMatch(seen -> seen.where().contains("registry book"));
      // An opened upload is all there was: no repository came of it.
      assertThat(ghcr.registry.store().names()).noneMatch(name -> name.contains("probe"));
      assertThat(failed.diagnosis().remedies().getFirst().text().en())
          .contains("Manage Actions access");
    }
  }

  @Test
  void theSameWordsForEveryNameMeanTheToken() throws Exception {
    try (var ghcr = ghcr(true, "{}")) {
      ghcr.registry.faults().add(denied("permission_denied: write_package"));
      var failed = ghcr.refused(layout(), "ghcr.io/octo/app:v1");
      holds(failed, "auth.token-scope");
      assertThat(made(failed).accepted()).isFalse();
    }
  }

  @Test
  void aTokenThatMayOnlyReadLacksItsScope() throws Exception {
    try (var ghcr = ghcr(false, "{}")) {
      holds(ghcr.refused(layout(), "ghcr.io/octo/app:v1"), "auth.token-scope");
    }
  }

  private Likened inWorkflow(String permission, String event) throws IOException {
    var space = Files.createDirectories(folder.resolve("space/.github/workflows"));
    // Two jobs: what the other one may do says nothing about this one.
    Files.writeString(
        space.resolve("push.yml"),
        "on: push\njobs:\n  publish:\n    permissions:\n      contents: read\n"
            + permission
            + "    runs-on: ubuntu-latest\n"
            + "    steps:\n"
            + "      - run: docker push ghcr.io/octo/app:v1\n"
            + "  other:\n"
            + "    permissions:\n"
            + "      packages: write\n"
            + "    runs-on: ubuntu-latest\n"
            + "    steps:\n"
            + "      - run: docker push ghcr.io/octo/other:v1\n");
    return ghcr(true, "{}")
        .with("GITHUB_ACTIONS", "true")
        .with("GITHUB_JOB", "publish")
        .with("GITHUB_EVENT_NAME", event)
        .with("GITHUB_REPOSITORY", "octo/app")
        .with("GITHUB_WORKSPACE", folder.resolve("space").toString())
        .with("GITHUB_WORKFLOW_REF", "octo/app/.github/workflows/push.yml@refs/heads/main");
  }

  @Test
  void anOrganisationThatForbidsNewPackagesIsToldByTheWorkflowsOwnRights() throws Exception {
    try (var ghcr = inWorkflow("      packages: write\n", "push")) {
      ghcr.registry.faults().add(denied(CREATE));
      var failed = ghcr.refused(layout(), "ghcr.io/octo/app:v1");
      holds(failed, "auth.org-policy");
      assertThat(failed.diagnosis().evidence())
          .anyMatch(seen -> seen.where().equals(".github/workflows/push.yml:6"));
    }
    try (var ghcr = inWorkflow("", "push")) {
      ghcr.registry.faults().add(denied(CREATE));
      holds(ghcr.refused(layout(), "ghcr.io/octo/app:v1"), "auth.token-scope");
    }
  }

  @Test
  void aForksRunIsToldByTheEventsOwnFile() throws Exception {
    var event = folder.resolve("event.json");
    Files.writeString(
        event, "{\"pull_request\":{\"head\":{\"repo\":{\"full_name\":\"someone/app\"}}}}");
    try (var ghcr =
        inWorkflow("      packages: write\n", "pull_request")
            .with("GITHUB_EVENT_PATH", event.toString())) {
      ghcr.registry.faults().add(denied(CREATE));
      var failed = ghcr.refused(layout(), "ghcr.io/octo/app:v1");
      holds(failed, "auth.fork-pr");
      assertThat(failed.diagnosis().evidence())
          .anyMatch(seen -> seen.text().contains("head repository someone/app, not octo/app"));
    }
  }

  @Test
  void dependabotsTokenCanOnlyRead() throws Exception {
    try (var ghcr = inWorkflow("", "push").with("GITHUB_ACTOR", "dependabot[bot]")) {
      ghcr.registry.faults().add(denied("installation not allowed to Write organization package"));
      holds(ghcr.refused(layout(), "ghcr.io/octo/app:v1"), "auth.fork-pr");
    }
  }

  /** What the body says plainly needs no further request. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "owner-missing | name.namespace",
        "secondary-rate-limit | policy.rate-limit",
      })
  void whatTheBodySaysPlainlyIsNotAskedAgain(String situation, String cause) throws Exception {
    try (var ghcr = ghcr(true, "repositories: {octo/app: {refuse: [" + situation + "]}}")) {
      var failed = ghcr.refused(layout(), "ghcr.io/octo/app:v1");
      holds(failed, cause);
      assertThat(failed.explanation().probes()).isEmpty();
      assertThat(ghcr.asked).noneMatch(line -> line.contains("probe"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ecr | 123456789012.dkr.ecr.eu-west-1.amazonaws.com | app | true | missing: [app] |"
            + " name.repository-missing",
        "harbor | harbor.example | prod/app | true | missing: [prod] | name.repository-missing",
        "harbor | harbor.example | prod/app | true | quota: {limit: 10, used: 10} | policy.quota",
        "harbor | harbor.example | prod/app | false | {} | auth.token-scope",
        "dockerhub | docker.io | octo/app | false | {} | auth.token-scope",
        "gar | europe-docker.pkg.dev | proj/repo/app | true |"
            + " repositories: {proj/repo/app: {refuse: [no-push]}} | auth.token-scope",
        "coding | team-docker.pkg.coding.net | app | true | {} | name.namespace",
      })
  void everyRegistryIsToldInItsOwnWords(
      String kind, String host, String path, boolean writes, String seed, String cause)
      throws Exception {
    try (var registry = new Likened(kind, host, folder.resolve("home"), writes, seed)) {
      holds(registry.refused(layout(), host + "/" + path + ":v1"), cause);
    }
  }

  @Test
  void aProxysLimitIsToldByItsPage() throws Exception {
    try (var harbor = new Likened("harbor", "harbor.example", folder.resolve("home"), true, "{}")) {
      harbor
          .registry
          .faults()
          .add(
              "finish: status 413 header \"Content-Type: text/html\" body"
                  + " \"<html><h1>413 Request Entity Too Large</h1><hr>nginx</html>\"");
      var failed = harbor.refused(layout(), "harbor.example/prod/app:v1");
      holds(failed, "policy.size-limit");
      assertThat(failed.diagnosis().remedies())
          .anyMatch(remedy -> remedy.text().en().contains("client_max_body_size"));
    }
  }

  @Test
  void tooManyRequestsNeedsOnlyTime() throws Exception {
    try (var ghcr = ghcr(true, "{}")) {
      ghcr.registry.faults().add("open: too-many 30");
      var failed = ghcr.refused(layout(), "ghcr.io/octo/app:v1");
      holds(failed, "policy.rate-limit");
      assertThat(failed.explanation().probes()).isEmpty();
    }
  }

  @Test
  void aRefusalWithoutAWordIsAskedAgainForItsBody() throws Exception {
    try (var ghcr = ghcr(true, "repositories: {octo/app: {linked-to: other/app}}")) {
      ghcr.registry.faults().add("open #1: status 403");
      // One blob, so that no other upload is opened, and heard, beside it.
      var config = Layouts.image(folder.resolve("config"), "a", 0);
      var failed = ghcr.refused(config, "ghcr.io/octo/app:v1");
      var made = made(failed);
      assertThat(made.probe().kind()).isEqualTo(Probe.Kind.OPEN_UPLOAD);
      assertThat(made.asked().getFirst().answer())
          .isEqualTo("403 DENIED permission_denied: write_package");
      assertThat(failed.diagnosis().cause().id()).isEqualTo("auth.package-access");
    }
  }
}
