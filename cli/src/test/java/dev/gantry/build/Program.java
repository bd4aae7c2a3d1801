package dev.gantry.build;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A program that was run to its end.
 *
 * @param code its exit code
 */
public record Program(int code, String out, String err) {

  /** Skips the test where the program is not there, unless everything is required. */
  public static void needed(String name) {
    boolean there =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    if ("require".equals(System.getenv("GANTRY_INTEROP"))) {
      if (!there) {
        throw new AssertionError("GANTRY_INTEROP=require, and there is no " + name + " on PATH");
      }
      return;
    }
    assumeTrue(there, name + " is not on PATH");
  }

  /** Runs it in a folder, without input. */
  public static Program run(Path folder, List<String> words)
      throws IOException, InterruptedException {
    return run(folder, Map.of(), words);
  }

  /** Runs it with more environment variables; an empty value takes one away. */
  public static Program run(Path folder, Map<String, String> environment, List<String> words)
      throws IOException, InterruptedException {
    var out = Files.createTempFile("gantry-out", ".txt");
    var err = Files.createTempFile("gantry-err", ".txt");
    try {
      var builder =
          new ProcessBuilder(words)
              .directory(folder.toFile())
              .redirectInput(new File("/dev/null"))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      environment.forEach((name, value) -> {
        if (value.isEmpty()) {
          builder.environment().remove(name);
        } else {
          builder.environment().put(name, value);
        }
      });
      int code = builder.start().waitFor();
      return new Program(
          code,
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
