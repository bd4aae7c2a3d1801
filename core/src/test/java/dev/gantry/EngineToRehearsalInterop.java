package dev.gantry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.rehearsal.Rehearsal;
import dev.gantry.rehearsal.Settings;
import dev.gantry.rehearsal.auth.Auth;
import dev.gantry.rehearsal.auth.User;
import dev.gantry.source.Dockerd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Docker Engine logs in to the rehearsal registry, pushes to it and pulls from it. */
class EngineToRehearsalInterop {
  @TempDir Path folder;

  @Test
  void whatTheEnginePushedItPullsAgain() throws Exception {
    Dockerd.assume("dockerd", "docker");
    var context = Files.createDirectories(folder.resolve("context"));
    Files.writeString(context.resolve("hello"), "hello\n");
    Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY hello /hello\n");
    var auth =
        new Auth.Bearer(
            List.of(User.writer("ann", "correct")), false, Duration.ofMinutes(5), Auth.Form.OPAQUE);
    try (var registry = Rehearsal.start(Settings.plain().with(auth));
        var engine = Dockerd.start(Files.createDirectories(folder.resolve("engine")))) {
      var name = registry.name() + "/demo/app:v1";
      engine.docker("build", "-t", name, context.toString());
      var id = engine.docker("image", "inspect", "--format", "{{.Id}}", name).strip();
      var config = folder.resolve("config").toString();
      engine.docker("--config", config, "login", "-u", "ann", "-p", "correct", registry.name());
      engine.docker("--config", config, "push", name);
      engine.docker("rmi", name);
      engine.docker("--config", config, "pull", name);
      assertThat(engine.docker("image", "inspect", "--format", "{{.Id}}", name).strip())
          .isEqualTo(id);
      assertThat(registry.check()).isEmpty();
    }
  }
}
