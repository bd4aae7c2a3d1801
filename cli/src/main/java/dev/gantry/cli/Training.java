package dev.gantry.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The usual commands run once in one process, so that Java can write down which classes they load
 * (JEP 514). Started by the launcher after a build; its output goes nowhere.
 */
public final class Training {
  private Training() {}

  /** Runs them. */
  public static void main(String[] words) {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    var environment = Map.of("LANG", "C.UTF-8");
    var terminal =
        new Terminal(
            InputStream.nullInputStream(),
            nowhere,
            nowhere,
            environment,
            View.of(environment, true, View.USUAL_WIDTH));
    for (var line : lines()) {
      var _ = Main.run(line, terminal);
    }
  }

  private static List<List<String>> lines() {
    return List.of(
        List.of("--version"),
        List.of("--help"),
        List.of("completion", "--help"),
        List.of("completion", "bash"),
        List.of("completion", "none"));
  }
}
