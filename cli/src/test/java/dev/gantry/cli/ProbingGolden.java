package dev.gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.build.Repo;
import dev.gantry.oci.Json;
import dev.gantry.rehearsal.Rehearsal;
import dev.gantry.rehearsal.Settings;
import dev.gantry.rehearsal.auth.User;
import dev.gantry.rehearsal.likeness.Likeness;
import dev.gantry.rehearsal.likeness.SeedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code gantry explain LOG --probe} as somebody types it, and what it says. */
class ProbingGolden {
  private static final String PASSWORD = "probing-password-77aa";

  @TempDir private Path home;
  private Rehearsal registry;

  @BeforeEach
  void start() throws IOException {
    var ghcr = Likeness.of("ghcr");
    registry =
        Rehearsal.start(
            Settings.plain()
                .like(ghcr)
                .with(ghcr.auth(List.of(User.writer("octo", PASSWORD)), false))
                .with(SeedFile.parse("seed", "repositories: {octo/app: {linked-to: octo/x}}")));
  }

  @AfterEach
  void nothingCameOfIt() throws IOException {
    assertThat(registry.check()).isEmpty();
    assertThat(registry.store().names()).noneMatch(name -> name.contains("probe"));
    registry.close();
  }

  private Map<String, String> environment(boolean signedIn) {
    var environment = new HashMap<String, String>();
    environment.put("LANG", "C.UTF-8");
    environment.put("HOME", home.toString());
    environment.put("DOCKER_CONFIG", home.toString());
    // What the environment has for any target is not for the host that a log names.
    environment.put("GANTRY_USERNAME", "other");
    environment.put("GANTRY_PASSWORD", PASSWORD + "-other");
    if (signedIn) {
      var end = registry.name().replace('.', '_').replace(':', '_');
      environment.put("GANTRY_USERNAME_" + end, "octo");
      environment.put("GANTRY_PASSWORD_" + end, PASSWORD);
    }
    return environment;
  }

  private String explained(boolean signedIn, String... words) throws IOException {
    var log = home.resolve("build.log");
    Files.writeString(
        log,
        "#9 ERROR: failed to push HOST/octo/app:v1: unexpected status from POST request to"
                .replace("HOST", registry.name())
            + " http://HOST/v2/octo/app/blobs/uploads/: 403 Forbidden\n"
                .replace("HOST", registry.name()));
    var team = home.resolve("registries.yaml");
    Files.writeString(
        team,
        "registries:\n  - {id: 1, name: ours, kind: ghcr, url: 'http://%s/'}\n"
            .formatted(registry.name()));
    var all = new ArrayList<>(List.of("explain", log.toString(), "--registries"));
    all.add(team.toString());
    all.addAll(List.of(words));
    var ran = Session.in(environment(signedIn), "", all.toArray(String[]::new));
    assertThat(ran.exit()).isEqualTo(Exit.DONE);
    assertThat(ran.out() + ran.err()).doesNotContain(PASSWORD);
    return ran.out()
        .replace(log.toString(), "build.log")
        .replace(registry.name(), "HOST")
        .replace(registry.name().replace('.', '_').replace(':', '_'), "HOST")
        .replaceAll("gantry-probe-[0-9a-z]{8}", "gantry-probe-RANDOM")
        .replaceAll("uploads/[0-9a-f-]{36}", "uploads/SESSION");
  }

