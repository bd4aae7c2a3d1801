package dev.gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.build.Repo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages about commands are what their forms say; {@code -Dgantry.golden=write} writes them. */
class HelpGolden {
  private static final Path MARKDOWN = Repo.ROOT.resolve("docs/cli");
  private static final Path MAN = Repo.ROOT.resolve("docs/man");

  static List<String> names() {
    return Commands.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void pageIsWhatTheFormSays(String name) throws Exception {
    var form = Commands.make(name).form();
    compared(MARKDOWN.resolve(name + ".md"), Pages.markdown(form));
    compared(MAN.resolve("gantry-" + name + ".1"), Pages.man(form));
  }

  @Test
  void noPageIsLeftOver() throws Exception {
    assertThat(files(MARKDOWN))
        .containsExactlyInAnyOrderElementsOf(names().stream().map(name -> name + ".md").toList());
    assertThat(files(MAN))
        .containsExactlyInAnyOrderElementsOf(
            names().stream().map(name -> "gantry-" + name + ".1").toList());
  }

  private static List<String> files(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static void compared(Path file, String page) throws Exception {
    if ("write".equals(System.getProperty("gantry.golden"))) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, page);
    }
    assertThat(file).hasContent(page);
  }
}
