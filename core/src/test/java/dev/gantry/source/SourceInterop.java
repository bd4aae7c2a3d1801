package dev.gantry.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.oci.Bytes;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Json;
import dev.gantry.oci.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real tools write is read, and means the same to them and to us. */
class SourceInterop {
  @TempDir Path folder;

  @Test
  void whatSkopeoCopies() throws Exception {
    Dockerd.assume("skopeo");
    Pictures.write(
        folder.resolve("made"),
        Pictures.layout(
            List.of(Pictures.picture(new java.util.Random(8), 2, "linux", "amd64")),
            List.of("v1"),
            true));
    skopeo("oci:made:v1", "oci-archive:made.tar:v1");
    skopeo("oci:made:v1", "docker-archive:docker.tar:example.com/made:v1");
    var reader = new Reader(folder);
    var made = reader.whole("made");
    var archive = reader.whole("made.tar");
    Reader.checkWhole(archive);
    assertThat(archive.root()).isEqualTo(made.root());
    var docker = reader.whole("docker.tar:example.com/made:v1");
    Reader.checkWhole(docker);
    assertThat(diffIds(docker)).isEqualTo(diffIds(made));
  }

  @Test
  void whatBuildahBuilds() throws Exception {
    Dockerd.assume("buildah");
    Files.writeString(
        folder.resolve("Containerfile"),
        "FROM scratch\nCOPY Containerfile /a\nCOPY Containerfile /b\nENTRYPOINT [\"/a\"]\n");
    var storage =
        List.of("--root", folder.resolve("root").toString(), "--runroot", folder + "/run");
    var build = new ArrayList<>(List.of("buildah"));
    build.addAll(storage);
    build.addAll(List.of("--storage-driver", "vfs", "bud", "--isolation", "chroot", "--layers"));
    build.addAll(List.of("-t", "built:v1", "-f", "Containerfile", "."));
    run(build);
    for (var target : List.of("oci:built", "oci-archive:built.tar", "docker-archive:docker.tar")) {
      var push = new ArrayList<>(List.of("buildah"));
      push.addAll(storage);
      push.addAll(List.of("--storage-driver", "vfs", "push", "built:v1", target + ":built:v1"));
      run(push);
    }
    var reader = new Reader(folder);
    var layout = reader.whole("oci:built");
    Reader.checkWhole(layout);
    assertThat(reader.whole("built.tar").root()).isEqualTo(layout.root());
    var docker = reader.whole("docker.tar");
    Reader.checkWhole(docker);
    assertThat(diffIds(docker)).isEqualTo(diffIds(layout));
  }

  @Test
  void whatTheEngineHasAndSaves() throws Exception {
    var build = Files.createDirectory(folder.resolve("build"));
    Files.writeString(build.resolve("a"), "one\n".repeat(10_000));
    Files.writeString(build.resolve("Dockerfile"), "FROM scratch\nCOPY a /a\nCOPY a /b\n");
    try (var engine = Dockerd.start(Files.createDirectory(folder.resolve("engine")))) {
      engine.docker("build", "-q", "-t", "built:v1", build.toString());
      engine.docker("save", "-o", folder.resolve("saved.tar").toString(), "built:v1");
      var reader = new Reader(folder, Map.of("DOCKER_HOST", engine.host()));
      var draft = (Artifact.Draft) reader.read("docker-daemon:built:v1");
      var whole = draft.finish();
      Reader.checkWhole(whole);
      assertThat(draft.layers()).hasSameSizeAs(whole.layers());
      for (int i = 0; i < whole.layers().size(); i++) {
        assertThat(whole.layers().get(i).atMost())
            .isLessThanOrEqualTo(draft.layers().get(i).atMost());
      }
      assertThat(reader.read("docker-daemon:built:v1")).isInstanceOf(Artifact.Whole.class);

      var saved = new Reader(folder.resolve("other")).whole(folder.resolve("saved.tar").toString());
      Reader.checkWhole(saved);
      assertThat(saved.root()).isEqualTo(whole.root());
      var id = engine.docker("image", "inspect", "-f", "{{.Id}}", "built:v1").strip();
      assertThat(config(whole).digest()).isEqualTo(Digest.parse(id));

      assertThat(reader.problem("docker-daemon:bulit:v1").todo()).contains("built:v1");
      back(engine, whole);
    }
  }

  /** What was read goes back into the Engine under the same id. */
  private void back(Dockerd engine, Artifact.Whole whole) throws Exception {
    var entries = new ArrayList<Pictures.Entry>();
    var names = new ArrayList<String>();
    for (var layer : ((Manifest.Image) whole.root()).layers()) {
      names.add(layer.digest().encoded() + ".tar");
      entries.add(Pictures.Entry.file(names.getLast(), Reader.plain(whole, layer)));
    }
    var config = config(whole);
    entries.add(Pictures.Entry.file("config.json", config));
    entries.add(
        Pictures.Entry.file("manifest.json", Pictures.list("config.json", "back:v1", names)));
    Pictures.writeTar(folder.resolve("back.tar"), entries);
    engine.docker("load", "-i", folder.resolve("back.tar").toString());
    assertThat(engine.docker("image", "inspect", "-f", "{{.Id}}", "back:v1").strip())
        .isEqualTo(config.digest().toString());
  }

  private static Bytes config(Artifact.Whole whole) throws Exception {
    return whole.content().bytes(((Manifest.Image) whole.root()).config(), 1 << 20);
  }

  private static List<String> diffIds(Artifact.Whole whole) throws Exception {
    return Json.parseObject(config(whole))
        .object("rootfs")
        .flatMap(fs -> fs.array("diff_ids"))
        .orElseThrow()
        .texts();
  }

  private void skopeo(String from, String to) throws Exception {
    run(List.of("skopeo", "--insecure-policy", "copy", "-q", from, to));
  }

  private void run(List<String> command) throws Exception {
    var ran = Dockerd.run(Map.of(), Optional.of(folder), command.toArray(String[]::new));
    assertThat(ran.code()).as(String.join(" ", command) + ": " + ran.said()).isZero();
  }
}
