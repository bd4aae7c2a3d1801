package dev.gantry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.http.Authority;
import dev.gantry.http.Pem;
import dev.gantry.http.Tls;
import dev.gantry.login.Credential;
import dev.gantry.login.Secret;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Json;
import dev.gantry.oci.Reference;
import dev.gantry.source.Dockerd;
import dev.gantry.source.Source;
import dev.gantry.wire.Terms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that others built, pushed to registries that others wrote, and read back by others. */
class WalkInterop {
  @TempDir Path folder;

  private Surroundings around(Map<String, String> more) {
    var environment = new java.util.HashMap<>(more);
    environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    return Surroundings.of(environment, folder);
  }

  private static Receipt push(Surroundings around, String source, String... targets) {
    var request =
        PublishRequest.of(
            Source.parse(source),
            Arrays.stream(targets).map(Reference::parse).map(Destination::of).toList());
    try (var wiring = new Wiring(around, request.registries(), _ -> {})) {
      return new Publisher(wiring).publish(request).receipt();
    }
  }

  private String run(String... command) throws Exception {
    var ran = Dockerd.run(Map.of(), Optional.of(folder), command);
    assertThat(ran.code()).as(String.join(" ", command) + ": " + ran.said()).isZero();
    return ran.said();
  }

  /** Layers of two files, built by buildah; the folder of the layout. */
  private Path built(String name) throws Exception {
    var context = Files.createDirectories(folder.resolve(name));
    var noise = new byte[300_000];
    new java.util.Random(7).nextBytes(noise);
    Files.write(context.resolve("noise"), noise);
    Files.writeString(context.resolve("hello"), "hello\n");
    Files.writeString(
        context.resolve("Dockerfile"), "FROM scratch\nCOPY noise /noise\nCOPY hello /hello\n");
    var store =
        List.of(
            "--root",
            folder.resolve("store").toString(),
            "--runroot",
            folder.resolve("run").toString(),
            "--storage-driver",
            "vfs");
    var build = new ArrayList<>(List.of("buildah"));
    build.addAll(store);
    build.addAll(
        List.of("bud", "--isolation", "chroot", "--layers", "-t", name, context.toString()));
    run(build.toArray(String[]::new));
    var layout = folder.resolve(name + "-oci");
    var push = new ArrayList<>(List.of("buildah"));
    push.addAll(store);
    push.addAll(List.of("push", name, "oci:" + layout + ":v1"));
    run(push.toArray(String[]::new));
    return layout;
  }

  private String rawDigest(String reference) throws Exception {
    var raw = run("skopeo", "inspect", "--raw", "--tls-verify=false", "docker://" + reference);
    return Bytes.of(raw).digest().toString();
  }

  @Test
  void whatBuildahBuiltArrivesFromLayoutAndArchives() throws Exception {
    Dockerd.assume("buildah", "skopeo", "docker-registry");
    var layout = built("app");
    var tar = folder.resolve("app.tar");
    run("tar", "-C", layout.toString(), "-cf", tar.toString(), ".");
    var docker = folder.resolve("docker.tar");
    run("skopeo", "copy", "oci:" + layout + ":v1", "docker-archive:" + docker + ":app:v1");
    try (var registry =
        DockerRegistry.start("docker-registry", folder.resolve("registry"), "", "")) {
      var name = registry.name() + "/demo/app:";
      var fromLayout = push(around(Map.of()), "oci:" + layout, name + "layout");
      var fromTar = push(around(Map.of()), "oci-archive:" + tar, name + "tar");
      assertThat(fromTar.root()).isEqualTo(fromLayout.root());
      assertThat(fromTar.deliveries().getFirst().blobsSent()).isZero();
      assertThat(rawDigest(name + "layout")).isEqualTo(fromLayout.root().digest().toString());
      var fromDocker = push(around(Map.of()), "docker-archive:" + docker, name + "docker");
      assertThat(rawDigest(name + "docker")).isEqualTo(fromDocker.root().digest().toString());
      assertThat(config(name + "docker").text("rootfs"))
          .isEqualTo(config(name + "layout").text("rootfs"));
      assertThat(config(name + "docker").get("rootfs"))
          .isEqualTo(config(name + "layout").get("rootfs"));
    }
  }

  private Json.Obj config(String reference) throws Exception {
    return Json.parseObject(
        Bytes.of(
            run("skopeo", "inspect", "--config", "--tls-verify=false", "docker://" + reference)));
  }

