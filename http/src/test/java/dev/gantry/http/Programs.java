package dev.gantry.http;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Other programs that tests speak with. */
final class Programs {
  /** How one ended. */
  record Result(int exit, String out, String err) {}

  private Programs() {}

  /** Debian keeps servers where a user's PATH does not look. */
  static Optional<Path> find(String name) {
    var path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
    return Stream.of(path.split(":", -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Skips the test without this program, unless GANTRY_INTEROP=require is set. */
  static Path need(String name) {
    var found = find(name);
    if (found.isEmpty() && "require".equals(System.getenv("GANTRY_INTEROP"))) {
      throw new AssertionError(name + " is not installed, and GANTRY_INTEROP=require is set");
    }
    assumeTrue(found.isPresent(), name + " is not installed");
    return found.orElseThrow();
  }

  static Result run(Path folder, List<String> command) throws IOException, InterruptedException {
    var out = Files.createTempFile(folder, "out", "");
    var err = Files.createTempFile(folder, "err", "");
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    int exit = process.waitFor();
    return new Result(exit, Files.readString(out), Files.readString(err));
  }
}
