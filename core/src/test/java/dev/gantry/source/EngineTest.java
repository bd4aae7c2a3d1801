package dev.gantry.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.event.Event;
import dev.gantry.http.Body;
import dev.gantry.http.Headers;
import dev.gantry.http.HttpServer;
import dev.gantry.http.ServerExchange;
import dev.gantry.http.ServerSettings;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Engine's API as recorded from Docker 20.10, over a Unix socket. */
class EngineTest {
  private final Random random = new Random(6);
  private final Pictures.Picture picture = Pictures.picture(random, 3, "linux", "amd64");
  private final List<String> asked = new CopyOnWriteArrayList<>();

  @TempDir Path folder;
  private HttpServer server;
  private Reader reader;
  private List<Pictures.Entry> export;
  private int cut = Integer.MAX_VALUE;
  private Json.Obj about = Json.object();

  @BeforeEach
  void setUp() throws Exception {
    var socket = folder.resolve("docker.sock");
    server = HttpServer.start(socket, ServerSettings.DEFAULT, this::answer);
    reader = new Reader(folder, Map.of("DOCKER_HOST", "unix://" + socket));
    export = Pictures.oldArchive(picture, "app:v1");
  }

  @AfterEach
  void tearDown() {
    server.close();
  }

  private void answer(ServerExchange exchange) throws IOException {
    asked.add(exchange.target());
    switch (exchange.path()) {
      case "/images/json" ->
          json(
              exchange,
              Json.array(
                  Json.object().with("RepoTags", Json.strings(List.of("app:v1", "web:1", "web:2"))),
                  Json.object().with("RepoTags", Json.strings(List.of("<none>:<none>"))),
                  Json.object().with("RepoTags", Json.Null.NULL)));
      case "/images/app%3Av1/json" -> json(exchange, inspected());
      case "/images/app%3Av1/history" -> json(exchange, Json.array());
      case "/info" -> json(exchange, about);
      case "/images/app%3Av1/get" -> {
        var tar = Pictures.tar(export).toArray();
        try (var out = exchange.respond(200, Headers.NONE, java.util.OptionalLong.empty())) {
          out.write(tar, 0, Math.min(cut, tar.length));
          if (cut < tar.length) {
            exchange.cut();
          }
        }
      }
      case "/images/broken%3Av1/json" ->
          exchange.respond(
              500,
              Headers.NONE,
              new Body.Bytes(
                  "{\"message\":\"bolt\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      default -> exchange.respond(404, Headers.NONE, Body.NONE);
    }
  }

  private Json.Obj inspected() {
    return Json.object()
        .with("Id", picture.config().digest().toString())
        .with("Os", "linux")
        .with("Architecture", "amd64")
        .with("Size", new Json.Num(1_000_000))
        .with(
            "RootFS",
            Json.object()
                .with(
                    "Layers", Json.strings(picture.layers().stream().map(Bytes::digest).toList())));
  }

  private static void json(ServerExchange exchange, Json json) throws IOException {
    exchange.respond(
        200,
        Headers.of("Content-Type", "application/json"),
        new Body.Bytes(Bytes.of(json.compact()).toArray()));
  }

  @Test
  void streamsOnceAndNeverAgain() throws Exception {
    var draft = (Artifact.Draft) reader.read("docker-daemon:app:v1");
    assertThat(draft.layers()).hasSize(3).allMatch(Layer.Pending.class::isInstance);
    var ready = new ArrayList<>();
    var whole = draft.finish((blob, _) -> ready.add(blob));
    Reader.checkWhole(whole);
    assertThat(ready).hasSize(3);
    assertThat(asked).contains("/images/app%3Av1/get");

    asked.clear();
    var again = reader.read("docker-daemon:app");
    assertThat(again).isInstanceOf(Artifact.Whole.class);
    assertThat(((Artifact.Whole) again).root()).isEqualTo(whole.root());
    assertThat(asked).doesNotContain("/images/app%3Av1/get");
  }

  @Test
  void exportInAnyOrderAndInTheNewForm() throws Exception {
    var old = reader.whole("docker-daemon:app:v1").root();
    Collections.shuffle(export, random);
    var shuffled = new Reader(folder.resolve("two"), environment());
    assertThat(shuffled.whole("docker-daemon:app:v1").root()).isEqualTo(old);
    export = Pictures.newArchive(picture, "app:v1");
    var recent = new Reader(folder.resolve("three"), environment());
    assertThat(recent.whole("docker-daemon:app:v1").root()).isEqualTo(old);
  }

  private Map<String, String> environment() {
    return Map.of("DOCKER_HOST", "unix://" + folder.resolve("docker.sock"));
  }

  @Test
  void missingImages() {
    var problem = reader.problem("docker-daemon:ap:v1");
    assertThat(problem.cause()).isEqualTo("name.local-image-missing");
    assertThat(problem.what()).isEqualTo("No such image: ap:v1");
    assertThat(problem.todo()).contains("nearest first: app:v1, web:1, web:2");
    assertThat(reader.problem("docker-daemon:web").todo()).contains("web:1, web:2");
    assertThat(reader.problem("docker-daemon:broken:v1").what()).contains("500").contains("bolt");
    assertThatThrownBy(() -> reader.read("docker-daemon:app:v1", "linux/arm64"))
        .hasMessageContaining("content.platform");
  }

  @Test
  void brokenAndAlteredExports() {
    cut = 100_000;
    assertThat(reader.problem("docker-daemon:app:v1").what()).contains("ended early");
    cut = Integer.MAX_VALUE;
    export.replaceAll(entry ->
        entry.name().endsWith("layer.tar")
            ? Pictures.Entry.file(
                entry.name(), Pictures.tar(List.of(Pictures.Entry.file("x", "y"))))
            : entry);
    var altered = reader.problem("docker-daemon:app:v1");
    assertThat(altered.cause()).isEqualTo("content.digest-mismatch");
  }

  @Test
  void theEnginesOwnDiskIsLookedAt() throws Exception {
    var store = Files.getFileStore(folder);
    about = Json.object().with("DockerRootDir", folder.toString());
    reader.read("docker-daemon:app:v1");
    assertThat(asked).contains("/info");
    assertThat(store.getUsableSpace()).isPositive();
    assertThat(reader.events).noneMatch(Event.Noticed.class::isInstance);
  }

  @Test
  void nobodyThere() {
    var missing = new Reader(folder, Map.of("DOCKER_HOST", "unix://" + folder + "/none.sock"));
    var problem = missing.problem("docker-daemon:app:v1");
    assertThat(problem.cause()).isEqualTo("local.daemon-down");
    assertThat(problem.where()).contains("none.sock").contains("DOCKER_HOST");
    server.close();
    assertThat(reader.problem("docker-daemon:app:v1").cause()).isEqualTo("local.daemon-down");
    var refused = new Reader(folder, Map.of("DOCKER_HOST", "tcp://127.0.0.1:1"));
    assertThat(refused.problem("docker-daemon:app:v1").cause()).isEqualTo("local.daemon-down");
    var ssh = new Reader(folder, Map.of("DOCKER_HOST", "ssh://host"));
    assertThat(ssh.problem("docker-daemon:app:v1").todo()).contains("docker save");
    var odd = new Reader(folder, Map.of("DOCKER_HOST", "npipe://x"));
    assertThat(odd.problem("docker-daemon:app:v1").todo()).contains("tcp://HOST:PORT");
  }
}