  @Test
  void whatTheEngineBuiltArrivesAndTheEnginePullsIt() throws Exception {
    Dockerd.assume("dockerd", "docker", "docker-registry", "skopeo");
    var context = Files.createDirectories(folder.resolve("context"));
    Files.writeString(context.resolve("hello"), "hello from the engine\n");
    Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY hello /hello\n");
    try (var engine = Dockerd.start(Files.createDirectories(folder.resolve("engine")));
        var registry =
            DockerRegistry.start("docker-registry", folder.resolve("registry"), "", "")) {
      engine.docker("build", "-t", "app:v1", context.toString());
      var id = engine.docker("image", "inspect", "--format", "{{.Id}}", "app:v1").strip();
      var name = registry.name() + "/demo/app:";
      var around = around(Map.of("DOCKER_HOST", engine.host()));
      var receipt = push(around, "docker-daemon:app:v1", name + "v1");
      assertThat(rawDigest(name + "v1")).isEqualTo(receipt.root().digest().toString());
      var saved = folder.resolve("saved.tar");
      engine.docker("save", "-o", saved.toString(), "app:v1");
      var again = push(around, "docker-archive:" + saved, name + "saved");
      assertThat(again.root()).isEqualTo(receipt.root());
      assertThat(again.deliveries().getFirst().blobsSent()).isZero();
      engine.docker("rmi", "app:v1");
      engine.docker("pull", name + "v1");
      assertThat(engine.docker("image", "inspect", "--format", "{{.Id}}", name + "v1").strip())
          .isEqualTo(id);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker-registry", "registry", "zot"})
  void anIndexOfTwoPlatformsIsCopiedOutWhole(String program) throws Exception {
    if (!program.equals("docker-registry")) {
      Assumptions.assumeTrue(onPath(program), "there is no " + program + " on the PATH");
    }
    Dockerd.assume("skopeo", "docker-registry");
    var layout = Path.of(System.getProperty("gantry.root"), "examples/hello");
    try (var registry =
        program.equals("zot")
            ? DockerRegistry.zot(folder.resolve("registry"))
            : DockerRegistry.start(program, folder.resolve("registry"), "", "")) {
      var name = registry.name() + "/demo/app:v1";
      var receipt = push(around(Map.of()), "oci:" + layout, name);
      assertThat(rawDigest(name)).isEqualTo(receipt.root().digest().toString());
      var copy = folder.resolve("copy");
      run(
          "skopeo",
          "copy",
          "--all",
          "--src-tls-verify=false",
          "docker://" + name,
          "oci:" + copy + ":v1");
      assertThat(names(copy.resolve("blobs/sha256")))
          .containsAll(names(layout.resolve("blobs/sha256")));
      var second = registry.name() + "/team/app:v1";
      var copied = push(around(Map.of()), "docker://" + name, second);
      assertThat(copied.root()).isEqualTo(receipt.root());
      // Mounted, or found there: zot shares blobs between repositories by itself.
      assertThat(copied.deliveries().getFirst().bytesSent()).isZero();
      peersAgree(second, receipt);
    }
  }

  /** crane, regctl and oras, where they are on the PATH. */
  private void peersAgree(String reference, Receipt receipt) throws Exception {
    var digest = receipt.root().digest().toString();
    if (onPath("crane")) {
      assertThat(run("crane", "digest", "--insecure", reference)).contains(digest);
      run("crane", "validate", "--insecure", "--remote", reference);
    }
    if (onPath("regctl")) {
      run("regctl", "registry", "set", "--tls", "disabled", reference.replaceFirst("/.*", ""));
      assertThat(run("regctl", "image", "digest", reference)).contains(digest);
    }
    if (onPath("oras")) {
      assertThat(run("oras", "resolve", "--plain-http", reference)).contains(digest);
    }
  }

  private static boolean onPath(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(place -> Files.isExecutable(Path.of(place).resolve(program)));
  }

  private static Set<String> names(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      return Set.copyOf(files.map(file -> file.getFileName().toString()).toList());
    }
  }

  @Test
  void passwordsAndAnOwnAuthorityAreUnderstood() throws Exception {
    Dockerd.assume("docker-registry", "htpasswd");
    var users = folder.resolve("users");
    Files.writeString(users, run("htpasswd", "-Bbn", "octo", "right"));
    var authority = Authority.make("test authority");
    var identity = authority.issue(List.of("localhost", "127.0.0.1"));
    var certificate = folder.resolve("server.pem");
    var key = folder.resolve("server.key");
    Files.writeString(certificate, Pem.of(identity.chain()));
    Files.writeString(key, Pem.of(identity.key()));
    var layout = Layouts.image(folder.resolve("image"), "a", 2);
    try (var registry =
        DockerRegistry.start(
            "docker-registry",
            folder.resolve("registry"),
            "  tls:\n    certificate: " + certificate + "\n    key: " + key + "\n",
            "auth:\n  htpasswd:\n    realm: test\n    path: " + users + "\n")) {
      var name = registry.name() + "/demo/app:v1";
      var tls = Tls.of(Tls.Rules.DEFAULT.trusting(List.of(authority.certificate())));
      var trusting = with(around(Map.of()), tls);
      var right = new Credential.Password("octo", new Secret("right"), "the test");
      var receipt = push(trusting.with(right), "oci:" + layout, name);
      assertThat(receipt.deliveries().getFirst().credential()).isEqualTo("the test");
      assertThat(receipt.deliveries().getFirst().anonymous()).isEqualTo(Receipt.Anonymous.NO);
      var wrong = new Credential.Password("octo", new Secret("wr0ng-secret"), "the test");
      var failed = failed(trusting.with(wrong), layout, name);
      assertThat(failed.failure().seen().orElseThrow().answer().orElseThrow().status())
          .isEqualTo(401);
      assertThat(failed.toString()).doesNotContain("wr0ng-secret");
      var untrusting = failed(around(Map.of()), layout, name);
      assertThat(untrusting.failure().toString()).contains("TLS_TRUST");
    }
  }

  private static Outcome.Failed failed(Surroundings around, Path layout, String name) {
    var request =
        PublishRequest.of(
            Source.parse("oci:" + layout), List.of(Destination.of(Reference.parse(name))));
    try (var wiring = new Wiring(around, request.registries(), _ -> {})) {
      var outcome = new Publisher(wiring).publish(request);
      assertThat(outcome).isInstanceOf(Outcome.Failed.class);
      return (Outcome.Failed) outcome;
    }
  }

  private static Surroundings with(Surroundings around, Tls tls) {
    return new Surroundings(
        around.environment(),
        around.home(),
        around.registries(),
        around.plainHttp(),
        tls,
        around.authFile(),
        around.credential(),
        around.standin(),
        Terms.USUAL_CONCURRENCY,
        around.timeout());
  }
}
