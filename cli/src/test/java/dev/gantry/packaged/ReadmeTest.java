package dev.gantry.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.build.Program;
import dev.gantry.build.Repo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the READMEs tell people to type: commands behind {@code <!-- run -->} are typed here. */
class ReadmeTest {
  private static final Pattern RUN =
      Pattern.compile("<!-- run -->\\s*```sh\\n(.*?)```", Pattern.DOTALL);

  private static List<String> commands(String readme) {
    return RUN.matcher(Repo.text(Repo.ROOT.resolve(readme)))
        .results()
        .flatMap(found -> found.group(1).lines())
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md"})
  void commandsWork(String readme, @TempDir Path folder) throws Exception {
    var commands = commands(readme);
    assertThat(commands).isNotEmpty().anyMatch(line -> line.contains("--rehearse"));
    for (var command : commands) {
      var run =
          Program.run(
              Repo.ROOT,
              Map.of(
                  "XDG_CACHE_HOME",
                  folder.resolve("cache").toString(),
                  "XDG_STATE_HOME",
                  folder.resolve("state").toString()),
              List.of("bash", "-c", command));
      assertThat(run.code()).as(command + "\n" + run.out() + run.err()).isZero();
      assertThat(run.out()).as(command).isNotBlank();
    }
  }

  @Test
  void bothLanguagesHaveTheSameCommands() {
    assertThat(commands("README.zh-CN.md")).isEqualTo(commands("README.md"));
  }
}
