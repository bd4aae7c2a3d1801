package dev.gantry.rehearsal.protocol;

import static dev.gantry.rehearsal.Client.bytes;
import static dev.gantry.rehearsal.Client.digest;
import static dev.gantry.rehearsal.Client.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.rehearsal.Client;
import dev.gantry.rehearsal.Rehearsal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading blobs and manifests (distribution-spec, "Pull"). */
class PullTest {
  private Rehearsal registry;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    registry = Rehearsal.start();
    client = new Client(registry.uri());
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    registry.close();
  }

  @Test
  void theBaseAnswers() throws Exception {
    assertThat(client.get("/v2/").statusCode()).isEqualTo(200);
  }

  @Test
  void headTellsSizeAndDigestWithoutContent() throws Exception {
    var digest = client.push("a/b", bytes("0123456789"));
    var head = client.send("HEAD", "/v2/a/b/blobs/" + digest, new byte[0]);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Length")).contains("10");
    assertThat(head.headers().firstValue("Docker-Content-Digest")).contains(digest);
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 206, 0123, bytes 0-3/10",
    "bytes=4-, 206, 456789, bytes 4-9/10",
    "bytes=-3, 206, 789, bytes 7-9/10",
    "bytes=8-99, 206, 89, bytes 8-9/10",
    "bytes=10-, 416, '', bytes */10",
    "bytes=5-2, 416, '', bytes */10",
    "'bytes=0-1,4-5', 200, 0123456789, ''",
    "lines=1-2, 200, 0123456789, ''"
  })
  void ranges(String range, int status, String content, String contentRange) throws Exception {
    var digest = client.push("a/b", bytes("0123456789"));
    var answer = client.get("/v2/a/b/blobs/" + digest, "Range", range);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Range").orElse("")).isEqualTo(contentRange);
    if (status != 416) {
      assertThat(text(answer)).isEqualTo(content);
    }
  }

  @Test
  void aRangeOfOtherContentIsNotUsed() throws Exception {
    var digest = client.push("a/b", bytes("0123456789"));
    var path = "/v2/a/b/blobs/" + digest;
    assertThat(client.get(path, "Range", "bytes=1-2", "If-Range", "\"other\"").statusCode())
        .isEqualTo(200);
    assertThat(client.get(path, "Range", "bytes=1-2", "If-Range", '"' + digest + '"').statusCode())
        .isEqualTo(206);
  }

  @Test
  void contentThatTheClientHasIsNotSentAgain() throws Exception {
    var digest = client.pushImage("a/b", "v1", "layer");
    var path = "/v2/a/b/manifests/v1";
    assertThat(client.get(path, "If-None-Match", '"' + digest + '"').statusCode()).isEqualTo(304);
    assertThat(client.get(path, "If-None-Match", "\"sha256:other\"").statusCode()).isEqualTo(200);
  }

  @Test
  void aManifestComesAsItWasPushed() throws Exception {
    var _ = client.pushImage("a/b", "v1", "layer");
    var answer = client.get("/v2/a/b/manifests/v1");
    assertThat(text(answer)).isEqualTo(Client.image("layer"));
    assertThat(answer.headers().firstValue("Content-Type")).contains(Client.IMAGE);
    var byDigest = client.get("/v2/a/b/manifests/" + digest(answer.body()));
    assertThat(byDigest.body()).isEqualTo(answer.body());
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/no/where/manifests/v1, 404, MANIFEST_UNKNOWN",
    "/v2/a/b/manifests/v2, 404, MANIFEST_UNKNOWN",
    "/v2/no/where/tags/list, 404, NAME_UNKNOWN",
    "/v2/a/b/blobs/sha256:12, 400, DIGEST_INVALID",
    "/v2/Up/Case/tags/list, 400, NAME_INVALID",
    "/v2/a/b/referrers/sha256:12, 400, DIGEST_INVALID",
    "/v2/a/b/other, 404, UNSUPPORTED",
    "/v1/search, 404, UNSUPPORTED"
  })
  void refusalsAreErrorsOfTheSpecification(String path, int status, String code) throws Exception {
    var _ = client.pushImage("a/b", "v1", "layer");
    var answer = client.get(path);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(text(answer)).startsWith("{\"errors\":[{\"code\":\"" + code + "\",\"message\":");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v2/", "/v2/_catalog", "/v2/a/b/tags/list", "/v2/a/b/blobs/uploads/"})
  void aMethodThatAPathDoesNotTake(String path) throws Exception {
    var answer = client.send("PUT", path, new byte[0]);
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(text(answer)).contains("UNSUPPORTED");
  }
}
