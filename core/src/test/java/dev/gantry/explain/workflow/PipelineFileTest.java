package dev.gantry.explain.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The facts of small files: {@code facts.txt} holds them with what they must say ({@code + fact
 * @line}) and what they must not ({@code - fact}).
 */
class PipelineFileTest {
  record Row(String name, List<String> wanted, List<String> unwanted, String text) {
    static Row of(String part) {
      var wanted = new ArrayList<String>();
      var unwanted = new ArrayList<String>();
      var rest = part.lines().skip(1).toList();
      var at = 0;
      while (rest.get(at).startsWith("+ ") || rest.get(at).startsWith("! ")) {
        (rest.get(at).startsWith("+ ") ? wanted : unwanted).add(rest.get(at).substring(2).strip());
        at++;
      }
      var text = String.join("\n", rest.subList(at, rest.size())) + "\n";
      return new Row(part.lines().findFirst().orElse(""), wanted, unwanted, text);
    }

    String file() {
      var space = name.indexOf(' ');
      return space < 0 ? name : name.substring(0, space);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Row> rows() throws IOException {
    try (var in = PipelineFileTest.class.getResourceAsStream("facts.txt")) {
      assertThat(in).isNotNull();
      return Arrays.stream(new String(in.readAllBytes(), UTF_8).split("(?m)^=== "))
          .skip(1)
          .map(Row::of);
    }
  }

  private static List<String> said(PipelineFile file) {
    return file.facts().stream()
        .flatMap(seen -> seen.own().list().stream().map(fact -> fact + " @" + seen.line()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theFileSays(Row row) {
    var file = PipelineFile.of(row.file(), row.text());
    assertThat(file.fault()).isEmpty();
    var said = said(file);
    for (var wanted : row.wanted()) {
      var fact = "wf." + wanted + (wanted.contains("=") ? "" : "=");
      assertThat(said)
          .anyMatch(one -> fact.contains("@") ? one.equals(fact) : one.startsWith(fact));
    }
    for (var unwanted : row.unwanted()) {
      assertThat(said).noneMatch(fact -> fact.startsWith("wf." + unwanted));
    }
  }

  @Test
  void aFactHasItsPlaceAndItsJob() {
    var file =
        PipelineFile.of(
            "ci.yml",
            "on: push\njobs:\n  ship:\n    permissions:\n      contents: read\n    steps:\n"
                + "      - run: docker push ghcr.io/acme/web\n");
    var seen =
        file.facts().stream().filter(one -> one.own().has("wf.packages", "missing")).findFirst();
    assertThat(seen).isPresent();
    assertThat(seen.get().where()).isEqualTo("ci.yml:4");
    assertThat(seen.get().own().first("at-packages")).contains("ci.yml:4");
    assertThat(seen.get().own().first("job-packages")).contains("ship");
    assertThat(seen.get().text()).startsWith("permissions:  (");
  }

  @Test
  void onlyTheJobThatTheLogNamesIsLookedAt() {
    var text =
        "on: push\njobs:\n  one:\n    permissions: read-all\n    steps:\n      - run: docker push"
            + " ghcr.io/a/b\n  two:\n    name: Ship it\n    permissions: write-all\n    steps:\n"
            + "      - run: docker push ghcr.io/a/b\n";
    var names = new RunNames(Set.of("ship it"), Set.of(), Set.of(), Set.of());
    var facts = PipelineFile.of("ci.yml", text).facts(names);
    assertThat(facts).anyMatch(seen -> seen.own().has("wf.packages", "write"));
    assertThat(facts).noneMatch(seen -> seen.own().has("wf.packages", "read"));
  }

  @Test
  void whatIsNoYamlHasAFaultWithItsPlace() {
    var fault = PipelineFile.of("ci.yml", "on: push\njobs:\n  a: [1, 2\n  b: }\n").fault();
    assertThat(fault).isPresent();
    assertThat(fault.get().line()).isEqualTo(4);
    assertThat(fault.get().column()).isGreaterThan(1);
    assertThat(fault.get().what()).isNotBlank();
  }

  @Test
  void aliasesThatGrowAreCutOff() {
    var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (var at = 1; at < 12; at++) {
      text.append("a%d: &a%d [%s]\n".formatted(at, at, ("*a" + (at - 1) + ", ").repeat(10)));
    }
    assertThat(PipelineFile.of("ci.yml", text.toString()).fault()).isPresent();
  }
}