  /** The part about the probes, without the figures: weights and remedies are tuned elsewhere. */
  private void compared(String name, String all, String from, String to) throws IOException {
    assertThat(all).contains(from, to);
    var text =
        all.substring(all.indexOf(from), all.indexOf(to, all.indexOf(from)))
            .replaceAll("\\d+%", "N%");
    var file = Repo.ROOT.resolve("cli/src/test/resources/dev/gantry/cli/" + name);
    if ("write".equals(System.getProperty("gantry.golden"))) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Repo.text(file));
  }

  @Test
  void textSaysWhatWasAskedAnsweredAndDecided() throws IOException {
    var text = explained(true, "--probe");
    assertThat(text).contains("[auth.package-access, 9");
    compared("probe.txt", text, "  probe ", "\n  do ");
    compared("probe.zh.txt", explained(true, "--probe", "--lang", "zh"), "  探测 ", "\n  处理 ");
  }

  @Test
  void markdownAndAnnotationsSayItToo() throws IOException {
    compared("probe.md", explained(true, "--probe", "--markdown"), "**Probe**", "\n1. ");
    assertThat(explained(true, "--probe", "--github"))
        .contains("POST http://HOST/v2/octo/app/blobs/uploads/ -> 403 DENIED");
  }

  @Test
  void jsonHasEveryRequestAndItsAnswer() throws IOException {
    var text = explained(true, "--probe", "--json");
    Schemas.hold("explain", text);
    var json = (Json.Obj) Json.parse(text.strip());
    var probes = json.array("probes").orElseThrow().objects();
    assertThat(probes)
        .extracting(one -> one.needText("probe"))
        .containsExactly("open-upload", "open-upload-beside");
    var body = probes.getFirst().array("asked").orElseThrow().objects().getFirst();
    assertThat(body.text("answer")).contains("403 DENIED permission_denied: write_package");
    var beside = probes.getLast().array("asked").orElseThrow().objects().getFirst();
    assertThat(beside.text("answer")).contains("202");
    assertThat(json.array("diagnoses").orElseThrow().objects().getFirst().text("cause"))
        .contains("auth.package-access");
  }

  @Test
  void withoutCredentialsItSaysSoAndAsksNothing() throws IOException {
    var text = explained(false, "--probe");
    assertThat(text.replaceAll("\\s+", " "))
        .contains("not asked: there are no credentials for HOST here");
    var json = explained(false, "--probe", "--json");
    Schemas.hold("explain", json);
    assertThat(json).contains("\"made\":false");
  }

  @Test
  void withoutProbeNothingIsAsked() throws IOException {
    var json = explained(true, "--json");
    Schemas.hold("explain", json);
    assertThat(json).doesNotContain("\"probes\"").contains("\"probe\":\"open-upload\"");
  }

  @Test
  void aRegistryThatIsAwayIsOneClearLine() throws IOException {
    registry.close();
    var text = explained(true, "--probe").replaceAll("\\s+", " ");
    assertThat(text).contains("no answer: HOST cannot be reached from here (CONNECT");
  }

  @Test
  void aRefusedPushAsksOnceMoreAndSaysSo() throws IOException {
    explained(true);
    var team = home.resolve("registries.yaml").toString();
    var hello = "oci:" + Repo.ROOT.resolve("examples/hello");
    var to = registry.name() + "/octo/app:v1";
    var environment = environment(true);
    environment.put("XDG_CACHE_HOME", home.resolve("cache").toString());
    var json = Session.in(environment, "", "push", hello, to, "--registries", team, "--json");
    assertThat(json.exit()).isEqualTo(Exit.YOURS);
    Schemas.hold("failure", json.out());
    var error = ((Json.Obj) Json.parse(json.out().strip())).object("error").orElseThrow();
    assertThat(error.text("cause")).contains("auth.package-access");
    var probes = error.object("meaning").flatMap(one -> one.array("probes")).orElseThrow();
    assertThat(probes.objects()).hasSize(1);
    assertThat(probes.objects().getFirst().text("probe")).contains("open-upload-beside");
    var text = Session.in(environment, "", "push", hello, to, "--registries", team).err();
    assertThat(text)
        .contains("gantry-probe-", " -> 202  [bearer, GANTRY_PASSWORD_")
        .contains("so: a fresh name beside it was accepted")
        .doesNotContain(PASSWORD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inspect HOST/octo/app:v1",
        "ls HOST/octo/app",
        "digest HOST/octo/app:v1",
        "copy HOST/octo/app:v1 HOST/octo/other:v1",
        "rm HOST/octo/app:v1",
        "login HOST --username octo --password-stdin",
      })
  void everyCommandsFailureCarriesItsMeaning(String words) throws IOException {
    registry.close();
    var all = new ArrayList<>(List.of(words.replace("HOST", registry.name()).split(" ", -1)));
    all.add("--json");
    var ran = Session.in(environment(true), PASSWORD, all.toArray(String[]::new));
    assertThat(ran.exit()).isEqualTo(Exit.LATER);
    Schemas.hold("failure", ran.out());
    var error = ((Json.Obj) Json.parse(ran.out().strip())).object("error").orElseThrow();
    assertThat(error.text("cause")).contains("net.connect");
    var meaning = error.object("meaning").orElseThrow();
    assertThat(meaning.array("diagnoses").orElseThrow().objects().getFirst().text("cause"))
        .contains("net.connect");
    assertThat(ran.out() + ran.err()).doesNotContain(PASSWORD);
  }
}
