package dev.gantry.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** One command line run in this process, with everything it wrote. */
record Session(Exit exit, String out, String err) {

  /** Runs words in a bare English environment. */
  static Session of(String... words) {
    return in(Map.of("LANG", "en_US.UTF-8"), "", words);
  }

  static Session in(Map<String, String> environment, String input, String... words) {
    var screen = new Screen(environment, input, false);
    return screen.ran(Main.run(List.of(words), screen.terminal()));
  }

  /** A terminal whose output is kept. */
  static final class Screen {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal;

    Screen(Map<String, String> environment, String input, boolean live) {
      terminal =
          new Terminal(
              new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
              new PrintStream(out, true, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8),
              environment,
              View.of(environment, live, View.USUAL_WIDTH));
    }

    Terminal terminal() {
      return terminal;
    }

    String err() {
      return err.toString(StandardCharsets.UTF_8);
    }

    Session ran(Exit exit) {
      return new Session(exit, out.toString(StandardCharsets.UTF_8), err());
    }
  }
}
