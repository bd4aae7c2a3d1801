package dev.gantry.explain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same failure in the many coats that CI systems, terminals and wrappers give it. */
class ReadingTest {
  private static final String LINE =
      "ERROR: failed to push ghcr.io/acme/web:1: denied: permission_denied: write_package";
  private static final String FULL =
      "Docker标记失败: Error response from daemon: 磁盘空间不足: no space left on device";

  record Coat(String name, byte[] log, String cause) {
    static Coat of(String name, String log) {
      return new Coat(name, log.getBytes(UTF_8), "auth.package-access");
    }

    static Coat full(String name, byte[] log) {
      return new Coat(name, log, "local.disk-full");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Explanation explain(byte[] log) throws IOException {
    return Explanation.of("log", new ByteArrayInputStream(log), List.of());
  }

  static Stream<Coat> coats() throws IOException {
    var json = LINE.replace("\"", "\\\"");
    return Stream.of(
        Coat.of("colours", "\u001b[31;1mERROR:\u001b[0m " + LINE.substring(7) + "\u001b[K\n"),
        Coat.of("cursor", "\u001b[1A\u001b[2K\u001b[?25l => exporting\n\u001b[0G" + LINE + "\n"),
        Coat.of("progress", "1%\r2%\r99%\r100%\r" + LINE + "\r\n"),
        Coat.of("colour in a word", LINE.replace("denied", "den\u001b[31mied") + "\n"),
        Coat.of("GitHub", "2026-01-02T03:04:05.1234567Z ##[error]" + LINE + "\n"),
        Coat.of("GitHub command", "::error title=push,line=1::" + LINE + "\n"),
        Coat.of("GitLab", "section_start:1700000000:step_script\r\u001b[0K" + LINE + "\n"),
        Coat.of("GitLab stream", "2026-01-02T03:04:05.123456Z 01E " + LINE + "\n"),
        Coat.of("Jenkins", "[2026-01-02T03:04:05.123Z] " + LINE + "\n"),
        Coat.of("Jenkins branch", "[push image] " + LINE + "\n"),
        Coat.of("Azure", "2026-01-02T03:04:05.1234567Z ##[error]" + LINE + "\n"),
        Coat.of("Azure command", "##vso[task.logissue type=error]" + LINE + "\n"),
        Coat.of("Buildkite", "\u001b_bk;t=1700000000000\u0007" + LINE + "\n"),
        Coat.of("CircleCI", "[03:04:05] " + LINE + "\n"),
        Coat.of("compose", "web-1  | " + LINE + "\n"),
        Coat.of("gh run view", "build\tpush it\t2026-01-02T03:04:05.1Z " + LINE + "\n"),
        Coat.of(
            "docker json-file",
            "{\"log\":\""
                + json
                + "\\n\",\"stream\":\"stderr\",\"time\":\"2026-01-02T03:04:05Z\"}\n"),
        Coat.of("json in json", "{\"msg\":\"{\\\"error\\\":\\\"" + json + "\\\"}\"}\n"),
        Coat.of(
            "json with a prefix",
            "push-pod step-push {\"level\":\"error\",\"error\":\"" + json + "\"}\n"),
        Coat.of(
            "rawjson",
            "{\"vertexes\":[{\"digest\":\"sha256:ab\",\"name\":\"exporting to image\",\"error\":\""
                + json.substring(7)
                + "\"}]}\n"),
        Coat.of("escaped feeds", "result={\"out\":\"step 1\\nstep 2\\n" + json + "\\n\"}\n"),
        Coat.of(
            "Java",
            "java.lang.IllegalStateException: 推送镜像失败\n"
                + "\tat a.B.c(B.java:1)\n"
                + "Caused by: com.acme.DockerException: "
                + LINE
                + "\n"),
        Coat.of(
            "entities",
            LINE.replace("denied:", "&#100;enied&#58;").replace("\"", "&quot;") + " &lt;nil&gt;\n"),
        Coat.of(
            "Markdown",
            LINE.replace("ghcr.io/acme/web:1", "[ghcr.io/acme/web:1](https://ghcr.io/acme/web:1)")
                + "\n"),
        Coat.of(
            "Markdown in a word",
            LINE.replace("write_package", "[write](https://x.example/write)_package") + "\n"),
        Coat.of("no newline", LINE),
        Coat.of("CRLF", "step 1\r\n" + LINE + "\r\n"),
        Coat.of("zero bytes", "\0\0\0" + LINE.replace(" ", "\0 ") + "\0\n"),
        Coat.of("long line before", "x".repeat(10_000_000) + "\n" + LINE + "\n"),
        Coat.of(
            "long line around",
            "x".repeat(300_000) + " " + LINE + " " + "y".repeat(300_000) + "\n"),
        new Coat("UTF-8 BOM", ("\ufeff" + LINE).getBytes(UTF_8), "auth.package-access"),
        new Coat("UTF-16LE", ("\ufeff" + LINE + "\n").getBytes(UTF_16LE), "auth.package-access"),
        new Coat("UTF-16BE", ("\ufeff" + LINE + "\n").getBytes(UTF_16BE), "auth.package-access"),
        new Coat("gzip", zipped(LINE), "auth.package-access"),
        Coat.full("GBK", (FULL + "\n").getBytes(Charset.forName("GBK"))),
        Coat.full("read as Latin-1", new String(FULL.getBytes(UTF_8), ISO_8859_1).getBytes(UTF_8)),
        Coat.full(
            "read as GBK",
            new String(FULL.getBytes(UTF_8), Charset.forName("GBK")).getBytes(UTF_8)));
  }

  private static byte[] zipped(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("coats")
  void theFailureIsSeen(Coat coat) throws IOException {
    var best = explain(coat.log()).best();
    assertThat(best.cause().id() + " " + best.confidence()).startsWith(coat.cause());
    assertThat(best.confidence()).isGreaterThan(0.5);
  }

  @Test
  void whatIsEmptyOrNoTextIsNotCertain() throws IOException {
    var noise = new byte[100_000];
    new Random(3).nextBytes(noise);
    for (var log : List.of(new byte[0], new byte[] {'\n'}, new byte[5000], noise)) {
      assertThat(explain(log).certain()).isFalse();
    }
  }
}
