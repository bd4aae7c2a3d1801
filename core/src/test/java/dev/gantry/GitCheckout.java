package dev.gantry;

import dev.gantry.oci.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A git folder for a test, shielded from this machine's git configuration. */
final class GitCheckout {
  private final Path folder;

  GitCheckout(Path folder) {
    this.folder = folder;
  }

  private Map<String, String> shield() {
    return Map.of(
        "HOME", folder.toString(),
        "XDG_CONFIG_HOME", folder.toString(),
        "GIT_CONFIG_NOSYSTEM", "1",
        "GIT_CEILING_DIRECTORIES", folder.getParent().toString());
  }

  GitAnswers answers() {
    return new GitAnswers(folder, shield());
  }

  /** Runs the commands that a case describes. */
  void prepare(Json.Obj git) throws IOException, InterruptedException {
    for (var step : git.array("setup").orElseThrow().objects()) {
      run(
          step.array("args").orElseThrow().texts(),
          step.text("date").orElse("2020-01-10T00:30:00Z"));
    }
  }

  /** Runs one git command at the standard date. */
  GitCheckout git(String... arguments) throws IOException, InterruptedException {
    run(List.of(arguments), "2020-01-10T00:30:00Z");
    return this;
  }

  private void run(List<String> arguments, String date) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    var env = builder.environment();
    env.putAll(shield());
    for (var who : List.of("AUTHOR", "COMMITTER")) {
      env.put("GIT_" + who + "_NAME", "Oracle");
      env.put("GIT_" + who + "_EMAIL", "oracle@example.invalid");
      env.put("GIT_" + who + "_DATE", date);
    }
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("git " + arguments + ": " + output);
    }
  }
}
