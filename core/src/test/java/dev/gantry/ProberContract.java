package dev.gantry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.explain.Probe;
import dev.gantry.explain.Probed;
import dev.gantry.login.Credential;
import dev.gantry.oci.Reference;
import dev.gantry.oci.Tag;
import dev.gantry.source.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of probe against registries of several kinds: what is asked, and what stays. */
class ProberContract {
  @TempDir Path folder;

  private Likened registry(String kind, boolean writes, String seed) throws IOException {
    return new Likened(kind, "registry.example", folder.resolve("home"), writes, seed);
  }

  private static Probe probe(Probe.Kind kind, String tag) {
    return new Probe(kind, "registry.example", "octo/app", tag, "yes.cause", "no.cause");
  }

  private static Probed carriedOut(Likened registry, Probe probe) throws InterruptedException {
    try (var wiring = registry.wiring()) {
      var probed = new Prober(wiring).carryOut(probe);
      assertThat(probed.toString()).doesNotContain(Likened.PASSWORD);
      return probed;
    }
  }

  private static Probed.Made made(Likened registry, Probe probe) throws InterruptedException {
    var probed = carriedOut(registry, probe);
    assertThat(probed).isInstanceOf(Probed.Made.class);
    return (Probed.Made) probed;
  }

  private static String why(Probed probed) {
    assertThat(probed).isInstanceOf(Probed.NotMade.class);
    return ((Probed.NotMade) probed).why().en();
  }

  @ParameterizedTest
  @EnumSource(
      value = Probe.Kind.class,
      names = {"OPEN_UPLOAD", "OPEN_UPLOAD_BESIDE"})
  void anUploadIsOpenedAndGivenUpAndNothingStays(Probe.Kind kind) throws Exception {
    try (var registry = registry("distribution-3", true, "{}").rules("distribution-3")) {
      var made = made(registry, probe(kind, ""));
      assertThat(made.accepted()).isTrue();
      assertThat(made.as()).isEqualTo("bearer, test");
      assertThat(registry.registry.store().openSessions()).isZero();
      assertThat(registry.registry.store().names()).isEmpty();
      assertThat(made.asked()).hasSize(2);
      assertThat(made.asked().getFirst().answer()).isEqualTo("202");
      assertThat(made.asked().getLast().request()).startsWith("DELETE ");
      assertThat(made.asked().getLast().answer()).isEqualTo("204");
    }
  }

  @ParameterizedTest
  @CsvSource({"gitlab", "quay", "zot"})
  void whereAskingMakesARepositoryItIsNotAsked(String kind) throws Exception {
    try (var registry = registry(kind, true, "{}").rules(kind)) {
      assertThat(why(carriedOut(registry, probe(Probe.Kind.OPEN_UPLOAD, ""))))
          .contains("may make a repository");
      assertThat(registry.asked).isEmpty();
    }
  }

  @Test
  void aFreshNameIsAskedForOnlyWhereItIsKnownThatNothingStays() throws Exception {
    try (var registry = registry("nexus", true, "{}").rules("nexus")) {
      assertThat(why(carriedOut(registry, probe(Probe.Kind.OPEN_UPLOAD_BESIDE, ""))))
          .contains("may make a repository");
      assertThat(registry.asked).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"true,push", "false,pull"})
  void theTokenSaysWhatItAllows(boolean writes, String granted) throws Exception {
    try (var registry = registry("harbor", writes, "{}").rules("harbor")) {
      var made = made(registry, probe(Probe.Kind.TOKEN, ""));
      assertThat(made.found().first("grants")).contains(granted);
      assertThat(made.found().has("skew")).isFalse();
      assertThat(made.asked()).hasSize(2);
      assertThat(made.asked().getLast().request()).doesNotContain("?");
    }
    try (var registry = registry("ghcr", writes, "{}").rules("ghcr")) {
      var made = made(registry, probe(Probe.Kind.TOKEN, ""));
      assertThat(made.found().first("grants")).contains("unknown");
    }
  }

  @Test
  void aClockThatIsAheadIsSeenInTheToken() throws Exception {
    try (var registry =
        new Likened(
            "harbor",
            "registry.example",
            folder.resolve("home"),
            true,
            "{}",
            () -> Instant.now().plus(Duration.ofMinutes(10)))) {
      var made = made(registry.rules("harbor"), probe(Probe.Kind.TOKEN, ""));
      assertThat(Long.parseLong(made.found().first("skew").orElseThrow())).isBetween(550L, 650L);
    }
  }

  private void pushed(Likened registry, Path layout) throws Exception {
    var to = List.of(Destination.of(Reference.parse("registry.example/octo/app:v1")));
    try (var wiring = registry.wiring()) {
      var outcome =
          new Publisher(wiring).publish(PublishRequest.of(Source.parse("oci:" + layout), to));
      assertThat(outcome).isInstanceOf(Outcome.Published.class);
    }
  }

