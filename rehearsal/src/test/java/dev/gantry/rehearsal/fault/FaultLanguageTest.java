package dev.gantry.rehearsal.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.http.Headers;
import dev.gantry.rehearsal.protocol.Operation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultLanguageTest {
  private static final Map<String, Fault> FAULTS =
      Map.ofEntries(
          Map.entry("status 503", new Fault.Status(503, Headers.NONE, "")),
          Map.entry(
              "status 500 header \"X-A: b c\" body \"say \\\"no\\\"\"",
              new Fault.Status(500, Headers.of("X-A", "b c"), "say \"no\"")),
          Map.entry("too-many", new Fault.TooMany(1, false)),
          Map.entry("too-many 30", new Fault.TooMany(30, false)),
          Map.entry("too-many date 30", new Fault.TooMany(30, true)),
          Map.entry("html", new Fault.Html(502)),
          Map.entry("html 200", new Fault.Html(200)),
          Map.entry("full-disk", new Fault.FullDisk(500, 0)),
          Map.entry("full-disk 507 after 1k", new Fault.FullDisk(507, 1024)),
          Map.entry("read-only", new Fault.ReadOnly()),
          Map.entry("cut received 3M", new Fault.CutReceived(3 << 20)),
          Map.entry("cut sent 10", new Fault.CutSent(10)),
          Map.entry("stall received 0", new Fault.StallReceived(0, Duration.ofHours(1))),
          Map.entry("stall sent 9 for 250ms", new Fault.StallSent(9, Duration.ofMillis(250))),
          Map.entry("slow 64k", new Fault.Slow(1 << 16)),
          Map.entry("drop", new Fault.Drop()),
          Map.entry("wrong-digest", new Fault.WrongDigest()),
          Map.entry("damage received", new Fault.DamageReceived()),
          Map.entry("damage sent", new Fault.DamageSent()),
          Map.entry("expire-tokens", new Fault.ExpireTokens()),
          Map.entry("lose-sessions", new Fault.LoseSessions()),
          Map.entry("out-of-order", new Fault.OutOfOrder()),
          Map.entry("no-location", new Fault.NoLocation()),
          Map.entry(
              "location http://other:9", new Fault.MoveLocation(URI.create("http://other:9"))),
          Map.entry("restart", new Fault.Restart(0, false)),
          Map.entry("restart after 2G losing-sessions", new Fault.Restart(2L << 30, true)));

  @Test
  void everyFaultCanBeWritten() {
    FAULTS.forEach((text, fault) ->
        assertThat(FaultLanguage.parse("any: " + text).fault()).as(text).isEqualTo(fault));
    assertThat(FAULTS.values().stream().map(Object::getClass).distinct())
        .hasSize(Fault.class.getPermittedSubclasses().length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "any | GET /v2/ true, PUT /token true",
        "chunk | PATCH /v2/a/blobs/uploads/1 true, PUT /v2/a/blobs/uploads/1 false",
        "chunk finish | PATCH /v2/a/blobs/uploads/1 true, PUT /v2/a/blobs/uploads/1 true",
        "put-manifest | PUT /v2/a/manifests/v1 true, GET /v2/a/manifests/v1 false",
        "upload | PATCH /v2/a/blobs/uploads/1 true, PUT /v2/a/manifests/v1 false",
        "token | GET /token true, GET /v2/ false",
        "get | GET /v2/ true, POST /v2/ false",
        "GET,HEAD /v2/*/manifests/* | HEAD /v2/a/manifests/v1 true, GET /v2/a/b/manifests/v1 false",
        "/v2/**/manifests/* | GET /v2/a/b/manifests/v1 true, PUT /v2/a/manifests/v1 true",
        "/v2/a.b | GET /v2/a.b true, GET /v2/axb false"
      })
  void occasions(String occasion, String requests) {
    var mishap = FaultLanguage.parse(occasion + ": drop");
    for (var request : requests.split(", ", -1)) {
      var words = request.split(" ", -1);
      assertThat(mishap.meets(words[0], words[1], operation(words[0], words[1])).isPresent())
          .as(request)
          .isEqualTo(Boolean.parseBoolean(words[2]));
    }
  }

  private static Optional<Operation> operation(String method, String path) {
    if (path.contains("/uploads/")) {
      return Optional.of(method.equals("PATCH") ? Operation.CHUNK : Operation.FINISH_UPLOAD);
    }
    if (path.contains("/manifests/")) {
      return Optional.of(method.equals("PUT") ? Operation.PUT_MANIFEST : Operation.PULL_MANIFEST);
    }
    return Optional.empty();
  }

  @ParameterizedTest
  @CsvSource({
    "#2, 0100000000",
    "#1-3, 1110000000",
    "#4-, 0001111111",
    "'#1,5', 1000100000",
    "'#2-3,9-', 0110000011",
    "'', 1111111111"
  })
  void turnsAreCountedByMatch(String turns, String hits) {
    var mishap = FaultLanguage.parse("any " + turns + ": drop");
    var seen = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      seen.append(mishap.meets("GET", "/v2/", Optional.empty()).isPresent() ? '1' : '0');
    }
    assertThat(seen.toString()).isEqualTo(hits);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "drop | write WHICH REQUESTS: WHAT",
        "chunks: drop | 'chunks' is no request",
        "any get: drop | 'any' stands alone",
        "any #0: drop | counted from 1",
        "any #x: drop | counts no requests",
        "any: explode | 'explode' is no fault",
        "any: drop it | 'it' is one word too many",
        "any: cut 100 | say received or sent",
        "any: cut received | bytes is missing",
        "any: cut received 1x | is a size such as",
        "any: status | status takes a number",
        "any: status 99 | status takes a number",
        "any: stall sent 1 for 3 | is a time such as",
        "any: location nowhere | http://HOST:PORT",
        "any: slow 0 | is 'stall'"
      })
  void mistakesAreSaid(String line, String message) {
    assertThatThrownBy(() -> new FaultScript().add(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aFileIsReadLineByLine(@TempDir Path folder) throws IOException {
    var file = folder.resolve("faults");
    Files.writeString(file, "# twice\n\nany #1-2: drop\n  ping: html\n");
    var script = new FaultScript().addFile(file);
    assertThat(script.meets("GET", "/v2/", Optional.of(Operation.PING)))
        .containsExactly(new Fault.Drop(), new Fault.Html(502));
    Files.writeString(file, "any: drop\nany: bang\n");
    assertThatThrownBy(() -> new FaultScript().addFile(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("faults line 2: ");
  }
}
