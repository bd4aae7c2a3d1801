package dev.gantry.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a source is written. */
class SourceTextTest {
  @TempDir Path folder;

  @BeforeEach
  void setUp() throws Exception {
    Files.createDirectory(folder.resolve("layout"));
    Files.writeString(folder.resolve("layout/oci-layout"), "{}");
    Files.createDirectory(folder.resolve("lay:out"));
    Files.writeString(folder.resolve("lay:out/index.json"), "{}");
    Files.writeString(folder.resolve("app.tar"), "");
    Files.writeString(folder.resolve("app.tar:v1"), "");
  }

  @Test
  void transports() {
    assertThat(parse("oci:layout"))
        .isEqualTo(new Source.OciLayout(folder.resolve("layout"), Optional.empty()));
    assertThat(parse("oci:layout:v1"))
        .isEqualTo(new Source.OciLayout(folder.resolve("layout"), Optional.of("v1")));
    assertThat(parse("oci:layout:ghcr.io/o/a:v1"))
        .isEqualTo(new Source.OciLayout(folder.resolve("layout"), Optional.of("ghcr.io/o/a:v1")));
    assertThat(parse("oci-archive:app.tar:v2"))
        .isEqualTo(archive(Source.Form.OCI, "app.tar", "v2"));
    assertThat(parse("docker-archive:app.tar")).isEqualTo(archive(Source.Form.DOCKER, "app.tar"));
    assertThat(parse("docker-archive:-"))
        .isEqualTo(
            new Source.Archive(Source.Form.DOCKER, new Source.Input.Standard(), Optional.empty()));
    assertThat(parse("oci-archive:-:v1"))
        .isEqualTo(
            new Source.Archive(Source.Form.OCI, new Source.Input.Standard(), Optional.of("v1")));
    assertThat(parse("docker-daemon:app:v1")).isEqualTo(new Source.DockerDaemon("app:v1"));
    assertThat(parse("docker-daemon:" + "a".repeat(64)))
        .isEqualTo(new Source.DockerDaemon("a".repeat(64)));
    assertThat(parse("docker://nginx:alpine"))
        .isEqualTo(new Source.Remote(Reference.parse("nginx:alpine")));
  }

  @Test
  void pathsByContentAndWithColons() {
    assertThat(parse("layout"))
        .isEqualTo(new Source.OciLayout(folder.resolve("layout"), Optional.empty()));
    assertThat(parse("lay:out:v1"))
        .isEqualTo(new Source.OciLayout(folder.resolve("lay:out"), Optional.of("v1")));
    assertThat(parse("app.tar:v1")).isEqualTo(archive(Source.Form.AS_FOUND, "app.tar:v1"));
    assertThat(parse("app.tar:v3")).isEqualTo(archive(Source.Form.AS_FOUND, "app.tar", "v3"));
    assertThat(parse(folder.resolve("app.tar").toString()))
        .isEqualTo(archive(Source.Form.AS_FOUND, "app.tar"));
  }

  @Test
  void spellingIsReadAgain() {
    for (var text : new String[] {"oci:layout:v1", "docker-archive:-", "docker-daemon:a:b"}) {
      var source = parse(text);
      assertThat(parse(source.toString())).isEqualTo(source);
    }
  }

  @Test
  void neitherPathNorTransport() {
    var problem = problem("myapp:v1");
    assertThat(problem.cause()).isEqualTo("name.local-image-missing");
    assertThat(problem.what()).contains("'myapp:v1'");
    assertThat(problem.todo())
        .contains(folder.resolve("myapp:v1").toString())
        .contains("docker-daemon:myapp:v1")
        .contains("docker://myapp:v1");
    assertThat(problem("./no/Such").todo()).contains("no image can have this name");
  }

  @Test
  void wrongSpellings() {
    assertThat(problem("").what()).contains("empty");
    assertThat(problem("oci:").what()).contains("nothing stands behind 'oci:'");
    assertThat(problem("oci:missing:v1").what()).contains("'missing'");
    assertThat(problem("containers-storage:app").todo()).contains("podman save");
    assertThat(problem("https://ghcr.io/o/a").todo()).contains("docker://");
    assertThat(problem("-").todo()).contains("docker-archive:-");
    assertThat(problem("docker-daemon:MyApp").cause()).isEqualTo("name.uppercase");
    assertThat(problem("docker-daemon:MyApp").todo()).contains("myapp");
    assertThat(problem("docker://a//b").cause()).isEqualTo("name.invalid-reference");
    assertThat(problem("layout\0").what()).contains("no path");
  }

  private Source.Archive archive(Source.Form form, String file) {
    return new Source.Archive(form, new Source.Input.File(folder.resolve(file)), Optional.empty());
  }

  private Source.Archive archive(Source.Form form, String file, String entry) {
    return new Source.Archive(
        form, new Source.Input.File(folder.resolve(file)), Optional.of(entry));
  }

  private Source parse(String text) {
    return Source.parse(text, folder);
  }

  private Failure.Problem problem(String text) {
    var thrown = catchThrowableOfType(PublishException.class, () -> parse(text));
    assertThat(thrown).as(text).isNotNull();
    return ((Failure.Refused) thrown.failure()).problems().getFirst();
  }
}