  @Test
  void aTagsMediaTypeIsToldWithAndWithoutCredentials() throws Exception {
    try (var registry = registry("distribution-3", true, "{}")) {
      pushed(registry, Layouts.image(folder.resolve("image"), "a", 1));
      for (var kind : List.of(Probe.Kind.MANIFEST, Probe.Kind.LOOK)) {
        var made = made(registry, probe(kind, "v1"));
        assertThat(made.found().first("manifest")).contains("image");
        assertThat(made.found().first("media-type"))
            .contains("application/vnd.oci.image.manifest.v1+json");
        assertThat(made(registry, probe(kind, "v2")).found().first("manifest")).contains("missing");
      }
      assertThat(made(registry, probe(Probe.Kind.LOOK, "v1")).as()).doesNotContain("test");
    }
  }

  @Test
  void aChildThatIsMissingIsFound() throws Exception {
    try (var registry = registry("distribution-3", true, "{}")) {
      pushed(registry, Layouts.index(folder.resolve("index"), "a"));
      var whole = made(registry, probe(Probe.Kind.MANIFEST, "v1"));
      assertThat(whole.found().first("manifest")).contains("index");
      assertThat(whole.asked()).hasSize(3);
      try (var wiring = registry.wiring()) {
        var target =
            wiring.targets().source(Reference.parse("registry.example/octo/app").repository());
        var child = target.manifest(new Tag("v1")).orElseThrow().children().getFirst();
        registry
            .registry
            .faults()
            .add("HEAD /v2/octo/app/manifests/" + child.digest() + ": status 404");
      }
      var broken = made(registry, probe(Probe.Kind.MANIFEST, "v1"));
      assertThat(broken.found().first("manifest")).contains("child-missing");
    }
  }

  @Test
  void aLocationThatLeadsElsewhereIsAFlaw() throws Exception {
    try (var registry = registry("distribution-3", true, "{}")) {
      registry.registry.faults().add("open: no-location");
      var made = made(registry, probe(Probe.Kind.OPEN_UPLOAD, ""));
      assertThat(made.asked().getFirst().flaw())
          .contains("an upload was opened without a Location");
    }
  }

  @Test
  void aRefusalIsToldByItsBody() throws Exception {
    try (var registry =
        registry("ghcr", true, "repositories: {octo/app: {refuse: [package-access]}}")) {
      var made = made(registry, probe(Probe.Kind.OPEN_UPLOAD, ""));
      assertThat(made.asked()).hasSize(1);
      assertThat(made.asked().getFirst().answer())
          .isEqualTo("403 DENIED permission_denied: write_package");
    }
  }

  @Test
  void aWebPageIsNoRegistry() throws Exception {
    try (var registry = registry("distribution-3", true, "{}")) {
      assertThat(made(registry, probe(Probe.Kind.PING, "")).found().has("ping")).isFalse();
      registry
          .registry
          .faults()
          .add("ping: status 200 header \"Content-Type: text/html\" body \"<html>\"");
      assertThat(made(registry, probe(Probe.Kind.PING, "")).found().first("ping")).contains("html");
    }
  }

  @Test
  void aTokenServerThatRefusesIsAnAnswer() throws Exception {
    try (var registry = registry("ghcr", true, "{}")) {
      registry.registry.faults().add("token: status 401");
      var made = made(registry, probe(Probe.Kind.SIGN_IN, ""));
      assertThat(made.accepted()).isFalse();
      assertThat(made.asked().getFirst().answer()).startsWith("401");
    }
  }

  @Test
  void whatCannotBeAskedSaysWhy() throws Exception {
    try (var registry = registry("ghcr", true, "{}")) {
      var masked = new Probe(Probe.Kind.OPEN_UPLOAD, "", "octo/app", "", "", "");
      assertThat(why(carriedOut(registry, masked))).contains("registry's name is not known");
      var nameless = new Probe(Probe.Kind.OPEN_UPLOAD, "registry.example", "", "", "", "");
      assertThat(why(carriedOut(registry, nameless))).contains("repository's name is not known");
      var bad = new Probe(Probe.Kind.OPEN_UPLOAD, "registry.example", "Octo//App", "", "", "");
      assertThat(why(carriedOut(registry, bad))).startsWith("not asked");
      registry.registry.close();
      assertThat(why(carriedOut(registry, probe(Probe.Kind.OPEN_UPLOAD, ""))))
          .contains("registry.example cannot be reached from here (CONNECT");
    }
    var around = Surroundings.of(Map.of("HOME", folder.toString()), folder);
    try (var wiring = new Wiring(around, List.of(), _ -> {})) {
      var probe = new Probe(Probe.Kind.TOKEN, "registry.example", "octo/app", "", "", "");
      assertThat(why(new Prober(wiring).carryOut(probe)))
          .contains("there are no credentials for registry.example", "gantry login");
      assertThat(wiring.credential(Reference.parse("registry.example/octo/app").repository()))
          .isEqualTo(Credential.ANONYMOUS);
    }
  }
}
