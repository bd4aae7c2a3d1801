package dev.gantry.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.explain.log.Facts;
import dev.gantry.failure.Evidence;
import dev.gantry.failure.Failure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
  private static Failure.Rejected ghcr(String code, String message) {
    return new Failure.Rejected(
        Failure.Stage.UPLOAD,
        new Evidence(
            "POST",
            URI.create("https://ghcr.io/v2/acme/tool/blobs/uploads/"),
            new Evidence.Login("bearer", "config.json auths[ghcr.io]"),
            1,
            Duration.ofMillis(80),
            0,
            Optional.of(
                new Evidence.Answer(
                    403, Map.of(), List.of(new Evidence.Said(code, message, "")), ""))));
  }

  @Test
  void aPackageThatGivesNoWriteIsToldFromATokenThatMayNotCreate() {
    assertThat(Diagnosis.of(ghcr("DENIED", "permission_denied: write_package")).cause().id())
        .isEqualTo("auth.package-access");
    assertThat(
            Diagnosis.of(ghcr("DENIED", "installation not allowed to Create organization package"))
                .cause()
                .id())
        .isEqualTo("auth.token-scope");
  }

  @Test
  void theSameWordsFromAForkMeanTheFork() {
    var fork = new Facts().add("event", "fork");
    assertThat(
            Diagnosis.of(
                    ghcr("DENIED", "installation not allowed to Write organization package"), fork)
                .cause()
                .id())
        .isEqualTo("auth.fork-pr");
  }

  @Test
  void aDiagnosisOffersTheProbeThatDecides() {
    var diagnosis = Diagnosis.of(ghcr("DENIED", "permission_denied: write_package"));
    assertThat(diagnosis.test().flatMap(Diagnosis.Test::probe))
        .contains(
            new Probe(
                Probe.Kind.OPEN_UPLOAD_BESIDE,
                "ghcr.io",
                "acme/tool",
                "",
                "auth.package-access",
                "auth.token-scope"));
    assertThat(diagnosis.remedies().getFirst().text().en()).contains("Manage Actions access");
    assertThat(diagnosis.remedies().getFirst().code().orElseThrow()).contains("acme");
  }

  @Test
  void ourOwnRefusalKeepsItsCauseAndItsAdvice() {
    var refused =
        new Failure.Refused(
            Failure.Stage.REQUEST,
            new Failure.Problem(
                "auth.helper", "the helper is missing", "config.json", "install it"));
    var diagnosis = Diagnosis.of(refused);
    assertThat(diagnosis.cause().id()).isEqualTo("auth.helper");
    assertThat(diagnosis.remedies().getFirst().text().en()).isEqualTo("install it");
  }

  @Test
  void theEvidenceNamesTheLineThatAFactOfTheWholeStandsIn() throws IOException {
    var explanation =
        FixturesTest.explain(
            """
            GITHUB_TOKEN Permissions
              Contents: read
              Packages: read
            ERROR: failed to push ghcr.io/acme/web:1: denied: installation not allowed to Write organization package
            """);
    assertThat(explanation.best().cause().id()).isEqualTo("auth.token-scope");
    assertThat(explanation.best().evidence()).extracting(Seen::where).contains("log:4", "log:3");
  }

  @Test
  void aRefusalAfterTheSignInWasTakenIsNoMissingLogin() {
    var refused =
        new Failure.Rejected(
            Failure.Stage.UPLOAD,
            new Evidence(
                "POST",
                URI.create("https://registry.example/v2/acme/tool/blobs/uploads/"),
                new Evidence.Login("bearer", "config.json auths[registry.example]"),
                1,
                Duration.ofMillis(80),
                0,
                Optional.of(
                    new Evidence.Answer(
                        401,
                        Map.of(),
                        List.of(new Evidence.Said("UNAUTHORIZED", "authentication required", "")),
                        ""))));
    assertThat(Diagnosis.of(refused).cause().id()).isEqualTo("auth.token-scope");
  }
}
