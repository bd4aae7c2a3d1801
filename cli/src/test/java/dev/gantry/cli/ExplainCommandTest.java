package dev.gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.oci.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
  private static final String DENIED =
      "ERROR: failed to push ghcr.io/acme/web:1: denied: permission_denied: write_package\n";

  @TempDir Path folder;

  private String log(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void jsonIsOneLineALogAndABadLogEndsNothing() throws IOException {
    var good = log("a.log", DENIED);
    var missing = folder.resolve("none.log").toString();
    var session = Session.of("explain", "--json", missing, good);
    assertThat(session.exit()).isEqualTo(Exit.YOURS);
    var lines = session.out().lines().toList();
    assertThat(lines).hasSize(2);
    lines.forEach(line -> Schemas.hold("explain", line));
    var bad = (Json.Obj) Json.parse(lines.getFirst());
    assertThat(bad.text("file")).contains(missing);
    assertThat(bad.text("error")).isPresent();
    var read = (Json.Obj) Json.parse(lines.getLast());
    assertThat(read.text("file")).contains(good);
    var first = read.array("diagnoses").orElseThrow().objects().getFirst();
    assertThat(first.text("cause")).contains("auth.package-access");
    assertThat(first.array("evidence").orElseThrow().items()).isNotEmpty();
    assertThat(first.array("remedies").orElseThrow().items()).isNotEmpty();
    assertThat(first.get("confidence").orElseThrow()).isInstanceOf(Json.Num.class);
  }

  @Test
  void standardInputIsALogToo() {
    var session = Session.in(Map.of("LANG", "zh_CN.UTF-8"), DENIED, "explain", "-");
    assertThat(session.exit()).isEqualTo(Exit.DONE);
    assertThat(session.out()).contains("auth.package-access", "所见", "Manage Actions access");
  }

  @Test
  void whatIsNoLogIsSaidWithWhatToDo() throws IOException {
    var empty = Session.of("explain", log("empty.log", ""));
    assertThat(empty.err()).contains("is empty", "2>&1");
    assertThat(empty.out()).contains("it cannot be told");
    assertThat(empty.exit()).isEqualTo(Exit.DONE);
    var folded = Session.of("explain", folder.toString());
    assertThat(folded.err()).contains("it is a folder");
    assertThat(folded.exit()).isEqualTo(Exit.YOURS);
    var unknown = Session.of("explain", "auth.nope");
    assertThat(unknown.err()).contains("no such file", "--list");
    assertThat(unknown.exit()).isEqualTo(Exit.YOURS);
  }

  @Test
  void theExitCodeSaysWhoCanFixIt() throws IOException {
    var yours = log("a.log", DENIED);
    var later = log("b.log", "toomanyrequests: You have reached your pull rate limit\n");
    assertThat(Session.of("explain", "--exit-code", yours).exit()).isEqualTo(Exit.YOURS);
    assertThat(Session.of("explain", "--exit-code", later).exit()).isEqualTo(Exit.LATER);
    assertThat(Session.of("explain", later).exit()).isEqualTo(Exit.DONE);
  }

  @Test
  void theWorkflowBesideTheLogSharpensTheCause() throws IOException {
    var text =
        "ERROR: failed to push ghcr.io/acme/web:1: unexpected status from POST request to"
            + " https://ghcr.io/v2/acme/web/blobs/uploads/: 403 Forbidden\n";
    var alone = log("alone.log", text);
    var beside = log("run.log", text);
    log(
        "run.yml",
        "on: push\npermissions:\n  contents: read\n  packages: write\njobs:\n  build:\n"
            + "    runs-on: ubuntu-latest\n    steps:\n      - uses: docker/login-action@v3\n");
    assertThat(cause(Session.of("explain", "--json", alone))).isEqualTo("auth.token-scope");
    assertThat(cause(Session.of("explain", "--json", beside))).isEqualTo("auth.package-access");
  }

  private static String cause(Session session) {
    var json = (Json.Obj) Json.parse(session.out().strip());
    return json.array("diagnoses").orElseThrow().objects().getFirst().needText("cause");
  }

  @Test
  void aLogThatSaysNothingIsCalledSo() throws IOException {
    var session = Session.of("explain", log("quiet.log", "all is well\n"));
    assertThat(session.out()).contains("it cannot be told from this log", "look");
    assertThat(session.exit()).isEqualTo(Exit.DONE);
  }

  @Test
  void markdownAndAnnotationsAreWrittenForGitHub() throws IOException {
    var file = log("a.log", DENIED);
    assertThat(Session.of("explain", "--markdown", file).out())
        .contains("### ", "| `auth.package-access` |", "1. ");
    assertThat(Session.of("explain", "--github", file).out())
        .startsWith("::error title=auth.package-access::")
        .hasLineCount(1);
  }

  @Test
  void causesAreListedAndHavePages() {
    assertThat(Session.of("explain", "--list").out().lines()).hasSize(52);
    assertThat(Session.of("explain", "auth.token-scope").out())
        .contains("packages: write", "https://docs.github.com");
  }

  @Test
  void withoutALogItSaysWhatItNeeds() {
    var session = Session.of("explain");
    assertThat(session.exit()).isEqualTo(Exit.USAGE);
    assertThat(session.err()).contains("needs a log");
  }
}
