package dev.gantry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A registry that others wrote, run for a test: CNCF Distribution in either version, or zot. */
final class DockerRegistry implements AutoCloseable {
  private static final int STEPS = 150;

  private final Process process;
  private final int port;

  private DockerRegistry(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param http lines under {@code http:} of its configuration, indented by two
   * @param rest lines at the top level
   */
  static DockerRegistry start(String program, Path folder, String http, String rest)
      throws Exception {
    Files.createDirectories(folder);
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var config = folder.resolve("config.yml");
    Files.writeString(
        config,
        "version: 0.1\nlog:\n  level: warn\nstorage:\n  filesystem:\n    rootdirectory: "
            + folder.resolve("data")
            + "\n  delete:\n    enabled: true\nhttp:\n  addr: 127.0.0.1:"
            + port
            + "\n"
            + http
            + rest);
    var log = folder.resolve("log").toFile();
    var process =
        new ProcessBuilder(program, "serve", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    var registry = new DockerRegistry(process, port);
    registry.await(log.toPath());
    return registry;
  }

  /** Starts zot with a store in the folder, and waits until it listens. */
  static DockerRegistry zot(Path folder) throws Exception {
    Files.createDirectories(folder);
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var config = folder.resolve("config.json");
    Files.writeString(
        config,
        "{\"storage\":{\"rootDirectory\":\""
            + folder.resolve("data")
            + "\"},\"http\":{\"address\":\"127.0.0.1\",\"port\":\""
            + port
            + "\"},\"log\":{\"level\":\"error\"}}");
    var log = folder.resolve("log").toFile();
    var process =
        new ProcessBuilder("zot", "serve", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    var registry = new DockerRegistry(process, port);
    registry.await(log.toPath());
    return registry;
  }

  private void await(Path log) throws Exception {
    for (int step = 0; step < STEPS; step++) {
      if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("it ended: " + Files.readString(log));
      }
      if (listens()) {
        return;
      }
    }
    throw new AssertionError("it does not listen: " + Files.readString(log));
  }

  private boolean listens() throws InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + name() + "/v2/"))
            .timeout(Duration.ofSeconds(2))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() > 0;
    } catch (IOException _) {
      return false;
    }
  }

  /** Its name in references. */
  String name() {
    return "localhost:" + port;
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
