package dev.gantry.cli;

import dev.gantry.rehearsal.Rehearsal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The usual commands run once in one process, so that Java can write down which classes they load
 * (JEP 514). Started by the launcher after a build; its output goes nowhere.
 */
public final class Training {
  private Training() {}

  /**
   * Runs them.
   *
   * @param words the folder of the checkout
   */
  public static void main(String[] words) throws IOException {
    var home = Files.createTempDirectory("gantry-training");
    try (var registry = Rehearsal.start()) {
      var hello = Path.of(words[0], "examples", "hello").toString();
      var reference = registry.name() + "/demo/hello:v1";
      run(home, "--version");
      run(home, "--help");
      run(home, "push", "--help");
      run(home, "push", hello, reference);
      run(home, "push", hello, "registry.example/demo/hello:v1", "--rehearse", "--json");
      run(home, "digest", reference);
      run(home, "ls", registry.name() + "/demo/hello");
      run(home, "inspect", reference);
      run(home, "digest", registry.name() + "/demo/hello:none");
      run(home, "completion", "bash");
    } finally {
      emptied(home);
    }
  }

  private static void run(Path home, String... words) {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    var environment = Map.of("LANG", "C.UTF-8", "HOME", home.toString());
    var terminal =
        new Terminal(
            InputStream.nullInputStream(),
            nowhere,
            nowhere,
            environment,
            View.of(environment, true, View.USUAL_WIDTH));
    var _ = Main.run(List.of(words), terminal);
  }

  private static void emptied(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
