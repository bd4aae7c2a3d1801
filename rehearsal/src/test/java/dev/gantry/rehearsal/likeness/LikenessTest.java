package dev.gantry.rehearsal.likeness;

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
import dev.gantry.rehearsal.auth.User;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each kind of registry does otherwise, as its page in the book says. */
class LikenessTest {
  private static final byte[] NOTHING = new byte[0];

  private static Rehearsal like(String kind, String seed) throws Exception {
    return Rehearsal.start(
        Settings.plain().like(Likeness.of(kind)).with(SeedFile.parse("test", seed)));
  }

  private static HttpResponse<byte[]> open(Client client, String name) throws Exception {
    return client.send("POST", "/v2/" + name + "/blobs/uploads/", NOTHING);
  }

  static List<String> kinds() {
    return Book.kinds();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyKindTakesAPushByItsRules(String kind) throws Exception {
    try (var registry = like(kind, "");
        var client = new Client(registry.uri())) {
      var name = kind.equals("github-packages") ? "owner/repo/image" : "team/app/image";
      var max = Book.kind(kind).number("path", "max");
      if (max.equals(Optional.of(2L))) {
        name = "team/app";
      }
      var answer = client.pushImage(name, "v1", "layer");
      assertThat(client.get("/v2/" + name + "/manifests/v1").headers().firstValue("ETag"))
          .contains('"' + answer + '"');
      assertThat(registry.check()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Rows of what was recorded: kind, what is so, the answer to an opened upload of org/app.
        "harbor | missing: [org] | 401 | UNAUTHORIZED | project org not found: project org not"
            + " found",
        "harbor | repositories: {org/app: {refuse: [no-push]}} | 401 | UNAUTHORIZED | unauthorized"
            + " to access repository: org/app, action: push: unauthorized to access repository:"
            + " org/app, action: push",
        "harbor | repositories: {org/app: {refuse: [proxy-project]}} | 403 | DENIED | can not push"
            + " artifact to a proxy project: org",
        "harbor | quota: {limit: 10, used: 10} | 403 | DENIED | adding 0 B of storage resource,"
            + " which when updated to current usage of 10 B will exceed the configured upper limit"
            + " of 10 B.",
        "harbor | read-only: true | 403 | DENIED | The system is in read only mode. Any"
            + " modification is prohibited.",
        "ghcr | repositories: {org/app: {linked-to: org/other}} | 403 | DENIED | permission_denied:"
            + " write_package",
        "ghcr | repositories: {org/app: {unlinked: true}} | 403 | DENIED | permission_denied:"
            + " write_package",
        "ghcr | repositories: {org/app: {deleted: true}} | 403 | DENIED | the package was deleted",
        "ghcr | repositories: {org/app: {refuse: [create-refused]}} | 403 | DENIED | installation"
            + " not allowed to Create organization package",
        "ghcr | rate-limit: {requests: 0, seconds: 60} | 429 | TOOMANYREQUESTS | retry-after: 60s,"
            + " allowed: 0/minute",
        "ecr | missing: [org/app] | 404 | NAME_UNKNOWN | The repository with name 'org/app' does"
            + " not exist in the registry with id '{account}'",
        "dockerhub | repositories: {org/app: {refuse: [no-push]}} | 401 | UNAUTHORIZED |"
            + " authentication required",
        "quay | quota: {limit: 1, used: 1} | 403 | DENIED | Quota has been exceeded on namespace",
        "quay | read-only: true | 405 | DENIED | System is currently read-only. Pulls will succeed"
            + " but all write operations are currently suspended.",
        "quay | missing: [org/app] | 404 | NAME_UNKNOWN | repository not found",
        "zot | repositories: {org/app: {refuse: [no-push]}} | 403 | DENIED | requested access to"
            + " the resource is denied",
      })
  void refusesToOpenAnUpload(String kind, String seed, int status, String code, String message)
      throws Exception {
    try (var registry = like(kind, seed);
        var client = new Client(registry.uri())) {
      var answer = open(client, "org/app");
      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(text(answer))
          .startsWith("{\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"".formatted(code, message));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "distribution-2.8 | Org/App | 404 | 404 page not found",
        "gitea | org/a__b | 400 | NAME_INVALID",
        "harbor | app | 400 | BAD_REQUEST",
        "dockerhub | org/app/web | 401 | UNAUTHORIZED",
        "openshift | org/app/web | 400 | NAME_INVALID",
        "openshift | app | 400 | NAME_INVALID",
        "gar | project/repository | 400 | NAME_INVALID",
        "coding | project/repository | 400 | ''"
      })
  void refusesAPath(String kind, String name, int status, String part) throws Exception {
    try (var registry = like(kind, "");
        var client = new Client(registry.uri())) {
      var answer = open(client, name);
      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(text(answer)).contains(part);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "harbor | 412 | PRECONDITION | Failed to process request due to 'app:v1' configured as"
            + " immutable.",
        "quay | 409 | TAG_IMMUTABLE | tag is immutable and cannot be overwritten",
        "zot | 403 | DENIED | requested access to the resource is denied",
        "ecr | 403 | TAG_INVALID | The image tag 'v1' already exists in the 'org/app' repository"
            + " and cannot be overwritten because the repository is immutable."
      })
  void anImmutableTagStays(String kind, int status, String code, String message) throws Exception {
    try (var registry = like(kind, "repositories: {org/app: {tags: {v1: immutable, v2: }}}");
        var client = new Client(registry.uri())) {
      var before = client.get("/v2/org/app/manifests/v1");
      assertThat(before.statusCode()).isEqualTo(200);
      var _ = client.pushImage("org/app", "v2", "layer");
      var answer = client.putManifest("org/app", "v1", IMAGE, image("layer"));
      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(text(answer))
          .startsWith("{\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"".formatted(code, message));
      assertThat(client.get("/v2/org/app/manifests/v1").body()).isEqualTo(before.body());
      var same = client.putManifest("org/app", "v1", IMAGE, text(before));
      assertThat(same.statusCode()).as("the digest that is there").isEqualTo(201);
      assertThat(registry.check()).isEmpty();
    }
  }

  @Test
  void whatWasNotRecordedIsSaidToBeUnknown() throws Exception {
    try (var registry = like("ecr", "missing: [org/app]");
        var client = new Client(registry.uri())) {
      var answer = open(client, "org/app");
      assertThat(answer.headers().firstValue("Gantry-Rehearsal"))
          .contains("the status of repository-missing is not known for ecr");
      assertThat(registry.notes())
          .contains("the status of repository-missing is not known for ecr");
    }
    try (var registry = like("harbor", "missing: [org]");
        var client = new Client(registry.uri())) {
      assertThat(open(client, "org/app").headers().firstValue("Gantry-Rehearsal")).isEmpty();
    }
  }

  @Test
  void whatHasToBeThereIsAssumedAndSaid() throws Exception {
    try (var registry = like("harbor", "");
        var client = new Client(registry.uri())) {
      assertThat(open(client, "org/app").statusCode()).isEqualTo(202);
      assertThat(registry.notes()).contains("assumed that the project of org/app is there");
    }
    try (var registry = like("harbor", "exists: [other]");
        var client = new Client(registry.uri())) {
      assertThat(open(client, "org/app").statusCode()).isEqualTo(401);
      assertThat(open(client, "other/app").statusCode()).isEqualTo(202);
    }
  }

  @Test
  void distribution28LosesTheSessionAndTakesChunksInAnyOrder() throws Exception {
    try (var registry = like("distribution-2.8", "");
        var client = new Client(registry.uri())) {
      var _ = registry.faults().add("chunk #1: cut received 10");
      var lost = client.open("org/app");
      assertThatThrownBy(() -> client.chunk(lost, 0, new byte[100]))
          .isInstanceOf(java.io.IOException.class);
      assertThat(client.get(lost).statusCode()).isEqualTo(404);
      var location = client.open("org/app");
      assertThat(client.chunk(location, 50, bytes("wrong ")).statusCode()).isEqualTo(202);
      assertThat(client.chunk(location, 0, bytes("order")).statusCode()).isEqualTo(202);
      var done = client.send("PUT", location + "?digest=" + digest(bytes("order")), NOTHING);
      assertThat(done.statusCode()).isEqualTo(400);
      assertThat(text(done)).contains("\"Reason\":{}");
      var single = "/v2/org/app/blobs/uploads/?digest=" + digest(bytes("x"));
      assertThat(client.send("POST", single, bytes("x")).statusCode()).isEqualTo(202);
      assertThat(client.get("/v2/org/app/referrers/" + digest(bytes("x"))).statusCode())
          .isEqualTo(404);
      var _ = client.pushImage("org/app", "v1", "layer");
      var untag = client.send("DELETE", "/v2/org/app/manifests/v1", NOTHING);
      assertThat(untag.statusCode()).isEqualTo(400);
      assertThat(text(untag)).contains("DIGEST_INVALID");
      var large = "{" + " ".repeat(5 << 20) + "}";
      assertThat(client.putManifest("org/app", "v2", IMAGE, large).statusCode()).isEqualTo(400);
      var page = client.get("/v2/_catalog?n=1001");
      assertThat(page.statusCode()).isEqualTo(400);
      assertThat(text(page)).contains("\"detail\":{\"n\":\"1001\"}");
    }
  }

  @Test
  void ghcrLimitsChunksAndDoesNotCancel() throws Exception {
    try (var registry = like("ghcr", "");
        var client = new Client(registry.uri())) {
      var location = client.open("org/app");
      var cancel = client.send("DELETE", location, NOTHING);
      assertThat(cancel.statusCode()).isEqualTo(405);
      assertThat(client.chunk(location, 0, new byte[4 << 20]).statusCode()).isEqualTo(202);
      var large = client.chunk(location, 4 << 20, new byte[(4 << 20) + 1]);
      assertThat(large.statusCode()).isEqualTo(416);
      assertThat(text(large)).contains("maximum permissible limit of 4.00MiB");
      var streamed = client.send("PATCH", location, new byte[5 << 20]);
      assertThat(streamed.statusCode()).as("one stream without a range").isEqualTo(202);
      assertThat(client.get("/v2/org/app/referrers/" + digest(bytes("x"))).statusCode())
          .isEqualTo(404);
      assertThat(client.send("DELETE", "/v2/org/app/manifests/v1", NOTHING).statusCode())
          .isEqualTo(405);
    }
  }

  @Test
  void zotTakesNoDockerTypesAndKeepsEmptyRepositories() throws Exception {
    try (var registry = like("zot", "");
        var client = new Client(registry.uri())) {
      assertThat(open(client, "org/empty").statusCode()).isEqualTo(202);
      assertThat(text(client.get("/v2/_catalog"))).contains("org/empty");
      var _ = client.pushImage("org/app", "v1", "layer");
      var type = "application/vnd.docker.distribution.manifest.v2+json";
      var docker = image("layer").replace(IMAGE, type);
      var answer = client.putManifest("org/app", "v2", type, docker);
      assertThat(answer.statusCode()).isEqualTo(415);
      assertThat(text(answer)).contains("\"detail\":{\"mediaType\":\"" + type + "\"}");
    }
  }

  @Test
  void ecrAnswersAChunkItsOwnWay() throws Exception {
    try (var registry = like("ecr", "");
        var client = new Client(registry.uri())) {
      assertThat(client.chunk(client.open("org/app"), 0, bytes("x")).statusCode()).isEqualTo(201);
    }
  }

  @Test
  void signsInLikeHarbor() throws Exception {
    var harbor = Likeness.of("harbor");
    var auth = harbor.auth(List.of(User.reader("robot$ci", "x")), false);
    try (var registry = Rehearsal.start(Settings.plain().like(harbor).with(auth));
        var client = new Client(registry.uri())) {
      var answer = open(client, "org/app");
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
          .startsWith(
              "Bearer realm=\"%sservice/token\",service=\"harbor-registry\""
                  .formatted(registry.uri()));
      var token = client.get("/service/token?service=harbor-registry");
      assertThat(token.statusCode()).isEqualTo(200);
      assertThat(text(token)).contains("\"expires_in\":1800");
    }
  }

  @Test
  void aKindByItsHostAndByAnotherName() {
    assertThat(Book.kindOfHost("ghcr.io")).contains("ghcr");
    assertThat(Book.kindOfHost("registry.example")).isEmpty();
    assertThat(Likeness.of("github").name()).isEqualTo("ghcr");
    assertThatThrownBy(() -> Likeness.of("gcrh"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no kind of registry is called 'gcrh'; there are oci, dockerhub");
  }
}
