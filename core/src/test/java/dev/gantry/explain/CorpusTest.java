package dev.gantry.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.oci.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The hit rate over labelled logs from outside: the environment variable GANTRY_CORPUS names the
 * folder with {@code push-failures.jsonl}, each line with log, cause and also_plausible.
 */
class CorpusTest {
  private static final class Count {
    int all;
    int strict;
    int lenient;
    int three;

    void add(boolean first, boolean plausible, boolean amongThree) {
      all++;
      strict += first ? 1 : 0;
      lenient += plausible ? 1 : 0;
      three += amongThree ? 1 : 0;
    }

    double part(int some) {
      return 100.0 * some / all;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%3d  strict %5.1f  lenient %5.1f  top-3 %5.1f",
          all,
          part(strict),
          part(lenient),
          part(three));
    }
  }

  @Test
  void mostCausesAreFound() throws IOException {
    var folder = System.getenv("GANTRY_CORPUS");
    assumeTrue(folder != null, "GANTRY_CORPUS names no folder");
    var total = new Count();
    var sure = new Count();
    Map<String, Count> labels = new TreeMap<>();
    for (var line : Files.readAllLines(Path.of(folder, "push-failures.jsonl"))) {
      var json = (Json.Obj) Json.parse(line);
      var cause = json.needText("cause");
      var plausible = json.array("also_plausible").map(Json.Arr::texts).orElse(List.of());
      var explanation = FixturesTest.explain(json.needText("log"));
      var ids = explanation.diagnoses().stream().map(one -> one.cause().id()).toList();
      var first = ids.getFirst().equals(cause);
      var lenient = first || plausible.contains(ids.getFirst());
      var three = ids.stream().limit(3).anyMatch(cause::equals);
      total.add(first, lenient, three);
      labels.computeIfAbsent(cause, _ -> new Count()).add(first, lenient, three);
      if (explanation.best().confidence() > 0.8) {
        sure.add(first, lenient, three);
      }
    }
    var report = new StringBuilder();
    labels.forEach((label, count) -> report.append(label).append(' ').append(count).append('\n'));
    report.append("all ").append(total).append("\nsaid with over 0.8: ").append(sure);
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target", "corpus.txt"), report);
    assertThat(total.part(total.strict)).as(report.toString()).isGreaterThanOrEqualTo(90);
    assertThat(total.part(total.lenient)).as(report.toString()).isGreaterThanOrEqualTo(97);
    assertThat(total.part(total.three)).as(report.toString()).isGreaterThanOrEqualTo(97);
  }
}
