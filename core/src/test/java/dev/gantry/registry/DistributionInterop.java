package dev.gantry.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.login.Credentials;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract against CNCF Distribution, as Debian's package docker-registry has it. */
final class DistributionInterop extends TargetContract {
  private static final Pattern LISTENING = Pattern.compile("listening on (127\\.0\\.0\\.1:\\d+)");

  @TempDir Path folder;
  private Process server;
  private Board board;

  private static Optional<Path> program() {
    for (var place : List.of(System.getenv("PATH").split(":"))) {
      var program = Path.of(place, "docker-registry");
      if (Files.isExecutable(program)) {
        return Optional.of(program);
      }
    }
    return Optional.empty();
  }

  @BeforeEach
  void start() throws IOException {
    var program = program();
    if ("require".equals(System.getenv("GANTRY_INTEROP"))) {
      assertThat(program).as("docker-registry on the PATH").isPresent();
    }
    assumeTrue(program.isPresent(), "docker-registry is not on the PATH");
    var config = folder.resolve("config.yml");
    Files.writeString(
        config,
        """
        version: 0.1
        log: {accesslog: {disabled: true}, level: info}
        storage:
          filesystem: {rootdirectory: %s}
          delete: {enabled: true}
        http: {addr: "127.0.0.1:0"}
        """
            .formatted(folder.resolve("store")));
    server =
        new ProcessBuilder(program.get().toString(), "serve", config.toString())
            .redirectErrorStream(true)
            .start();
    board = new Board(URI.create("http://" + address()), Credentials.NONE);
  }

  /** Where it says that it listens; what it says afterwards is thrown away. */
  private String address() throws IOException {
    var lines =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      var found = LISTENING.matcher(line);
      if (found.find()) {
        Thread.ofVirtual()
            .start(() -> {
              try {
                server.getInputStream().transferTo(OutputStream.nullOutputStream());
              } catch (IOException _) {
                return; // it has ended
              }
            });
        return found.group(1);
      }
    }
    throw new IOException("docker-registry ended before it listened");
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (board != null) {
      board.close();
      server.destroy();
      server.waitFor();
    }
  }

  @Override
  Target repository(String path) {
    return board.keeper(path);
  }
}
