package dev.gantry.rehearsal;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Other people's programs, where they are installed. */
public final class Programs {
  private Programs() {}

  /** How a program ended, and what it wrote to both its outputs. */
  public record Ended(int status, String output) {}

  /** Skips the test if this program is not on the PATH; with GANTRY_INTEROP=require that fails. */
  public static void require(String name) {
    var found = find(name).isPresent();
    if (!found && "require".equals(System.getenv("GANTRY_INTEROP"))) {
      fail(name + " is not on the PATH");
    }
    assumeTrue(found, name + " is not on the PATH");
  }

  /** Skips the test if this program, which Debian does not have, is not on the PATH. */
  public static void wish(String name) {
    assumeTrue(find(name).isPresent(), name + " is not on the PATH");
  }

  private static Optional<Path> find(String name) {
    for (var folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      var file = Path.of(folder, name);
      if (Files.isExecutable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /** Runs a program to its end. */
  public static Ended run(String... command) throws IOException, InterruptedException {
    return run(Files.createTempDirectory("gantry-programs-"), command);
  }

  /** Runs a program in a folder, which is also its home, to its end. */
  public static Ended run(Path folder, String... command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("HOME", folder.toAbsolutePath().toString());
    var auth = folder.resolve("auth.json");
    if (folder.isAbsolute() && !Files.exists(auth)) {
      Files.writeString(auth, "{}");
    }
    builder.environment().put("REGISTRY_AUTH_FILE", auth.toString());
    var process = builder.start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }
}
