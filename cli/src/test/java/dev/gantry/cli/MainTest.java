package dev.gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.oci.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MainTest {
  @Test
  void versionGoesToStdout() {
    var run = Session.of("--version");
    assertThat(run.exit()).isEqualTo(Exit.DONE);
    assertThat(run.out()).startsWith("gantry ").contains("Java 25").endsWith(")\n");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void helpListsEveryCommand() {
    var run = Session.of("--help");
    assertThat(run.exit()).isEqualTo(Exit.DONE);
    assertThat(Commands.names()).isNotEmpty().allMatch(name -> run.out().contains("  " + name));
    assertThat(Session.of().out()).isEqualTo(run.out());
    assertThat(Session.of("help").out()).isEqualTo(run.out());
  }

  static Iterable<String> names() {
    return Commands.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyCommandExplainsItself(String name) {
    var english = Session.of(name, "--help");
    assertThat(english.exit()).isEqualTo(Exit.DONE);
    assertThat(english.out()).startsWith("Usage: gantry " + name).contains("Examples:", "--json");
    assertThat(english.err()).isEmpty();
    assertThat(Session.of(name, "-h").out()).isEqualTo(english.out());
    assertThat(Session.of("help", name).out()).isEqualTo(english.out());
    assertThat(Session.of(name, "--help", "--lang", "zh").out())
        .startsWith("用法：gantry " + name)
        .contains("示例：");
    assertThat(Session.of("--lang=zh", name, "--help").out()).startsWith("用法：");
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyTextIsThereInBothLanguages(String name) {
    var form = Commands.make(name).form();
    assertThat(form.name()).isEqualTo(name);
    assertThat(form.examples()).isNotEmpty();
    form.examples().forEach(example -> assertThat(example.line()).contains("gantry " + name));
    for (var option : form.options()) {
      assertThat(option.name()).matches("--[a-z][a-z0-9-]*");
      assertThat(option.text().zh()).isNotBlank().isNotEqualTo(option.text().en());
    }
    assertThat(form.options().stream().map(Form.Option::name)).doesNotHaveDuplicates();
  }

  @Test
  void unknownCommandNamesTheNearest() {
    var run = Session.of("completoin");
    assertThat(run.exit()).isEqualTo(Exit.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            """
            gantry: there is no command 'completoin'
              do: did you mean completion? gantry --help lists them all
            """);
    assertThat(Session.in(Map.of("LC_ALL", "zh_CN.UTF-8", "LANG", "C"), "", "completoin").err())
        .contains("没有命令“completoin”");
  }

  @Test
  void wrongUseWithJsonIsOneDocument() {
    var run = Session.of("completion", "--json", "--lang", "zh");
    assertThat(run.exit()).isEqualTo(Exit.USAGE);
    assertThat(run.out().lines()).hasSize(1);
    assertThat(Json.parse(run.out().strip()))
        .isInstanceOfSatisfying(
            Json.Obj.class,
            document -> {
              assertThat(document.number("exit")).contains(2L);
              assertThat(document.object("error").orElseThrow().text("what"))
                  .contains("gantry completion needs SHELL: bash, zsh or fish");
            });
    assertThat(run.err()).contains("缺少 SHELL");
  }

  @Test
  void optionBeforeTheCommand() {
    assertThat(Session.of("--bogus", "completion").exit()).isEqualTo(Exit.USAGE);
    assertThat(Session.of("--quiet", "--lang", "en", "completion", "bash").exit())
        .isEqualTo(Exit.DONE);
    assertThat(Session.of("--lang").exit()).isEqualTo(Exit.USAGE);
  }

  @Test
  void helpWinsOverMissingArguments() {
    assertThat(Session.of("completion", "a", "b", "--help").exit()).isEqualTo(Exit.DONE);
  }
}
