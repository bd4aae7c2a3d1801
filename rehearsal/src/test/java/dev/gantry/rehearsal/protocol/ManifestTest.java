package dev.gantry.rehearsal.protocol;

import static dev.gantry.rehearsal.Client.IMAGE;
import static dev.gantry.rehearsal.Client.INDEX;
import static dev.gantry.rehearsal.Client.bytes;
import static dev.gantry.rehearsal.Client.digest;
import static dev.gantry.rehearsal.Client.image;
import static dev.gantry.rehearsal.Client.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.rehearsal.Client;
import dev.gantry.rehearsal.Rehearsal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pushing and deleting manifests and tags (distribution-spec, "Pushing Manifests"). */
class ManifestTest {
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

  private static String index(String... digests) {
    var entries = new java.util.ArrayList<String>();
    for (var digest : digests) {
      entries.add(
          "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
              .formatted(IMAGE, digest, bytes(image("layer")).length));
    }
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
        .formatted(INDEX, String.join(",", entries));
  }

  @Test
  void everyMissingChildIsNamed() throws Exception {
    var _ = client.push("a/b", bytes("{}"));
    var answer = client.putManifest("a/b", "v1", IMAGE, image("layer"));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(text(answer))
        .contains("MANIFEST_BLOB_UNKNOWN")
        .contains("\"detail\":{\"digest\":\"" + digest(bytes("layer")) + "\"}")
        .doesNotContain(digest(bytes("{}")));
    assertThat(client.get("/v2/a/b/manifests/v1").statusCode()).isEqualTo(404);
  }

  @Test
  void anIndexNeedsItsManifestsInItsOwnRepository() throws Exception {
    var image = client.pushImage("other/place", "v1", "layer");
    assertThat(client.putManifest("a/b", "v1", INDEX, index(image)).statusCode()).isEqualTo(404);
    var here = client.pushImage("a/b", "amd64", "layer");
    assertThat(here).isEqualTo(image);
    assertThat(client.putManifest("a/b", "v1", INDEX, index(image)).statusCode()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not json | MANIFEST_INVALID",
        "{\"schemaVersion\":2 | MANIFEST_INVALID",
        "[] | MANIFEST_INVALID",
        "{\"schemaVersion\":1} | MANIFEST_INVALID",
        "{\"schemaVersion\":2,\"layers\":[]} | MANIFEST_INVALID",
        "{\"schemaVersion\":2,\"config\":{},\"layers\":[],\"manifests\":[]} | MANIFEST_INVALID",
        "{\"schemaVersion\":2,\"mediaType\":\"text/plain\"} | MANIFEST_INVALID",
        "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"a/b\",\"digest\":\"x\",\"size\":2},\"layers\":[]}"
            + " | MANIFEST_INVALID"
      })
  void brokenManifestsAreRefused(String manifest, String code) throws Exception {
    var answer = client.putManifest("a/b", "v1", IMAGE, manifest);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(text(answer)).contains(code);
  }

  @Test
  void aTypeThatContradictsTheManifestIsRefused() throws Exception {
    var _ = client.pushImage("a/b", "v0", "layer");
    assertThat(client.putManifest("a/b", "v1", INDEX, image("layer")).statusCode()).isEqualTo(400);
    var parameters = client.putManifest("a/b", "v1", IMAGE + "; charset=utf-8", image("layer"));
    assertThat(parameters.statusCode()).isEqualTo(201);
    assertThat(client.get("/v2/a/b/manifests/v1").headers().firstValue("Content-Type"))
        .contains(IMAGE);
  }

  @Test
  void fourMebibytesAreTakenAndMoreIsRefused() throws Exception {
    var _ = client.pushImage("a/b", "v0", "layer");
    var start = image("layer");
    var spaces = (4 << 20) - bytes(start).length;
    var largest = start + " ".repeat(spaces);
    assertThat(client.putManifest("a/b", "big", IMAGE, largest).statusCode()).isEqualTo(201);
    var larger = client.putManifest("a/b", "bigger", IMAGE, largest + " ");
    assertThat(larger.statusCode()).isEqualTo(413);
  }

