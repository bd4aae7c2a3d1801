package dev.gantry.rehearsal.protocol;

import static dev.gantry.rehearsal.Client.bytes;
import static dev.gantry.rehearsal.Client.digest;
import static dev.gantry.rehearsal.Client.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.rehearsal.Client;
import dev.gantry.rehearsal.Rehearsal;
import dev.gantry.rehearsal.Settings;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pushing blobs (distribution-spec, "Push"). */
class UploadTest {
  private Rehearsal registry;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    registry = Rehearsal.start();
    client = new Client(registry.uri());
  }

  @AfterEach
  void stop() throws Exception {
    assertThat(registry.check()).isEmpty();
    client.close();
    registry.close();
  }

  private static String header(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue(name).orElse("(no " + name + ")");
  }

  @Test
  void postThenPut() throws Exception {
    var blob = bytes("a blob");
    var opened = client.send("POST", "/v2/a/b/blobs/uploads/", new byte[0]);
    assertThat(opened.statusCode()).isEqualTo(202);
    var done = client.send("PUT", header(opened, "Location") + "?digest=" + digest(blob), blob);
    assertThat(done.statusCode()).isEqualTo(201);
    assertThat(header(done, "Docker-Content-Digest")).isEqualTo(digest(blob));
    assertThat(client.get(header(done, "Location")).body()).isEqualTo(blob);
    assertThat(registry.store().openSessions()).isZero();
  }

  @Test
  void singlePost() throws Exception {
    var blob = bytes("all at once");
    var answer = client.send("POST", "/v2/a/b/blobs/uploads/?digest=" + digest(blob), blob);
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(client.get("/v2/a/b/blobs/" + digest(blob)).body()).isEqualTo(blob);
  }

  @Test
  void singlePostWithAnotherDigestLeavesNothing() throws Exception {
    var answer =
        client.send("POST", "/v2/a/b/blobs/uploads/?digest=" + digest(bytes("x")), bytes("y"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(text(answer)).contains("\"code\":\"DIGEST_INVALID\"");
    assertThat(client.get("/v2/a/b/blobs/" + digest(bytes("y"))).statusCode()).isEqualTo(404);
    assertThat(registry.store().openSessions()).isZero();
  }

  @Test
  void chunksInOrderWithStatusInBetween() throws Exception {
    var location = client.open("a/b");
    assertThat(header(client.chunk(location, 0, bytes("one ")), "Range")).isEqualTo("0-3");
    var status = client.get(location);
    assertThat(status.statusCode()).isEqualTo(204);
    assertThat(header(status, "Range")).isEqualTo("0-3");
    assertThat(client.chunk(location, 4, bytes("two ")).statusCode()).isEqualTo(202);
    var whole = digest(bytes("one two three"));
    var last =
        client.send("PUT", location + "?digest=" + whole, bytes("three"), "Content-Range", "8-12");
    assertThat(last.statusCode()).isEqualTo(201);
    assertThat(client.get("/v2/a/b/blobs/" + whole).body()).isEqualTo(bytes("one two three"));
  }

  @Test
  void aChunkOutOfOrderIsRefusedAndTheSessionGoesOn() throws Exception {
    var location = client.open("a/b");
    assertThat(client.chunk(location, 0, bytes("one ")).statusCode()).isEqualTo(202);
    for (long wrong : new long[] {0, 3, 5, 100}) {
      var refused = client.chunk(location, wrong, bytes("xyz"));
      assertThat(refused.statusCode()).as("a chunk at %d", wrong).isEqualTo(416);
      assertThat(header(refused, "Range")).isEqualTo("0-3");
    }
    var whole = digest(bytes("one two"));
    var early =
        client.send("PUT", location + "?digest=" + whole, bytes("wo"), "Content-Range", "5-6");
    assertThat(early.statusCode()).isEqualTo(416);
    assertThat(client.chunk(location, 4, bytes("two")).statusCode()).isEqualTo(202);
    var done = client.send("PUT", location + "?digest=" + whole, new byte[0]);
    assertThat(done.statusCode()).isEqualTo(201);
  }

  @Test
  void aRangeThatIsNotTheLengthIsRefused() throws Exception {
    var location = client.open("a/b");
    var answer = client.send("PATCH", location, bytes("12345"), "Content-Range", "0-9");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(text(answer)).contains("SIZE_INVALID");
  }

  @Test
  void aCancelledSessionIsUnknown() throws Exception {
    var location = client.open("a/b");
    assertThat(client.send("DELETE", location, new byte[0]).statusCode()).isEqualTo(204);
    assertThat(client.get(location).statusCode()).isEqualTo(404);
    assertThat(text(client.chunk(location, 0, bytes("x")))).contains("BLOB_UPLOAD_UNKNOWN");
    assertThat(registry.store().openSessions()).isZero();
  }

  @Test
  void aSessionBelongsToItsRepository() throws Exception {
    var elsewhere = client.open("a/b").replace("/a/b/", "/c/d/");
    assertThat(client.get(elsewhere).statusCode()).isEqualTo(404);
  }

  @Test
  void sha512() throws Exception {
    var blob = bytes("long digest");
    var sha512 = digest("SHA-512", "sha512", blob);
    var opened = client.send("POST", "/v2/a/b/blobs/uploads/?digest-algorithm=sha512", new byte[0]);
    var done = client.send("PUT", header(opened, "Location") + "?digest=" + sha512, blob);
    assertThat(done.statusCode()).isEqualTo(201);
    assertThat(header(client.get("/v2/a/b/blobs/" + sha512), "Docker-Content-Digest"))
        .isEqualTo(sha512);
    var sha256 = client.send("PUT", client.open("a/b") + "?digest=" + sha512, blob);
    assertThat(sha256.statusCode()).as("a session opened without saying so").isEqualTo(201);
  }

  @Test
  void unknownAlgorithmsAndBrokenDigestsAreRefused() throws Exception {
    for (var wrong :
        new String[] {"md5:d41d8cd98f00b204e9800998ecf8427e", "sha256:12", "nothing"}) {
      var answer = client.send("PUT", client.open("a/b") + "?digest=" + wrong, bytes("x"));
      assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
      assertThat(text(answer)).contains("DIGEST_INVALID");
    }
    var opened = client.send("POST", "/v2/a/b/blobs/uploads/?digest-algorithm=md5", new byte[0]);
    assertThat(opened.statusCode()).isEqualTo(400);
  }

  @Test
  void mounts() throws Exception {
    var digest = client.push("from/here", bytes("shared"));
    var target = "/v2/to/there/blobs/uploads/?mount=" + digest;
    var mounted = client.send("POST", target + "&from=from/here", new byte[0]);
    assertThat(mounted.statusCode()).isEqualTo(201);
    assertThat(client.get(header(mounted, "Location")).body()).isEqualTo(bytes("shared"));
    var anonymous =
        client.send("POST", "/v2/third/one/blobs/uploads/?mount=" + digest, new byte[0]);
    assertThat(anonymous.statusCode()).isEqualTo(201);
    var missing =
        client.send(
            "POST",
            "/v2/to/there/blobs/uploads/?from=from/here&mount=" + digest(bytes("no")),
            new byte[0]);
    assertThat(missing.statusCode()).isEqualTo(202);
    assertThat(header(missing, "Location")).contains("/blobs/uploads/");
  }

  @Test
  void aDeletedBlobStaysWhereItWasMounted() throws Exception {
    var digest = client.push("from/here", bytes("shared"));
    var _ =
        client.send(
            "POST", "/v2/to/there/blobs/uploads/?from=from/here&mount=" + digest, new byte[0]);
    var deleted = client.send("DELETE", "/v2/from/here/blobs/" + digest, new byte[0]);
    assertThat(deleted.statusCode()).isEqualTo(202);
    assertThat(client.get("/v2/from/here/blobs/" + digest).statusCode()).isEqualTo(404);
    assertThat(client.get("/v2/to/there/blobs/" + digest).body()).isEqualTo(bytes("shared"));
    var last = client.send("DELETE", "/v2/to/there/blobs/" + digest, new byte[0]);
    assertThat(last.statusCode()).isEqualTo(202);
    assertThat(registry.store().contentSize()).isZero();
  }

  @Test
  void theSmallestChunkIsTold() throws Exception {
    var habits = Habits.PLAIN.withChunkMin(1 << 20);
    try (var chunky = Rehearsal.start(Settings.plain().with(habits));
        var other = new Client(chunky.uri())) {
      var opened = other.send("POST", "/v2/a/b/blobs/uploads/", new byte[0]);
      assertThat(header(opened, "OCI-Chunk-Min-Length")).isEqualTo("1048576");
    }
    var plain = client.send("POST", "/v2/a/b/blobs/uploads/", new byte[0]);
    assertThat(plain.headers().firstValue("OCI-Chunk-Min-Length")).isEmpty();
  }

  @Test
  void locationsAreAbsoluteWhereThatIsTheHabit() throws Exception {
    var habits = Habits.PLAIN.withAbsoluteLocations(true);
    try (var absolute = Rehearsal.start(Settings.plain().with(habits));
        var other = new Client(absolute.uri())) {
      assertThat(other.open("a/b")).startsWith(absolute.uri() + "v2/a/b/blobs/uploads/");
    }
  }

  @Test
  void theLaterRequestTakesASessionOver() throws Exception {
    var session = registry.store().open("a/b", dev.gantry.rehearsal.store.Digest.Algorithm.SHA256);
    int old = session.takeOver();
    int later = session.takeOver();
    session.append(later, new java.io.ByteArrayInputStream(bytes("new")));
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> session.append(old, new java.io.ByteArrayInputStream(bytes("old"))))
        .isInstanceOf(dev.gantry.rehearsal.store.SessionLost.class);
    assertThat(session.offset()).isEqualTo(3);
    registry.store().discard(session);
  }
}
