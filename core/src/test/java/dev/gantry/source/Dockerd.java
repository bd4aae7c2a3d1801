package dev.gantry.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A Docker Engine of a test's own: in a temporary folder, on a Unix socket there, without bridge or
 * iptables, so that it touches nothing of the machine. It needs root.
 */
public final class Dockerd implements AutoCloseable {
  private static final int STEPS = 300;
  private static final int STEP_MILLIS = 200;

  private final Path folder;
  private final Process process;

  private Dockerd(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /**
   * Whether a program may be used; a test that needs it is skipped without it, or fails if {@code
   * GANTRY_INTEROP=require} is set.
   */
  public static void assume(String... programs) {
    for (var program : programs) {
      var there =
          List.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).stream()
              .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program)));
      if ("require".equals(System.getenv("GANTRY_INTEROP"))) {
        assertThat(there).as(program + " is on the PATH").isTrue();
      }
      Assumptions.assumeTrue(there, program + " is not on the PATH");
    }
  }

  /**
   * Starts an Engine, and waits until it answers.
   *
   * @param insecure registries that it may talk to in plain HTTP, besides the loopback ones
   */
  public static Dockerd start(Path folder, String... insecure) throws Exception {
    assume("dockerd", "docker");
    var root = "root".equals(System.getProperty("user.name"));
    if ("require".equals(System.getenv("GANTRY_INTEROP"))) {
      assertThat(root).as("dockerd needs root").isTrue();
    }
    Assumptions.assumeTrue(root, "dockerd needs root");
    var command =
        new ArrayList<>(
            List.of(
                "dockerd",
                "--bridge=none",
                "--iptables=false",
                "--ip6tables=false",
                "--ip-masq=false",
                "--storage-driver=vfs",
                "--data-root=" + folder.resolve("data"),
                "--exec-root=" + folder.resolve("exec"),
                "--pidfile=" + folder.resolve("pid"),
                "-H",
                "unix://" + folder.resolve("docker.sock")));
    for (var registry : insecure) {
      command.add("--insecure-registry=" + registry);
    }
    var log = folder.resolve("dockerd.log").toFile();
    var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    var dockerd = new Dockerd(folder, process);
    try {
      dockerd.await();
      return dockerd;
    } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
      dockerd.close();
      throw e;
    }
  }

  private void await() throws Exception {
    for (int step = 0; step < STEPS; step++) {
      if (process.waitFor(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new AssertionError(
            "dockerd ended: " + Files.readString(folder.resolve("dockerd.log")));
      }
      if (Files.exists(folder.resolve("docker.sock")) && run("docker", "version").code() == 0) {
        return;
      }
    }
    throw new AssertionError(
        "dockerd does not answer: " + Files.readString(folder.resolve("dockerd.log")));
  }

  /** What {@code DOCKER_HOST} has to be for this Engine. */
  public String host() {
    return "unix://" + folder.resolve("docker.sock");
  }

  /** Runs {@code docker} on this Engine; it must succeed. */
  public String docker(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    var ran = run(command.toArray(String[]::new));
    assertThat(ran.code()).as(String.join(" ", command) + ": " + ran.said()).isZero();
    return ran.said();
  }

  /** What a program said, and how it ended. */
  public record Ran(int code, String said) {}

  private Ran run(String... command) throws IOException, InterruptedException {
    return run(Map.of("DOCKER_HOST", host(), "DOCKER_BUILDKIT", "0"), Optional.empty(), command);
  }

  /** Runs a program to its end, its two outputs together. */
  public static Ran run(Map<String, String> environment, Optional<Path> in, String... command)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    in.ifPresent(folder -> builder.directory(folder.toFile()));
    var process = builder.start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), said);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
