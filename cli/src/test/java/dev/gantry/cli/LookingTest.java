package dev.gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.oci.Bytes;
import dev.gantry.oci.Json;
import dev.gantry.rehearsal.Rehearsal;
import dev.gantry.rehearsal.Settings;
import dev.gantry.rehearsal.auth.Auth;
import dev.gantry.rehearsal.auth.User;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look at a registry, change one thing in it or sign in to it. */
class LookingTest {
  private static final String CONFIG =
      "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Labels\":{\"a\":\"b\"}},"
          + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}";

  @TempDir private Path home;

  private Session gantry(String... words) {
    return Session.in(
        Map.of("LANG", "C.UTF-8", "HOME", home.toString(), "DOCKER_CONFIG", home.toString()),
        "secret\n",
        words);
  }

  /** Puts an image with these tags there by the JDK's client, not by ours. */
  private static String fill(Rehearsal registry, String... tags) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var config = Bytes.of(CONFIG.getBytes(StandardCharsets.UTF_8));
      var base = registry.uri() + "v2/demo/app/";
      var post =
          HttpRequest.newBuilder(URI.create(base + "blobs/uploads/?digest=" + config.digest()))
              .POST(HttpRequest.BodyPublishers.ofString(CONFIG));
      assertThat(client.send(post.build(), HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(201);
      var manifest =
          """
          {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
          "config":{"mediaType":"application/vnd.oci.image.config.v1+json",\
          "digest":"%s","size":%s},"layers":[]}\
          """
              .formatted(config.digest(), CONFIG.length());
      for (var tag : tags) {
        var put =
            HttpRequest.newBuilder(URI.create(base + "manifests/" + tag))
                .header("Content-Type", "application/vnd.oci.image.manifest.v1+json")
                .PUT(HttpRequest.BodyPublishers.ofString(manifest));
        assertThat(client.send(put.build(), HttpResponse.BodyHandlers.discarding()).statusCode())
            .isEqualTo(201);
      }
      return manifest;
    }
  }

  private static String digest(String manifest) {
    return Bytes.of(manifest.getBytes(StandardCharsets.UTF_8)).digest().toString();
  }

  @Test
  void digestPrintsTheDigestAndNothingElse() throws Exception {
    try (var registry = Rehearsal.start()) {
      var manifest = fill(registry, "v1");
      var reference = registry.name() + "/demo/app:v1";
      var text = gantry("digest", reference);
      assertThat(text).isEqualTo(new Session(Exit.DONE, digest(manifest) + "\n", ""));
      assertThat(gantry("digest", "docker://" + reference)).isEqualTo(text);
      Schemas.hold("digest", gantry("digest", reference, "--json", "--lang", "zh").out());
      var pinned = gantry("digest", reference + "@" + digest(manifest));
      assertThat(pinned.out()).isEqualTo(text.out());
    }
  }

  @Test
  void lsPrintsOneTagALine() throws Exception {
    try (var registry = Rehearsal.start()) {
      var manifest = fill(registry, "v1", "v2");
      var repository = registry.name() + "/demo/app";
      assertThat(gantry("ls", repository).out()).isEqualTo("v1\nv2\n");
      assertThat(gantry("ls", repository, "--digests").out())
          .isEqualTo("v1\t" + digest(manifest) + "\nv2\t" + digest(manifest) + "\n");
      Schemas.hold("ls", gantry("ls", repository, "--json").out());
      Schemas.hold("ls", gantry("ls", repository, "--digests", "--json").out());
      assertThat(gantry("ls", repository + ":v1").exit()).isEqualTo(Exit.YOURS);
    }
  }

  @Test
  void inspectShowsTheParts() throws Exception {
    try (var registry = Rehearsal.start()) {
      var manifest = fill(registry, "v1");
      var reference = registry.name() + "/demo/app:v1";
      assertThat(gantry("inspect", reference).out())
          .contains(digest(manifest), "linux/amd64", "a=b");
      assertThat(gantry("inspect", reference, "--raw").out()).isEqualTo(manifest);
      assertThat(gantry("inspect", reference, "--config").out()).isEqualTo(CONFIG);
      Schemas.hold("inspect", gantry("inspect", reference, "--json").out());
    }
  }

  @Test
  void rmTakesOneTagAndLeavesItsSiblings() throws Exception {
    try (var registry = Rehearsal.start()) {
      var manifest = fill(registry, "v1", "v2");
      var repository = registry.name() + "/demo/app";
      Schemas.hold("rm", gantry("rm", repository + ":v1", "--dry-run", "--json").out());
      assertThat(gantry("ls", repository).out()).isEqualTo("v1\nv2\n");
      assertThat(gantry("rm", repository + ":v1", repository + ":gone").exit())
          .isEqualTo(Exit.YOURS);
      assertThat(gantry("ls", repository).out()).isEqualTo("v1\nv2\n");
      Schemas.hold("rm", gantry("rm", repository + ":v1", "--json").out());
      assertThat(gantry("ls", repository).out()).isEqualTo("v2\n");
      assertThat(gantry("digest", repository + ":v2").out().strip()).isEqualTo(digest(manifest));
      assertThat(registry.check()).isEmpty();
    }
  }

  @Test
  void absentTagNamesTheNearest() throws Exception {
    try (var registry = Rehearsal.start()) {
      fill(registry, "v1.2.3", "v1.2.4");
      var run = gantry("digest", registry.name() + "/demo/app:1.2.3", "--json");
      assertThat(run.exit()).isEqualTo(Exit.YOURS);
      assertThat(run.err()).contains("v1.2.3");
      Schemas.hold("failure", run.out());
    }
  }

  @Test
  void referenceWithoutTagOffersLatest() {
    var run = gantry("digest", "registry.example/demo/app");
    assertThat(run.exit()).isEqualTo(Exit.YOURS);
    assertThat(run.err()).contains("registry.example/demo/app:latest");
  }

  @Test
  void loginKeepsWhatWorksAndNothingElse() throws Exception {
    var settings =
        Settings.plain().with(new Auth.Basic(List.of(User.writer("dev", "secret")), false));
    try (var registry = Rehearsal.start(settings)) {
      var file = home.resolve("config.json");
      assertThat(gantry("login", registry.name(), "-u", "eve", "--password-stdin").exit())
          .isEqualTo(Exit.YOURS);
      assertThat(Files.exists(file)).isFalse();
      var run = gantry("login", registry.name(), "-u", "dev", "--password-stdin", "--json");
      Schemas.hold("login", run.out());
      assertThat(run.out() + run.err()).doesNotContain("secret");
      assertThat(((Json.Obj) Json.parse(Files.readString(file))).object("auths").orElseThrow())
          .isEqualTo(
              Json.object().with(registry.name(), Json.object().with("auth", "ZGV2OnNlY3JldA==")));
      assertThat(gantry("ls", registry.name() + "/demo/app").exit()).isEqualTo(Exit.DONE);
      Schemas.hold("logout", gantry("logout", registry.name(), "--json").out());
      assertThat(gantry("ls", registry.name() + "/demo/app").exit()).isEqualTo(Exit.YOURS);
    }
  }

  @Test
  void emptyPasswordIsNoPassword() {
    var run =
        Session.in(
            Map.of("HOME", home.toString()), "", "login", "ghcr.io", "-u", "x", "--password-stdin");
    assertThat(run.exit()).isEqualTo(Exit.USAGE);
    assertThat(run.err()).contains("standard input is empty");
  }

  @Test
  void hostThatIsNotThere() throws IOException {
    int closed;
    try (var socket = new java.net.ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    var run = gantry("digest", "127.0.0.1:" + closed + "/demo/app:v1", "--json", "--quiet");
    assertThat(run.exit()).isEqualTo(Exit.LATER);
    Schemas.hold("failure", run.out());
  }

  @Test
  void resolveKeepsThePortOutOfTheTag() throws Exception {
    var file =
        Files.writeString(
            home.resolve("registries.yaml"),
            """
            registries:
              - id: 5
                name: harbor
                kind: harbor
                url: https://reg.example:10443
                projects:
                  - id: 5
                    name: production
                    path: prod
            """);
    var words =
        new String[] {
          "resolve",
          "--image",
          "myapp",
          "--tag",
          "0722",
          "--registry",
          "5",
          "--project",
          "production",
          "--registries",
          file.toString(),
          "--json"
        };
    var run = gantry(words);
    Schemas.hold("resolution", run.out());
    assertThat(((Json.Obj) Json.parse(run.out().strip())).text("target"))
        .contains("reg.example:10443/prod/myapp:0722");
    assertThat(gantry("resolve").exit()).isEqualTo(Exit.USAGE);
  }
}
