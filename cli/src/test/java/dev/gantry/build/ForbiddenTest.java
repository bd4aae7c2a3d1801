package dev.gantry.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForbiddenTest {
  private static final List<Forbidden> TABLE = Forbidden.of(Repo.table("forbidden.txt"));

  @Test
  void codeUsesNothingForbidden() {
    var uses = Bytecode.ours();
    assertThat(TABLE.stream().flatMap(rule -> rule.violations(uses).stream())).isEmpty();
  }

  @Test
  void everyRuleSaysWhatToUse() {
    assertThat(TABLE).isNotEmpty().allMatch(rule -> !rule.instead().isEmpty());
  }

  /** A use planted by hand, and whether the table finds it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dev.gantry.oci.X       | java.lang.System        | out                                   |"
            + " true",
        "dev.gantry.cli.X       | java.lang.System        | out                                   |"
            + " false",
        "dev.gantry.oci.X       | java.lang.System        | nanoTime()                            |"
            + " false",
        "dev.gantry.push.X      | java.lang.Thread        | sleep(java.time.Duration)             |"
            + " true",
        "dev.gantry.source.X    | java.util.concurrent.Executors |"
            + " newVirtualThreadPerTaskExecutor() | true",
        "dev.gantry.push.X      | java.util.concurrent.Executors |"
            + " newVirtualThreadPerTaskExecutor() | false",
        "dev.gantry.rules.X     | java.util.Random        | <init>()                              |"
            + " true",
        "dev.gantry.rules.X     | java.util.Random        | <init>(long)                          |"
            + " false",
        "dev.gantry.rules.X     | java.lang.String        | toLowerCase()                         |"
            + " true",
        "dev.gantry.rules.X     | java.lang.String        | toLowerCase(java.util.Locale)         |"
            + " false",
        "dev.gantry.rules.X     | java.lang.String        | getBytes()                            |"
            + " true",
        "dev.gantry.registry.X  | java.net.http.HttpClient |                                      |"
            + " true",
        "dev.gantry.http.X      | java.net.http.HttpClient |                                      |"
            + " false",
        "dev.gantry.oci.X       | java.io.File            | <init>(java.lang.String)              |"
            + " true",
        "dev.gantry.oci.X       | java.io.FileInputStream |                                       |"
            + " false",
        "dev.gantry.oci.X       | java.util.Date          | <init>()                              |"
            + " true"
      })
  void plantedUse(String from, String owner, String member, boolean found) {
    var use = Set.of(new Bytecode(from, owner, member == null ? "" : member));
    assertThat(TABLE.stream().flatMap(rule -> rule.violations(use).stream()).findAny().isPresent())
        .isEqualTo(found);
  }

  /** The reader sees a call in real bytecode: this class's own. */
  @Test
  void realCallIsSeen() throws Exception {
    try (var in = ForbiddenTest.class.getResourceAsStream("ForbiddenTest$Planted.class")) {
      assertThat(in).isNotNull();
      var uses = Bytecode.of(in.readAllBytes());
      assertThat(TABLE.stream().flatMap(rule -> rule.violations(uses).stream()))
          .anyMatch(line -> line.contains("java.lang.String.toLowerCase()"))
          .anyMatch(line -> line.contains("java.lang.String.format("))
          .anyMatch(line -> line.contains("java.lang.String.<init>(byte[])"))
          .anyMatch(line -> line.contains("java.lang.System.out"));
    }
  }

  /** Breaks four rules; never called. */
  @SuppressWarnings("unused")
  private static final class Planted {
    static void all(byte[] bytes) {
      System.out.print(String.format("%s", new String(bytes)).toLowerCase());
    }
  }
}
