package dev.gantry.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
  @Test
  void servesWhatWasPushedAndLeavesNothingBehind() throws Exception {
    Path root;
    try (var registry = Rehearsal.start();
        var client = new Client(registry.uri())) {
      root = registry.store().root();
      var digest = client.pushImage("team/app", "v1", "layer");
      var answer = client.get("/v2/team/app/manifests/v1");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Docker-Content-Digest")).contains(digest);
      assertThat(registry.check()).isEmpty();
      assertThat(root).isDirectory();
    }
    assertThat(root).doesNotExist();
  }

  @Test
  void aFolderStaysAndIsServedAgain(@TempDir Path folder) throws Exception {
    var store = folder.resolve("store");
    String digest;
    try (var registry = Rehearsal.start(Settings.plain().in(store));
        var client = new Client(registry.uri())) {
      digest = client.pushImage("team/app", "V1.0-Beta", "layer");
    }
    try (var registry = Rehearsal.start(Settings.plain().in(store));
        var client = new Client(registry.uri())) {
      var answer = client.get("/v2/team/app/manifests/V1.0-Beta");
      assertThat(answer.headers().firstValue("Docker-Content-Digest")).contains(digest);
      assertThat(client.get("/v2/team/app/blobs/" + Client.digest(Client.bytes("layer"))).body())
          .isEqualTo(Client.bytes("layer"));
      assertThat(registry.check()).isEmpty();
    }
  }

  @Test
  void refusesAFolderWithSomethingElseInIt(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("thesis.txt"), "years of work");
    assertThatThrownBy(() -> Rehearsal.start(Settings.plain().in(folder)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not empty and no registry store");
    assertThat(folder.resolve("thesis.txt")).hasContent("years of work");
  }

  @Test
  void refusesAFolderThatIsBeingServed(@TempDir Path folder) throws IOException {
    try (var registry = Rehearsal.start(Settings.plain().in(folder))) {
      assertThat(registry.port()).isPositive();
      assertThatThrownBy(() -> Rehearsal.start(Settings.plain().in(folder)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is being served");
    }
  }

  @Test
  void aRestartKeepsPortContentAndSessions() throws Exception {
    try (var registry = Rehearsal.start();
        var client = new Client(registry.uri())) {
      var digest = client.pushImage("team/app", "v1", "layer");
      var location = client.open("team/app");
      assertThat(client.chunk(location, 0, Client.bytes("hello ")).statusCode()).isEqualTo(202);
      int port = registry.port();

      registry.restart();

      assertThat(registry.port()).isEqualTo(port);
      try (var again = new Client(registry.uri())) {
        assertThat(again.get(location).headers().firstValue("Range")).contains("0-5");
        assertThat(again.chunk(location, 6, Client.bytes("world")).statusCode()).isEqualTo(202);
        var whole = Client.digest(Client.bytes("hello world"));
        var end = again.send("PUT", location + "?digest=" + whole, new byte[0]);
        assertThat(end.statusCode()).isEqualTo(201);
        assertThat(again.get("/v2/team/app/manifests/v1").headers().firstValue("ETag"))
            .contains('"' + digest + '"');
      }
      assertThat(registry.check()).isEmpty();
    }
  }
}
