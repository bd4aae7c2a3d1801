package dev.gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {
  private static final Text SOME = Text.same("some");

  private static Form form() {
    return Form.of("send", SOME)
        .flag("--dry-run", SOME)
        .option("--timeout", "T", SOME)
        .shortly("-t")
        .option("--port", "N", SOME)
        .list("--tags", "RULE", SOME)
        .perhaps("--rehearse", "KIND", SOME)
        .argument("SOURCE", SOME)
        .arguments("TARGET", 1, SOME);
  }

  private static Given parse(String... words) {
    return new Parser(form()).parse(List.of(words));
  }

  @Test
  void optionalValueStandsBehindEqualsOnly() {
    var without = parse("--rehearse", "oci:dir", "registry.example/app");
    assertThat(without.has("--rehearse")).isTrue();
    assertThat(without.text("--rehearse")).isEmpty();
    assertThat(without.argument("SOURCE")).isEqualTo("oci:dir");

    var with = parse("oci:dir", "registry.example/app", "--rehearse=ghcr");
    assertThat(with.text("--rehearse")).contains("ghcr");

    var last = parse("oci:dir", "registry.example/app", "--rehearse");
    assertThat(last.has("--rehearse")).isTrue();
    assertThat(last.text("--rehearse")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-qx", "--unknown", "-", "--dry-run-not", "-tx", "-1"})
  void valueMayBeginWithDash(String value) {
    var given = parse("--tags", value, "a", "b");
    assertThat(given.texts("--tags")).containsExactly(value);
    assertThat(given.has("--dry-run")).isFalse();
  }

  /** Behind a space the name of an option is that option: its neighbour was left without value. */
  @ParameterizedTest
  @ValueSource(strings = {"--dry-run", "--timeout", "--rehearse=x"})
  void nameOfAnOptionIsAValueBehindEqualsOnly(String value) {
    assertThat(parse("--tags=" + value, "a", "b").texts("--tags")).containsExactly(value);
    assertThatThrownBy(() -> parse("--tags", value, "a", "b"))
        .hasMessage("--tags stands without its value");
  }

  @Test
  void valuesAreKeptAsTheyAre() {
    var given = parse("--tags", "type=raw,value='a b'", "--tags", "\"x\"", "--tags=", "a", "b");
    assertThat(given.texts("--tags")).containsExactly("type=raw,value='a b'", "\"x\"", "");
    assertThat(parse("--tags", "${env:HOME}", "a", "b").texts("--tags"))
        .containsExactly("${env:HOME}");
    assertThat(parse("--tags", "one\ntwo", "a", "b").texts("--tags")).containsExactly("one\ntwo");
  }

  @Test
  void fileNamesAreNotExpanded(@TempDir Path folder) throws Exception {
    var file = Files.writeString(folder.resolve("words"), "--dry-run");
    var given = parse("@" + file, "@@b");
    assertThat(given.argument("SOURCE")).isEqualTo("@" + file);
    assertThat(given.arguments("TARGET")).containsExactly("@@b");
    assertThat(given.has("--dry-run")).isFalse();
  }

  @Test
  void dashAloneIsAnArgumentAndTwoDashesEndTheOptions() {
    assertThat(parse("-", "b").argument("SOURCE")).isEqualTo("-");
    var given = parse("a", "--", "--dry-run", "-x");
    assertThat(given.arguments("TARGET")).containsExactly("--dry-run", "-x");
    assertThat(given.has("--dry-run")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "--dryrun,--dry-run",
    "--tag=x,--tags",
    "--rehears,--rehearse",
    "--time-out=3,--timeout",
    "--josn,--json"
  })
  void unknownOptionNamesTheNearest(String word, String nearest) {
    assertThatThrownBy(() -> parse(word, "a", "b"))
        .isInstanceOfSatisfying(
            Misuse.class,
            misuse -> {
              assertThat(misuse.what().en())
                  .isEqualTo("gantry send has no option '" + word.replaceAll("=.*", "") + "'");
              assertThat(misuse.todo().en()).startsWith("did you mean " + nearest);
              assertThat(misuse.todo().zh()).contains(nearest);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"-x", "-1x", "-qx", "-td", "--", "-tx"})
  void lettersWithDashAreNoArguments(String word) {
    if (word.equals("--")) {
      assertThat(parse("a", "b", word).arguments("TARGET")).containsExactly("b");
    } else {
      assertThatThrownBy(() -> parse("a", "b", word)).isInstanceOf(Misuse.class);
    }
  }

  @Test
  void flagTakesNoValue() {
    assertThatThrownBy(() -> parse("--dry-run=yes", "a", "b")).isInstanceOf(Misuse.class);
  }

  @Test
  void missingValueAndMissingArgument() {
    assertThatThrownBy(() -> parse("a", "b", "--timeout"))
        .hasMessage("--timeout stands without its value");
    assertThatThrownBy(() -> parse("a")).hasMessage("gantry send needs TARGET: some");
    assertThatThrownBy(() -> parse("a", "b", "-t", "1", "--timeout=2"))
        .hasMessage("--timeout is given twice");
  }

  @Test
  void numbersAndTimes() {
    var given = parse("--port", "0", "-t", "1h30m", "a", "b");
    assertThat(given.number("--port", 0, 65535)).contains(0L);
    assertThat(given.duration("--timeout")).contains(Duration.ofMinutes(90));
    assertThat(parse("-t=90", "a", "b").duration("--timeout")).contains(Duration.ofSeconds(90));
    var wrong = parse("--port", "65536", "-t", "soon", "a", "b");
    assertThatThrownBy(() -> wrong.number("--port", 0, 65535))
        .hasMessage("--port is '65536', no whole number from 0 to 65535");
    assertThatThrownBy(() -> wrong.duration("--timeout"))
        .hasMessage("--timeout is 'soon', no time span");
    assertThatThrownBy(() -> parse("-t=", "a", "b").duration("--timeout"))
        .isInstanceOf(Misuse.class);
  }
}
