package dev.gantry.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The cases that made people write their own notes, as their tools printed them. */
class SeedsTest {
  private static Diagnosis best(String log) throws IOException {
    return FixturesTest.explain(log).best();
  }

  private static String remedies(Diagnosis diagnosis) {
    var text = new StringBuilder();
    diagnosis
        .remedies()
        .forEach(remedy ->
            text.append(remedy.text().en())
                .append('\n')
                .append(remedy.code().orElse(""))
                .append('\n'));
    return text.toString();
  }

  @Test
  void aMaskedRegistryThatAnswers400MissesProjectAndRepository() throws IOException {
    var best =
        best(
            "ERROR: failed to push ***/xverse:main: unexpected status from HEAD request to"
                + " https://***/v2/xverse/blobs/sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef:"
                + " 400 Bad Request\n");
    assertThat(best.cause().id()).isEqualTo("name.namespace");
    assertThat(remedies(best))
        .contains("PROJECT/REPOSITORY/PACKAGE")
        .contains("Hosts are no secrets");
  }

  @Test
  void aHostedRunnerWithoutRoomIsTold() throws IOException {
    var best =
        best(
            "Unhandled exception. System.IO.IOException: No space left on device :"
                + " '/home/runner/runners/2.311.0/_diag/Worker_20240102-030405-utc.log'\n");
    assertThat(best.cause().id()).isEqualTo("local.disk-full");
    assertThat(best.confidence()).isGreaterThan(0.9);
    assertThat(remedies(best)).contains("/usr/local/lib/android");
  }

  @Test
  void aBare403OfGhcrIsNotSaidWithCertainty() throws IOException {
    var explanation =
        FixturesTest.explain(
            "ERROR: failed to push ghcr.io/akkospace/codeas-backend:dev: unexpected status from"
                + " POST request to https://ghcr.io/v2/akkospace/codeas-backend/blobs/uploads/: 403"
                + " Forbidden\n");
    assertThat(explanation.best().cause().id()).isEqualTo("auth.token-scope");
    assertThat(explanation.best().confidence()).isLessThan(0.8);
    assertThat(explanation.diagnoses().stream().map(one -> one.cause().id()))
        .contains("auth.package-access", "auth.org-policy", "auth.fork-pr");
    assertThat(remedies(explanation.best())).contains("packages: write");
    assertThat(explanation.best().test().flatMap(Diagnosis.Test::probe)).isPresent();
  }

  @Test
  void aTagThatWasLostOnTheWayIsTold() throws IOException {
    var best =
        best(
            "Docker push failed: Docker标记失败: Error response from daemon: No such image:"
                + " myapp:latest\n");
    assertThat(best.cause().id()).isEqualTo("name.local-image-missing");
    assertThat(remedies(best))
        .contains("name and tag must reach the push together", "myapp:latest");
  }

  @Test
  void theSameTextReadInTheWrongEncodingIsUnderstood() throws IOException {
    var text = "Docker标记失败: 磁盘空间不足\n";
    var broken = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    assertThat(best(broken).cause().id()).isEqualTo("local.disk-full");
    var gbk = text.getBytes(Charset.forName("GBK"));
    var explanation = Explanation.of("log", new java.io.ByteArrayInputStream(gbk), List.of());
    assertThat(explanation.best().cause().id()).isEqualTo("local.disk-full");
    assertThat(explanation.best().evidence().getFirst().text()).contains("磁盘空间不足");
  }

  @Test
  void aPackageOfTheSameNameIsNotRenamedFirst() throws IOException {
    var best =
        best(
            "ERROR: failed to build: failed to solve: failed to push"
                + " ghcr.io/gdtiti/grok2api:main-amd64: denied: permission_denied:"
                + " write_package\n");
    assertThat(best.cause().id()).isEqualTo("auth.package-access");
    var remedies = remedies(best);
    assertThat(remedies.indexOf("Manage Actions access"))
        .isLessThan(remedies.indexOf("Restore it"));
    assertThat(remedies.indexOf("Restore it"))
        .isLessThan(remedies.indexOf("run the job once more"));
    assertThat(remedies.indexOf("run the job once more"))
        .isLessThan(remedies.indexOf("another name"));
    assertThat(remedies).contains("gdtiti", "grok2api-server");
  }

  @Test
  void aTagThatNobodyMadeIsMissingInTheRegistry() throws IOException {
    var best =
        best(
            "$ docker pull ghcr.io/so2liu/llm-cache-server:build-123\n"
                + "Error response from daemon: manifest unknown\n");
    assertThat(best.cause().id()).isIn("build.base-image", "content.blob-unknown");
  }
}
