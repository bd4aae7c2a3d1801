package dev.gantry.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One log at least for every cause, in the form of the tools that show it. */
class FixturesTest {
  record Fixture(String head, String log) {
    String cause() {
      return head.substring(0, head.indexOf(','));
    }

    Set<String> right() {
      var right = new HashSet<>(Set.of(cause()));
      var also = head.indexOf("(also: ");
      if (also > 0) {
        right.addAll(List.of(head.substring(also + 7, head.length() - 1).split(", ")));
      }
      return right;
    }

    @Override
    public String toString() {
      return head + ": " + log.lines().reduce((_, last) -> last).orElse("");
    }
  }

  static Stream<Fixture> fixtures() throws IOException {
    try (var in = FixturesTest.class.getResourceAsStream("fixtures.txt")) {
      assertThat(in).isNotNull();
      return Arrays.stream(new String(in.readAllBytes(), UTF_8).split("(?m)^=== "))
          .skip(1)
          .map(part ->
              new Fixture(
                  part.lines().findFirst().orElse(""), part.substring(part.indexOf('\n') + 1)));
    }
  }

  static Explanation explain(String log) throws IOException {
    return Explanation.of("log", new ByteArrayInputStream(log.getBytes(UTF_8)), List.of());
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void theCauseIsFound(Fixture fixture) throws IOException {
    var explanation = explain(fixture.log());
    assertThat(explanation.best().cause().id()).isIn(fixture.right());
    assertThat(explanation.best().evidence()).isNotEmpty();
    assertThat(explanation.best().remedies()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void prefixesOfCiSystemsChangeNothing(Fixture fixture) throws IOException {
    var plain = explain(fixture.log()).best().cause().id();
    var github = fixture.log().replaceAll("(?m)^", "build\tpush\t2026-01-02T03:04:05.1234567Z ");
    var jenkins = fixture.log().replaceAll("(?m)^", "[2026-01-02T03:04:05.123Z] ");
    var gitlab =
        "section_start:1700000000:step_script\r\u001b[0K"
            + fixture
                .log()
                .replaceAll("(?m)^", "\u001b[0;31m2026-01-02T03:04:05.123456Z 01E \u001b[0m");
    assertThat(explain(github).best().cause().id()).isEqualTo(plain);
    assertThat(explain(jenkins).best().cause().id()).isEqualTo(plain);
    assertThat(explain(gitlab).best().cause().id()).isEqualTo(plain);
  }

  @Test
  void everyCauseHasOne() throws IOException {
    var shown = new HashSet<String>();
    fixtures().forEach(fixture -> shown.add(fixture.cause()));
    assertThat(Causes.table().all()).allMatch(cause -> shown.contains(cause.id()));
    assertThat(Causes.table().all()).hasSize(52);
  }
}
