package dev.gantry.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.event.Event;
import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.login.Credential;
import dev.gantry.login.Credentials;
import dev.gantry.login.Secret;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Repository;
import dev.gantry.wire.Budget;
import dev.gantry.wire.Host;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads and mounts against answers that are wrong, late, strange or not there. */
final class UploadFaults {
  private static final Bytes BYTES = Pieces.bytes("upload", 5000);
  private static final Descriptor BLOB = Pieces.layer(BYTES);
  private static final String OPEN = "/v2/demo/a/blobs/uploads/";
  private static final String SESSION = "/v2/demo/a/blobs/uploads/s1";
  private static final String AT = "/v2/demo/a/blobs/" + BLOB.digest();
  private static final Repository OTHER = new Repository(Board.NAME, "demo/b");

  private final Host host = new Host();
  private Board board = new Board(host.uri(), Credentials.NONE);

  @AfterEach
  void stop() {
    board.close();
    host.close();
  }

  private Event.How put(Repository... from) throws InterruptedException {
    return board.target("demo/a").put(BLOB, Pieces.body(BYTES), List.of(from));
  }

  private void fails(Consumer<Failure> expected) {
    assertThatThrownBy(this::put)
        .isInstanceOfSatisfying(
            PublishException.class, failed -> expected.accept(failed.failure()));
  }

  private void fails(Class<? extends Failure> kind, String words) {
    fails(failure -> {
      assertThat(failure).isInstanceOf(kind);
      assertThat(failure.toString()).contains(words);
      assertThat(failure.stage()).isEqualTo(Failure.Stage.UPLOAD);
    });
  }

  @Test
  void aRelativeLocationKeepsItsQuery() throws Exception {
    host.on("POST", OPEN, Host.status(202, "Location", SESSION + "?_state=abc"));
    host.on("PUT", SESSION, Host.status(201));
    put();
    assertThat(host.lines())
        .containsExactly("POST " + OPEN, "PUT " + SESSION + "?_state=abc&digest=" + BLOB.digest());
    assertThat(host.seen().getLast().body()).isEqualTo(BYTES.toArray());
    assertThat(host.seen().getLast().headers().first("Content-Length")).contains("5000");
  }

  @Test
  void aLocationOnAnotherHostGetsNoCredentials() throws Exception {
    board.close();
    var password = new Credential.Password("me", new Secret("geheim"), "test");
    board = new Board(host.uri(), _ -> password);
    host.on("GET", "/v2/", Host.status(401, "WWW-Authenticate", "Basic realm=\"r\""));
    try (var other = new Host()) {
      host.on("POST", OPEN, Host.status(202, "Location", other.uri().resolve("/put").toString()));
      other.on("PUT", "/put", Host.status(201));
      put();
      assertThat(host.seen().getLast().authorization()).isPresent();
      assertThat(other.seen().getLast().authorization()).isEmpty();
    }
  }

  @Test
  void noLocation() {
    host.on("POST", OPEN, Host.status(202));
    fails(Failure.OffProtocol.class, "without a Location");
  }

