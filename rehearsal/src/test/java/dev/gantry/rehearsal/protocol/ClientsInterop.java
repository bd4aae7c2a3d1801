package dev.gantry.rehearsal.protocol;

import static dev.gantry.rehearsal.Client.IMAGE;
import static dev.gantry.rehearsal.Client.bytes;
import static dev.gantry.rehearsal.Client.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.rehearsal.Client;
import dev.gantry.rehearsal.Programs;
import dev.gantry.rehearsal.Rehearsal;
import dev.gantry.rehearsal.Settings;
import dev.gantry.rehearsal.auth.Auth;
import dev.gantry.rehearsal.auth.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other people's clients push and pull here. */
class ClientsInterop {
  private static final Auth BEARER =
      new Auth.Bearer(
          List.of(User.writer("ann", "correct")), false, Duration.ofMinutes(5), Auth.Form.ES256);

  /** An image layout with one image of one layer, tagged v1. */
  private static Path layout(Path folder) throws Exception {
    var blobs = folder.resolve("layout/blobs/sha256");
    Files.createDirectories(blobs);
    var config =
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"%s\"]}}"
            .formatted(digest(new byte[1024]));
    var manifest =
        Client.image("-")
            .replace(digest(bytes("{}")), digest(bytes(config)))
            .replace("\"size\":2}", "\"size\":" + config.length() + "}")
            .replace(digest(bytes("-")), digest(new byte[1024]))
            .replace("\"size\":1}", "\"size\":1024}");
    for (var blob : List.of(bytes(config), bytes(manifest), new byte[1024])) {
      Files.write(blobs.resolve(digest(blob).substring("sha256:".length())), blob);
    }
    var index =
        "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,\"annotations\":{\"org.opencontainers.image.ref.name\":\"v1\"}}]}"
            .formatted(IMAGE, digest(bytes(manifest)), bytes(manifest).length);
    Files.writeString(folder.resolve("layout/index.json"), index);
    Files.writeString(folder.resolve("layout/oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    return folder.resolve("layout");
  }

  private static void run(Path folder, String... command) throws Exception {
    var ended = Programs.run(folder, command);
    assertThat(ended.status()).as(String.join(" ", command) + "\n" + ended.output()).isZero();
  }

  @Test
  void skopeo(@TempDir Path folder) throws Exception {
    Programs.require("skopeo");
    Files.writeString(
        folder.resolve("policy.json"), "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
    var policy = "--policy=" + folder.resolve("policy.json");
    try (var registry = Rehearsal.start(Settings.plain().with(BEARER))) {
      var target = "docker://" + registry.name() + "/team/app:v1";
      var from = "oci:" + layout(folder) + ":v1";
      run(
          folder,
          "skopeo",
          policy,
          "copy",
          "--dest-tls-verify=false",
          "--dest-creds=ann:correct",
          from,
          target);
      run(
          folder,
          "skopeo",
          policy,
          "copy",
          "--src-tls-verify=false",
          "--src-creds=ann:correct",
          target,
          "dir:" + folder.resolve("back"));
      run(folder, "skopeo", "delete", "--tls-verify=false", "--creds=ann:correct", target);
      assertThat(registry.check()).isEmpty();
      assertThat(registry.store().repository("team/app").orElseThrow().tags()).isEmpty();
    }
  }

  @Test
  void crane(@TempDir Path folder) throws Exception {
    Programs.wish("crane");
    try (var registry = Rehearsal.start(Settings.plain().with(BEARER))) {
      run(folder, "crane", "auth", "login", registry.name(), "-u", "ann", "-p", "correct");
      var source = layout(folder).toString();
      var target = registry.name() + "/team/app";
      run(folder, "crane", "push", "--index", source, target + ":index");
      run(folder, "crane", "copy", target + ":index", registry.name() + "/other/app:copy");
      run(folder, "crane", "validate", "--fast", "--remote", registry.name() + "/other/app:copy");
      run(folder, "crane", "catalog", registry.name());
      assertThat(Programs.run(folder, "crane", "ls", target).output()).isEqualTo("index\n");
      assertThat(registry.check()).isEmpty();
    }
  }

  @Test
  void buildah(@TempDir Path folder) throws Exception {
    Programs.require("buildah");
    var store =
        List.of(
            "--root",
            folder.resolve("root").toString(),
            "--runroot",
            folder.resolve("run").toString(),
            "--storage-driver",
            "vfs");
    try (var registry = Rehearsal.start()) {
      var target = registry.name() + "/team/scratch:v1";
      run(folder, buildah(store, "from", "--name", "made", "scratch"));
      run(folder, buildah(store, "commit", "made", "made:v1"));
      run(folder, buildah(store, "push", "--tls-verify=false", "made:v1", "docker://" + target));
      run(folder, buildah(store, "pull", "--tls-verify=false", target));
      assertThat(registry.check()).isEmpty();
    }
  }

  private static String[] buildah(List<String> store, String... arguments) {
    var command = new java.util.ArrayList<String>();
    command.add("buildah");
    command.addAll(store);
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
  }

  @Test
  void curl(@TempDir Path folder) throws Exception {
    Programs.require("curl");
    var file = folder.resolve("blob");
    Files.write(file, new byte[300_000]);
    var digest = digest(new byte[300_000]);
    try (var registry = Rehearsal.start()) {
      var uploads = registry.uri() + "v2/a/b/blobs/uploads/?digest=" + digest;
      run(
          folder,
          "curl",
          "-fsS",
          "-X",
          "POST",
          "-H",
          "Expect: 100-continue",
          "-H",
          "Content-Type: application/octet-stream",
          "--data-binary",
          "@" + file,
          uploads);
      run(
          folder,
          "curl",
          "-fsS",
          "-r",
          "1000-",
          "-o",
          folder.resolve("rest").toString(),
          registry.uri() + "v2/a/b/blobs/" + digest);
      assertThat(folder.resolve("rest")).hasSize(299_000);
    }
  }
}
