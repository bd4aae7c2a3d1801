package dev.gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.build.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion scripts in the shells they are for. */
class CompletionInterop {
  @TempDir private Path folder;

  private Path script(String shell) throws Exception {
    return Files.writeString(
        folder.resolve("gantry." + shell), Session.of("completion", shell).out());
  }

  @Test
  void bash() throws Exception {
    Program.needed("bash");
    var ask =
        """
        source %s
        COMP_WORDS=(gantry comp); COMP_CWORD=1; _gantry; echo "${COMPREPLY[@]}"
        COMP_WORDS=(gantry completion --pro); COMP_CWORD=2; _gantry; echo "${COMPREPLY[@]}"
        COMP_WORDS=(gantry completion --lang z); COMP_CWORD=3; _gantry; echo "${COMPREPLY[@]}"
        """
            .replace("%s", script("bash").toString());
    var ran = Program.run(folder, List.of("bash", "-c", ask));
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out().lines()).containsExactly("completion", "--progress", "zh");
  }

  @Test
  void zsh() throws Exception {
    Program.needed("zsh");
    var ran = Program.run(folder, List.of("zsh", "-n", script("zsh").toString()));
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
  }

  @Test
  void fish() throws Exception {
    Program.needed("fish");
    var ask = "source " + script("fish") + "; complete -C 'gantry completion --prog'";
    var ran = Program.run(folder, List.of("fish", "-c", ask));
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).startsWith("--progress");
  }
}
