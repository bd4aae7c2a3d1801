package dev.gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineFilesTest {
  private static final String DENIED =
      "build\tPush image\t2026-01-02T03:04:05.1Z ERROR: failed to push ghcr.io/acme/web:1:"
          + " unexpected status from POST request to https://ghcr.io/v2/acme/web/blobs/uploads/:"
          + " 403 Forbidden\n";
  private static final String READ_ONLY =
      "on: push\njobs:\n  build:\n    permissions:\n      contents: read\n    steps:\n"
          + "      - name: Push image\n        run: docker push ghcr.io/acme/web:1\n";

  @TempDir Path folder;

  private String write(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }

  @Test
  void theNamedFileGivesTheLineToChange() throws IOException {
    var log = write("a.log", DENIED);
    var workflow = write("ship.yml", READ_ONLY);
    var session = Session.of("explain", log, "--workflow", workflow);
    assertThat(session.out())
        .contains("auth.token-scope", workflow + ":4", "packages: write", "job build");
  }

  @Test
  void aNamedFileThatIsNoYamlIsOneErrorWithItsPlace() throws IOException {
    var log = write("a.log", DENIED);
    var workflow = write("ship.yml", "on: push\njobs:\n  build: [1, 2\n  ship: }\n");
    var session = Session.of("explain", log, "--workflow", workflow);
    assertThat(session.exit()).isEqualTo(Exit.USAGE);
    assertThat(session.err()).contains(workflow + ":4:", "no YAML");
    assertThat(session.out()).isEmpty();
    var missing = Session.of("explain", log, "--workflow", workflow + ".none");
    assertThat(missing.exit()).isEqualTo(Exit.USAGE);
    assertThat(missing.err()).contains("there is no file");
  }

  @Test
  void aFileBesideThatIsNoYamlIsANote() throws IOException {
    var log = write("run.log", DENIED);
    write("run.yml", "on: push\njobs:\n  build: [1, 2\n  ship: }\n");
    var session = Session.of("explain", log);
    assertThat(session.exit()).isEqualTo(Exit.DONE);
    assertThat(session.err()).contains("run.yml:4:", "was not read");
    assertThat(session.out()).contains("auth.");
  }

  @Test
  void aPieceOfAFileWithBrokenIndentationIsReadToo() throws IOException {
    var log = write("a.log", "ERROR: tag is needed when pushing to registry\n");
    var piece =
        write(
            "piece.yml",
            "          platforms: linux/amd64\n"
                + "           outputs: type=image,push-by-digest=true\n");
    var session = Session.of("explain", log, "--workflow", piece);
    assertThat(session.exit()).isEqualTo(Exit.DONE);
    assertThat(session.out()).contains("ci.tags-empty", piece + ":2");
  }
}
