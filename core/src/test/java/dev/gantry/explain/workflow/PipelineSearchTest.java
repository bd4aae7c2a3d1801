package dev.gantry.explain.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineSearchTest {
  private static final PipelineFile TEST =
      PipelineFile.of(
          ".github/workflows/test.yml",
          "on: push\njobs:\n  test:\n    steps:\n      - uses: actions/checkout@v4\n"
              + "      - run: npm test\n");
  private static final PipelineFile SHIP =
      PipelineFile.of(
          ".github/workflows/ship.yml",
          "on: push\njobs:\n  build-and-push:\n    steps:\n      - uses: actions/checkout@v4\n"
              + "      - name: Push image\n        uses: docker/build-push-action@v6\n");
  private static final PipelineFile GITLAB =
      PipelineFile.of(
          ".gitlab-ci.yml",
          "publish:\n  script:\n    - docker build -t $CI_REGISTRY_IMAGE:1 .\n    - docker push"
              + " $CI_REGISTRY_IMAGE:1\n");
  private static final PipelineFile JENKINS =
      PipelineFile.of(
          "Jenkinsfile",
          "pipeline {\n"
              + " stages {\n"
              + "  stage('Push') {\n"
              + "   steps {\n"
              + "    sh 'docker push quay.io/acme/web:1'\n"
              + "}}}}\n");

  private static RunNames names(String log) throws IOException {
    var in = new Overheard(new ByteArrayInputStream(log.getBytes(UTF_8)));
    in.readAllBytes();
    return in.names();
  }

  private static String found(String log) throws IOException {
    return PipelineSearch.best(List.of(TEST, SHIP, GITLAB, JENKINS), names(log))
        .map(choice -> choice.file().source() + " " + choice.why())
        .orElse("none");
  }

  @Test
  void theJobAndStepBeforeEachLineNameTheFile() throws IOException {
    assertThat(found("build-and-push\tPush image\t2026-01-02T03:04:05.1234567Z ERROR: denied\n"))
        .isEqualTo(".github/workflows/ship.yml [job build-and-push, step Push image]");
    assertThat(found("build-and-push (linux/arm64)\tSet up job\t\ufeff2026-01-02T03:04:05.1Z x\n"))
        .startsWith(".github/workflows/ship.yml [job build-and-push]");
  }

  @Test
  void groupsOfTheRunnerNameActionsAndCommands() throws IOException {
    var log =
        "2026-01-02T03:04:05.1234567Z Complete job name: test\n"
            + "2026-01-02T03:04:05.1234567Z ##[group]Run actions/checkout@v4\n"
            + "2026-01-02T03:04:05.1234567Z ##[group]Run npm test\n";
    assertThat(found(log)).startsWith(".github/workflows/test.yml [job test");
    assertThat(names(log).actions()).containsExactly("actions/checkout@v4");
    assertThat(names(log).commands()).containsExactly("npm test");
  }

  @Test
  void whatStandsInSeveralFilesChoosesNone() throws IOException {
    assertThat(found("##[group]Run actions/checkout@v4\n")).isEqualTo("none");
    assertThat(found("nothing at all\n")).isEqualTo("none");
  }

  @Test
  void commandsOfAShellNameTheFileOfGitLabAndJenkins() throws IOException {
    assertThat(found("\u001b[32;1m$ docker build -t $CI_REGISTRY_IMAGE:1 .\u001b[0;m\n"))
        .startsWith(".gitlab-ci.yml");
    assertThat(found("[Pipeline] { (Push)\n+ docker push quay.io/acme/web:1\n")).isEqualTo("none");
  }

  @Test
  void theLogPassesUnchanged() throws IOException {
    var log = "a\tb\t2026-01-02T03:04:05Z c\n".repeat(50_000);
    var in = new Overheard(new ByteArrayInputStream(log.getBytes(UTF_8)));
    assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(log);
    assertThat(in.names().jobs()).containsExactly("a");
    assertThat(in.names().steps()).containsExactly("b");
  }
}