  @Test
  void theDigestOfTheReferenceMustBeRight() throws Exception {
    var _ = client.pushImage("a/b", "v0", "layer");
    var wrong = client.putManifest("a/b", digest(bytes("other")), IMAGE, image("layer"));
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(text(wrong)).contains("DIGEST_INVALID");
    var sha512 = digest("SHA-512", "sha512", bytes(image("layer")));
    assertThat(client.putManifest("a/b", sha512, IMAGE, image("layer")).statusCode())
        .isEqualTo(201);
  }

  @Test
  void severalTagsByOnePut() throws Exception {
    var digest = client.pushImage("a/b", "v0", "layer");
    var answer =
        client.putManifest("a/b", digest + "?tag=1.2.3&tag=1.2&tag=latest", IMAGE, image("layer"));
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().allValues("OCI-Tag")).containsExactly("1.2.3", "1.2", "latest");
    for (var tag : new String[] {"1.2.3", "1.2", "latest"}) {
      assertThat(client.get("/v2/a/b/manifests/" + tag).headers().firstValue("ETag"))
          .contains('"' + digest + '"');
    }
    var bad = client.putManifest("a/b", digest + "?tag=good&tag=a%2Bb", IMAGE, image("layer"));
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(client.get("/v2/a/b/manifests/good").statusCode()).isEqualTo(404);
  }

  @Test
  void conditionsOnATag() throws Exception {
    var first = client.pushImage("a/b", "v1", "one");
    var _ = client.push("a/b", bytes("two"));
    var path = "/v2/a/b/manifests/v1";
    var two = bytes(image("two"));
    assertThat(
            client.send("PUT", path, two, "Content-Type", IMAGE, "If-None-Match", "*").statusCode())
        .isEqualTo(412);
    assertThat(
            client
                .send("PUT", path, two, "Content-Type", IMAGE, "If-Match", "\"sha256:no\"")
                .statusCode())
        .isEqualTo(412);
    assertThat(client.get(path).headers().firstValue("Docker-Content-Digest")).contains(first);
    assertThat(
            client
                .send("PUT", path, two, "Content-Type", IMAGE, "If-Match", '"' + first + '"')
                .statusCode())
        .isEqualTo(201);
  }

  @Test
  void foreignLayersNeedNotBeHere() throws Exception {
    var _ = client.push("a/b", bytes("{}"));
    var manifest =
        image("layer")
            .replace(
                "application/vnd.oci.image.layer.v1.tar",
                "application/vnd.oci.image.layer.nondistributable.v1.tar");
    assertThat(client.putManifest("a/b", "v1", IMAGE, manifest).statusCode()).isEqualTo(201);
  }

  @Test
  void deletingATagLeavesTheManifest() throws Exception {
    var digest = client.pushImage("a/b", "v1", "layer");
    var deleted = client.send("DELETE", "/v2/a/b/manifests/v1", new byte[0]);
    assertThat(deleted.statusCode()).isEqualTo(202);
    assertThat(client.get("/v2/a/b/manifests/v1").statusCode()).isEqualTo(404);
    assertThat(client.get("/v2/a/b/manifests/" + digest).statusCode()).isEqualTo(200);
    var again = client.send("DELETE", "/v2/a/b/manifests/v1", new byte[0]);
    assertThat(again.statusCode()).isEqualTo(404);
  }

  @Test
  void deletingAManifestTakesItsTagsAlong() throws Exception {
    var digest = client.pushImage("a/b", "v1", "layer");
    var _ = client.pushImage("a/b", "v2", "other");
    var deleted = client.send("DELETE", "/v2/a/b/manifests/" + digest, new byte[0]);
    assertThat(deleted.statusCode()).isEqualTo(202);
    assertThat(client.get("/v2/a/b/manifests/" + digest).statusCode()).isEqualTo(404);
    assertThat(text(client.get("/v2/a/b/tags/list"))).contains("\"tags\":[\"v2\"]");
  }
}
