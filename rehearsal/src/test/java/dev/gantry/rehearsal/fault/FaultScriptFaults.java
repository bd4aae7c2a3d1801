package dev.gantry.rehearsal.fault;

import static dev.gantry.rehearsal.Client.IMAGE;
import static dev.gantry.rehearsal.Client.bytes;
import static dev.gantry.rehearsal.Client.digest;
import static dev.gantry.rehearsal.Client.image;
import static dev.gantry.rehearsal.Client.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.rehearsal.Client;
import dev.gantry.rehearsal.Rehearsal;
import dev.gantry.rehearsal.Settings;
import dev.gantry.rehearsal.auth.Auth;
import dev.gantry.rehearsal.auth.User;
import dev.gantry.rehearsal.protocol.Habits;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client meets under each fault, and that the registry stays whole. */
class FaultScriptFaults {
  private static final InstantSource NOON = () -> Instant.parse("2026-11-21T12:00:00Z");

  private Rehearsal registry;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    registry = Rehearsal.start(Settings.plain().with(NOON));
    client = new Client(registry.uri());
  }

  @AfterEach
  void stop() throws Exception {
    assertThat(registry.check()).isEmpty();
    client.close();
    registry.close();
  }

  private void fault(String line) {
    var _ = registry.faults().add(line);
  }

  @Test
  void answersInsteadOfTheWork() throws Exception {
    fault("open #1: status 503 header \"Retry-After: 2\" body \"come back\"");
    fault("open #2: too-many 7");
    fault("open #3: too-many date 90");
    fault("open #4: html");
    fault("open #5: full-disk 507");
    fault("open #6: read-only");
    var path = "/v2/a/b/blobs/uploads/";
    var unavailable = client.send("POST", path, new byte[0]);
    assertThat(unavailable.statusCode()).isEqualTo(503);
    assertThat(unavailable.headers().firstValue("Retry-After")).contains("2");
    assertThat(text(unavailable)).isEqualTo("come back");
    var seconds = client.send("POST", path, new byte[0]);
    assertThat(seconds.statusCode()).isEqualTo(429);
    assertThat(seconds.headers().firstValue("Retry-After")).contains("7");
    assertThat(text(seconds)).contains("TOOMANYREQUESTS");
    var date = client.send("POST", path, new byte[0]);
    assertThat(date.headers().firstValue("Retry-After")).contains("Sat, 21 Nov 2026 12:01:30 GMT");
    var html = client.send("POST", path, new byte[0]);
    assertThat(html.statusCode()).isEqualTo(502);
    assertThat(html.headers().firstValue("Content-Type")).contains("text/html");
    var full = client.send("POST", path, new byte[0]);
    assertThat(full.statusCode()).isEqualTo(507);
    assertThat(text(full)).contains("\"Err\":28");
    var readOnly = client.send("POST", path, new byte[0]);
    assertThat(readOnly.statusCode()).isEqualTo(405);
    assertThat(client.send("POST", path, new byte[0]).statusCode()).isEqualTo(202);
    assertThat(registry.store().openSessions()).isEqualTo(1);
  }

  @Test
  void aCutUploadKeepsExactlyWhatCame() throws Exception {
    fault("chunk #1: cut received 1000");
    var location = client.open("a/b");
    var blob = new byte[5000];
    assertThatThrownBy(() -> client.chunk(location, 0, blob)).isInstanceOf(IOException.class);
    assertThat(client.get(location).headers().firstValue("Range")).contains("0-999");
    var rest = new byte[4000];
    assertThat(client.chunk(location, 1000, rest).statusCode()).isEqualTo(202);
    var done = client.send("PUT", location + "?digest=" + digest(blob), new byte[0]);
    assertThat(done.statusCode()).isEqualTo(201);
  }

  @Test
  void aCutUploadLosesItsSessionWhereThatIsTheHabit() throws Exception {
    var plain = Habits.PLAIN;
    var losing =
        new Habits(
            0,
            true,
            true,
            true,
            false,
            false,
            true,
            false,
            plain.manifestLimit(),
            true,
            true,
            202,
            false,
            false);
    try (var forgetful = Rehearsal.start(Settings.plain().with(losing));
        var other = new Client(forgetful.uri())) {
      var _ = forgetful.faults().add("chunk #1: cut received 1000");
      var location = other.open("a/b");
      assertThatThrownBy(() -> other.chunk(location, 0, new byte[5000]))
          .isInstanceOf(IOException.class);
      assertThat(other.get(location).statusCode()).isEqualTo(404);
      assertThat(forgetful.store().openSessions()).isZero();
    }
  }

  @Test
  void aFullDiskAnswersInTheMiddle() throws Exception {
    fault("finish: full-disk after 10k");
    var blob = new byte[100_000];
    var location = client.open("a/b");
    var answer = client.send("PUT", location + "?digest=" + digest(blob), blob);
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(text(answer)).contains("\"code\":\"UNKNOWN\"");
    assertThat(client.get("/v2/a/b/blobs/" + digest(blob)).statusCode()).isEqualTo(404);
  }

  @Test
  void anAnswerIsCutAfterItsBeginning() throws Exception {
    var digest = client.push("a/b", new byte[1000]);
    fault("GET /v2/**/blobs/* #1-2: cut sent 100");
    assertThatThrownBy(() -> client.get("/v2/a/b/blobs/" + digest)).isInstanceOf(IOException.class);
    try (var socket = new java.net.Socket("127.0.0.1", registry.port())) {
      var request =
          "GET /v2/a/b/blobs/" + digest + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(bytes(request));
      var answer =
          new String(
              socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
      assertThat(answer).contains("Content-Length: 1000");
      assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).hasSize(100);
    }
    assertThat(client.get("/v2/a/b/blobs/" + digest).body()).hasSize(1000);
  }

  @Test
  void aDroppedAnswerIsWorkDone() throws Exception {
    var _ = client.pushImage("a/b", "v0", "layer");
    fault("put-manifest #1: drop");
    assertThatThrownBy(() -> client.putManifest("a/b", "v1", IMAGE, image("layer")))
        .isInstanceOf(IOException.class);
    assertThat(client.get("/v2/a/b/manifests/v1").statusCode()).isEqualTo(200);
  }

  @Test
  void digestsLieAndContentIsDamaged() throws Exception {
    var blob = bytes("content");
    var digest = client.push("a/b", blob);
    fault("blob #1: wrong-digest");
    fault("blob #2: damage sent");
    fault("finish #1: damage received");
    var lie = client.get("/v2/a/b/blobs/" + digest).headers().firstValue("Docker-Content-Digest");
    assertThat(lie).isPresent().isNotEqualTo(java.util.Optional.of(digest));
    var damaged = client.get("/v2/a/b/blobs/" + digest).body();
    assertThat(damaged).hasSameSizeAs(blob).isNotEqualTo(blob);
    assertThat(client.get("/v2/a/b/blobs/" + digest).body()).isEqualTo(blob);
    var other = bytes("other content");
    var refused = client.send("PUT", client.open("a/b") + "?digest=" + digest(other), other);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(text(refused)).contains("DIGEST_INVALID");
  }

  @Test
  void sessionsAreLostAndChunksTakenOutOfOrder() throws Exception {
    var location = client.open("a/b");
    fault("chunk #1: lose-sessions");
    assertThat(client.chunk(location, 0, bytes("x")).statusCode()).isEqualTo(404);
    registry.faults().clear();
    fault("chunk #2: out-of-order");
    var second = client.open("a/b");
    assertThat(client.chunk(second, 0, bytes("one")).statusCode()).isEqualTo(202);
    assertThat(client.chunk(second, 99, bytes("two")).statusCode()).isEqualTo(202);
    var done = client.send("PUT", second + "?digest=" + digest(bytes("onetwo")), new byte[0]);
    assertThat(done.statusCode()).isEqualTo(201);
  }

  @Test
  void locationsAreForgottenAndMoved() throws Exception {
    fault("open #1: no-location");
    fault("open #2: location http://elsewhere:99");
    var path = "/v2/a/b/blobs/uploads/";
    assertThat(client.send("POST", path, new byte[0]).headers().firstValue("Location")).isEmpty();
    assertThat(client.open("a/b")).startsWith("http://elsewhere:99" + path);
    assertThat(client.open("a/b")).startsWith(path);
  }

  @Test
  void tokensExpireInTheMiddle() throws Exception {
    var auth =
        new Auth.Bearer(
            List.of(User.writer("ann", "x")), true, Duration.ofHours(1), Auth.Form.HS256);
    try (var guarded = Rehearsal.start(Settings.plain().with(auth));
        var other = new Client(guarded.uri())) {
      var _ = guarded.faults().add("tags #2: expire-tokens");
      var json = text(other.get("/token?scope=repository:a/b:pull"));
      var token = json.replaceAll(".*\"token\":\"([^\"]+)\".*", "Bearer $1");
      assertThat(other.get("/v2/a/b/tags/list", "Authorization", token).statusCode())
          .isEqualTo(404);
      assertThat(other.get("/v2/a/b/tags/list", "Authorization", token).statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void aRestartInTheMiddleOfAnUpload() throws Exception {
    var location = client.open("a/b");
    var blob = new byte[300_000];
    fault("chunk #1: restart after 100k");
    assertThatThrownBy(() -> client.chunk(location, 0, blob)).isInstanceOf(IOException.class);
    assertThat(registry.check()).isEmpty();
    assertThat(client.get(location).headers().firstValue("Range")).contains("0-102399");
    var rest = new byte[blob.length - 102400];
    assertThat(client.chunk(location, 102400, rest).statusCode()).isEqualTo(202);
    var done = client.send("PUT", location + "?digest=" + digest(blob), new byte[0]);
    assertThat(done.statusCode()).isEqualTo(201);
    fault("chunk #1: restart losing-sessions");
    var second = client.open("a/b");
    assertThatThrownBy(() -> client.chunk(second, 0, blob)).isInstanceOf(IOException.class);
    assertThat(registry.check()).isEmpty();
    assertThat(client.get(second).statusCode()).isEqualTo(404);
  }

  @Test
  void aStallEndsInACut() throws Exception {
    var digest = client.push("a/b", new byte[1000]);
    fault("blob #1: stall sent 10 for 1ms");
    fault("chunk #1: stall received 10 for 1ms");
    assertThatThrownBy(() -> client.get("/v2/a/b/blobs/" + digest)).isInstanceOf(IOException.class);
    var location = client.open("a/b");
    assertThatThrownBy(() -> client.chunk(location, 0, new byte[100]))
        .isInstanceOf(IOException.class);
    assertThat(client.get(location).headers().firstValue("Range")).contains("0-9");
  }

  @Test
  void slowTransfersAreWhole() throws Exception {
    fault("finish: slow 1M");
    fault("blob: slow 1M");
    var digest = client.push("a/b", new byte[100_000]);
    assertThat(client.get("/v2/a/b/blobs/" + digest).body()).hasSize(100_000);
  }
}
