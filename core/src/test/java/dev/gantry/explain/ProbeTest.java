package dev.gantry.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.explain.log.Facts;
import dev.gantry.failure.Evidence;
import dev.gantry.oci.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs, the request that would decide, and what its answer makes of them. */
class ProbeTest {
  private static final String BODYLESS =
      "#9 ERROR: failed to push ghcr.io/acme/web:1: unexpected status from POST request to"
          + " https://ghcr.io/v2/acme/web/blobs/uploads/: 403 Forbidden\n";
  private static final String WRITE_PACKAGE =
      "ERROR: failed to push ghcr.io/acme/web:1: denied: permission_denied: write_package\n";

  private static Explanation of(String log) throws IOException {
    var in = new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8));
    return Explanation.of("build.log", in, List.of());
  }

  private static Probed.Made made(Probe probe, int status, String message, String... found) {
    var said =
        message.isEmpty()
            ? List.<Evidence.Said>of()
            : List.of(new Evidence.Said("DENIED", message, ""));
    var evidence =
        new Evidence(
            "POST",
            URI.create("https://ghcr.io/v2/acme/web/blobs/uploads/"),
            new Evidence.Login("bearer", "config.json auths[ghcr.io]"),
            1,
            Duration.ofMillis(3),
            0,
            Optional.of(new Evidence.Answer(status, Map.of(), said, "")));
    var facts = new Facts();
    for (var fact : found) {
      facts.add(fact);
    }
    return new Probed.Made(probe, List.of(new Probed.Asked(evidence, Optional.empty())), facts);
  }

  @Test
  void withoutABodyTheSameIsAskedAgainAndThenANameBeside() throws Exception {
    var read = of(BODYLESS);
    var first = read.probe().orElseThrow();
    assertThat(first.kind()).isEqualTo(Probe.Kind.OPEN_UPLOAD);
    assertThat(first.host()).isEqualTo("ghcr.io");
    assertThat(first.path()).isEqualTo("acme/web");
    assertThat(first.tag()).isEqualTo("1");
    var heard = read.with(made(first, 403, "permission_denied: write_package"));
    assertThat(heard.best().cause().id()).isEqualTo("auth.package-access");
    var second = heard.probe().orElseThrow();
    assertThat(second.kind()).isEqualTo(Probe.Kind.OPEN_UPLOAD_BESIDE);
    var decided = heard.with(made(second, 202, ""));
    assertThat(decided.best().cause().id()).isEqualTo("auth.package-access");
    assertThat(decided.best().confidence()).isGreaterThan(0.9);
    assertThat(decided.probe()).isEmpty();
    assertThat(decided.probes()).hasSize(2);
    assertThat(decided.probes().getLast().text().en()).contains("this very package refuses");
    assertThat(decided.probes().getLast().text().zh()).contains("这个包本身");
  }

  @Test
  void theBodyTellsTheOtherReasonsAtOnce() throws Exception {
    var read = of(BODYLESS);
    var probe = read.probe().orElseThrow();
    assertThat(read.with(made(probe, 403, "not_found: owner not found")).best().cause().id())
        .isEqualTo("name.namespace");
    assertThat(
            read.with(made(probe, 403, "You have exceeded a secondary rate limit"))
                .best()
                .cause()
                .id())
        .isEqualTo("policy.rate-limit");
    assertThat(
            read.with(
                    made(
                        probe,
                        403,
                        "permission_denied: The token provided does not match expected scopes."))
                .best()
                .cause()
                .id())
        .isEqualTo("auth.token-scope");
  }

  @Test
  void aNameBesideThatIsRefusedTooSpeaksAgainstThePackage() throws Exception {
    var read = of(WRITE_PACKAGE);
    assertThat(read.best().cause().id()).isEqualTo("auth.package-access");
    var probe = read.probe().orElseThrow();
    var after = read.with(made(probe, 403, "permission_denied: write_package"));
    assertThat(after.best().cause().id()).isEqualTo("auth.token-scope");
    assertThat(after.probes().getFirst().text().en())
        .contains("auth.package-access", "-> auth.token-scope");
  }

  @Test
  void credentialsThatNeedNotBeTheSameDecideLess() throws Exception {
    var ci = "##[group]GITHUB_TOKEN Permissions\n" + WRITE_PACKAGE;
    var probe = of(ci).probe().orElseThrow();
    var here = of(ci).with(made(probe, 403, "", "ci"));
    var elsewhere = of(ci).with(made(probe, 403, ""));
    assertThat(here.best().confidence()).isGreaterThan(elsewhere.best().confidence());
  }

  @Test
  void aMaskedHostOfOnePlaceIsKnownAndAnyOtherIsNot() throws Exception {
    var ghcr = of(WRITE_PACKAGE.replace("ghcr.io", "***")).probe().orElseThrow();
    assertThat(ghcr.host()).isEqualTo("ghcr.io");
    var masked = of("ERROR: failed to push ***/acme/web:1: unauthorized: project acme not found\n");
    assertThat(masked.probe().map(Probe::host).filter(host -> !host.isEmpty())).isEmpty();
  }

  @Test
  void whatWasNotAskedChangesNothing() throws Exception {
    var read = of(WRITE_PACKAGE);
    var probe = read.probe().orElseThrow();
    var after = read.with(new Probed.NotMade(probe, new Words("not asked", "未探测")));
    assertThat(after.diagnoses()).isEqualTo(read.diagnoses());
    assertThat(after.probes()).hasSize(1);
    assertThat(after.probe()).isEmpty();
  }

  @Test
  void aClockThatIsApartIsTheCause() throws Exception {
    var read = of("error: token used before issued for registry.example/acme/web\n");
    var probe = new Probe(Probe.Kind.TOKEN, "registry.example", "acme/web", "", "", "");
    var after = read.with(made(probe, 200, "", "grants=push", "skew=312"));
    assertThat(after.best().cause().id()).isEqualTo("local.clock-skew");
    assertThat(after.probes().getFirst().text().en()).contains("312 s apart");
  }

  @Test
  void theBooksPlaceIsARemedyWhereTheCauseHasNoneForTheRegistry() throws Exception {
    var quota =
        of(
            "ERROR: failed to push harbor.example/prod/web:1: denied: adding 3 MB of storage"
                + " resource, which when updated to current usage of 9 GB will exceed the"
                + " configured upper limit of 9 GB.\n");
    assertThat(quota.best().cause().id()).isEqualTo("policy.quota");
    assertThat(quota.best().remedies()).anyMatch(remedy -> remedy.text().en().contains("Quota"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ERROR: docker.io/library/node:99: not found | docker.io | library/node | 99",
        "manifest for node:99 not found: manifest unknown | docker.io | node | 99",
        "manifest for ghcr.io/acme/web:1.2 not found | ghcr.io | acme/web | 1.2",
        "GET https://ghcr.io/v2/acme/web/manifests/1.2: MANIFEST_UNKNOWN | '' | '' | ''",
        "no reference here at all | '' | '' | ''",
      })
  void whatWasLookedForInVainStandsInTheLine(String line, String host, String path, String tag) {
    var json = Json.object().with("kind", "look");
    var probe = Probe.of(json, new Facts(), line);
    assertThat(List.of(probe.host(), probe.path(), probe.tag())).containsExactly(host, path, tag);
  }
}