  @ParameterizedTest
  @ValueSource(strings = {"::", "ftp://a/b", "mailto:x", "http://"})
  void aLocationThatIsNone(String location) {
    host.on("POST", OPEN, Host.status(202, "Location", location));
    fails(Failure.OffProtocol.class, "Location");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204})
  void anySuccessIsOne(int status) throws Exception {
    host.on("POST", OPEN, Host.status(202, "Location", SESSION));
    host.on("PUT", SESSION, Host.status(status));
    assertThat(put()).isEqualTo(Event.How.SENT);
  }

  @Test
  void acceptedIsBelievedOnlyIfTheBlobIsThere() throws Exception {
    host.on("POST", OPEN, Host.status(202, "Location", SESSION));
    host.on("PUT", SESSION, Host.status(202));
    host.on("HEAD", AT, Host.status(200));
    assertThat(put()).isEqualTo(Event.How.SENT);
    host.on("HEAD", AT, Host.status(404));
    fails(Failure.OffProtocol.class, "is not there");
  }

  @Test
  void anotherDigestIsOffProtocol() {
    host.on("POST", OPEN, Host.status(202, "Location", SESSION));
    host.on(
        "PUT",
        SESSION,
        Host.status(201, "Docker-Content-Digest", Bytes.of("else").digest().toString()));
    fails(Failure.OffProtocol.class, "another digest");
  }

  @Test
  void aPageInsteadOfAnAnswerIsKept() {
    host.on(
        "POST",
        OPEN,
        Host.body(403, "<html>blocked by Zscaler</html>", "Content-Type", "text/html"));
    fails(Failure.Rejected.class, "blocked by Zscaler");
  }

  @Test
  void tooLargeIsNotTriedAgain() {
    host.on("POST", OPEN, Host.status(202, "Location", SESSION));
    host.on("PUT", SESSION, Host.body(413, "<h1>413 Request Entity Too Large</h1>"));
    fails(Failure.Rejected.class, "413");
    assertThat(host.count("PUT", SESSION)).isEqualTo(1);
    assertThat(host.count("DELETE", SESSION)).isEqualTo(1);
  }

  @Test
  void aCutBeginsAFreshSession() throws Exception {
    host.on("POST", OPEN, Host.status(202, "Location", SESSION));
    host.on("PUT", SESSION, Host.cut(), Host.status(503), Host.status(201));
    host.on("HEAD", AT, Host.status(404));
    assertThat(put()).isEqualTo(Event.How.SENT);
    assertThat(host.count("POST", OPEN)).isEqualTo(3);
    assertThat(board.time().pauses()).hasSize(2);
    assertThat(board.events(Event.Retrying.class)).hasSize(2);
  }

  @Test
  void aCutAfterTheLastByteIsNoLoss() throws Exception {
    host.on("POST", OPEN, Host.status(202, "Location", SESSION));
    host.on("PUT", SESSION, Host.cut());
    host.on("HEAD", AT, Host.status(200));
    assertThat(put()).isEqualTo(Event.How.SENT);
    assertThat(host.count("POST", OPEN)).isEqualTo(1);
  }

  @Test
  void aLostSessionIsOpenedAnew() throws Exception {
    host.on("POST", OPEN, Host.status(202, "Location", SESSION));
    host.on(
        "PUT",
        SESSION,
        Host.body(404, "{\"errors\":[{\"code\":\"BLOB_UPLOAD_UNKNOWN\"}]}"),
        Host.status(201));
    host.on("HEAD", AT, Host.status(404));
    assertThat(put()).isEqualTo(Event.How.SENT);
  }

  @Test
  void patienceEndsWithWhatWasSeenLast() {
    board.close();
    board =
        new Board(
            host.uri(), Credentials.NONE, new Budget(Duration.ofSeconds(20), Optional.empty()));
    host.on("POST", OPEN, Host.status(202, "Location", SESSION));
    host.on("PUT", SESSION, Host.body(502, "upstream gone"));
    host.on("HEAD", AT, Host.status(404));
    fails(Failure.Rejected.class, "upstream gone");
    assertThat(board.time().paused()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(20));
  }

  @Test
  void progressIsToldToTheLastByte() throws Exception {
    host.on("POST", OPEN, Host.status(202, "Location", SESSION));
    host.on("PUT", SESSION, Host.status(201));
    put();
    assertThat(board.events(Event.BlobAdvanced.class).getLast().bytes()).isEqualTo(5000);
  }

  @Test
  void warningsAreToldOnce() throws Exception {
    host.on(
        "POST", OPEN, Host.status(202, "Location", SESSION, "Warning", "299 - \"old \\\"v2\\\"\""));
    host.on("PUT", SESSION, Host.status(201, "Warning", "299 - \"old \\\"v2\\\"\""));
    put();
    assertThat(board.events(Event.Noticed.class))
        .containsExactly(new Event.Noticed("registry.example says: old \"v2\""));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 500, 501})
  void aMountRefusedIsAnUpload(int status) throws Exception {
    host.on(
        "POST",
        OPEN,
        (exchange, seen) ->
            (seen.target().contains("mount=")
                    ? Host.body(status, "{\"errors\":[{\"code\":\"DENIED\"}]}")
                    : Host.status(202, "Location", SESSION))
                .to(exchange, seen));
    host.on("PUT", SESSION, Host.status(201));
    assertThat(put(OTHER)).isEqualTo(Event.How.SENT);
    assertThat(host.lines().getFirst())
        .isEqualTo("POST " + OPEN + "?mount=" + BLOB.digest() + "&from=demo/b");
  }

  @Test
  void aMountThatOpensASessionUsesIt() throws Exception {
    host.on("POST", OPEN, Host.status(202, "Location", SESSION));
    host.on("PUT", SESSION, Host.status(201));
    assertThat(put(OTHER)).isEqualTo(Event.How.SENT);
    assertThat(host.count("POST", OPEN)).isEqualTo(1);
  }

  @Test
  void aMountOfAnotherDigestIsNone() throws Exception {
    host.on(
        "POST",
        OPEN,
        (exchange, seen) ->
            (seen.target().contains("mount=")
                    ? Host.status(201, "Docker-Content-Digest", Bytes.of("x").digest().toString())
                    : Host.status(202, "Location", SESSION))
                .to(exchange, seen));
    host.on("PUT", SESSION, Host.status(201));
    assertThat(put(OTHER)).isEqualTo(Event.How.SENT);
  }

  @Test
  void aTokenServerThatWillNotMountIsAskedForLess() throws Exception {
    host.on("POST", OPEN, Host.status(202, "Location", SESSION));
    host.on("PUT", SESSION, Host.status(201));
    try (var tokens = new Host()) {
      var challenge = "Bearer realm=\"" + tokens.uri().resolve("/t") + "\"";
      host.on(
          "POST",
          OPEN,
          (exchange, seen) ->
              (seen.authorization().isPresent()
                      ? Host.status(202, "Location", SESSION)
                      : Host.status(401, "WWW-Authenticate", challenge))
                  .to(exchange, seen));
      tokens.on(
          "GET",
          "/t",
          (exchange, seen) ->
              (seen.target().contains("demo%2Fb")
                      ? Host.body(403, "{\"message\":\"not yours\"}")
                      : Host.body(200, "{\"token\":\"t\"}"))
                  .to(exchange, seen));
      assertThat(put(OTHER)).isEqualTo(Event.How.SENT);
    }
  }

  @Test
  void aMountAloneLeavesNoSession() throws Exception {
    host.on("POST", OPEN, Host.status(202, "Location", SESSION));
    assertThat(board.target("demo/a").mount(BLOB, OTHER)).isFalse();
    assertThat(host.count("DELETE", SESSION)).isEqualTo(1);
  }
}
