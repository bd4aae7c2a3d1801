package dev.gantry.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.explain.log.LogReader;
import dev.gantry.explain.workflow.Overheard;
import dev.gantry.explain.workflow.PipelineFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A log and the file that made it lead to the cause, to the line as evidence, and to the line to
 * change: {@code runs.txt} has {@code === cause, FILE:LINE, words of the remedy}, the log, {@code
 * --- FILE}, the file.
 */
class PipelineRunsTest {
  record Run(String cause, String place, String remedy, String log, String file, String text) {
    static Run of(String part) {
      var head = part.lines().findFirst().orElse("").split(", ", 3);
      var body = part.substring(part.indexOf('\n') + 1);
      var split = body.indexOf("--- ");
      var name = body.substring(split + 4, body.indexOf('\n', split));
      var text = body.substring(body.indexOf('\n', split) + 1);
      return new Run(head[0], head[1], head[2], body.substring(0, split), name, text);
    }

    Explanation explained() throws IOException {
      var in = new Overheard(new ByteArrayInputStream(log.getBytes(UTF_8)));
      var read = LogReader.read("log", in, Causes.table().vocabulary());
      return Explanation.of(read, PipelineFile.of(file, text).facts(in.names()));
    }

    @Override
    public String toString() {
      return cause + " " + place + " " + remedy;
    }
  }

  static Stream<Run> runs() throws IOException {
    try (var in = PipelineRunsTest.class.getResourceAsStream("runs.txt")) {
      assertThat(in).isNotNull();
      return Arrays.stream(new String(in.readAllBytes(), UTF_8).split("(?m)^=== "))
          .skip(1)
          .map(Run::of);
    }
  }

  @ParameterizedTest
  @MethodSource("runs")
  void theLineToChangeIsNamed(Run run) throws IOException {
    var best = run.explained().best();
    assertThat(best.cause().id()).isEqualTo(run.cause());
    assertThat(best.remedies())
        .as("%s", best.remedies())
        .anyMatch(remedy ->
            remedy.text().en().contains(run.place()) && remedy.text().en().contains(run.remedy()))
        .allMatch(remedy -> !remedy.text().in(Locale.CHINESE).contains("FILE:LINE"));
  }

  @Test
  void theLineOfTheFileIsEvidence() throws IOException {
    var run = runs().findFirst().orElseThrow();
    assertThat(run.explained().best().evidence())
        .anyMatch(seen -> seen.where().startsWith("log:"))
        .anyMatch(
            seen -> seen.where().equals(run.place()) && seen.text().startsWith("permissions:"));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void theFirstRemedyIsAboutTheFile(Run run) throws IOException {
    assertThat(run.explained().best().remedies().getFirst().text().en()).contains(run.file() + ":");
  }
}
