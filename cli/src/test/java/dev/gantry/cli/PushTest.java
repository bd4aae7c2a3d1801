package dev.gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.build.Repo;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Json;
import dev.gantry.rehearsal.Rehearsal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that publish, as somebody types them. */
class PushTest {
  private static final String HELLO = "oci:" + Repo.ROOT.resolve("examples/hello");

  @TempDir private Path home;
  private Rehearsal registry;

  @BeforeEach
  void start() throws Exception {
    registry = Rehearsal.start();
  }

  @AfterEach
  void nothingIsHalf() throws Exception {
    assertThat(registry.check()).isEmpty();
    registry.close();
  }

  private Session gantry(String... words) {
    return Session.in(
        Map.of(
            "LANG",
            "C.UTF-8",
            "HOME",
            home.toString(),
            "DOCKER_CONFIG",
            home.toString(),
            "XDG_CACHE_HOME",
            home.resolve("cache").toString()),
        "{\"tag\":\"0722\",\"image\":\"myapp:latest\",\"project_id\":5,\"registry_id\":5,"
            + "\"docker_config\":{}}",
        words);
  }

  private String name(String rest) {
    return registry.name() + "/" + rest;
  }

  @Test
  void pushedAndCopiedImagesAreTheSame() {
    var pushed = gantry("push", HELLO, name("demo/hello:v1"), "--tag", "latest", "--json");
    assertThat(pushed.exit()).isEqualTo(Exit.DONE);
    Schemas.hold("push", pushed.out());
    var digest = gantry("digest", name("demo/hello:latest")).out().strip();
    assertThat(pushed.out()).contains(digest);
    var copied = gantry("copy", name("demo/hello:v1"), name("team/hello:v2"), "--json");
    assertThat(copied.exit()).isEqualTo(Exit.DONE);
    Schemas.hold("push", copied.out());
    assertThat(copied.out()).contains("\"blobsMounted\":4").contains(digest);
  }

  @Test
  void aDryRunPrintsThePlanAndWritesNothing() {
    var planned = gantry("push", HELLO, name("demo/hello:v1"), "--dry-run", "--json");
    assertThat(planned.exit()).isEqualTo(Exit.DONE);
    Schemas.hold("push", planned.out());
    assertThat(gantry("push", HELLO, name("demo/hello:v1"), "--dry-run").out())
        .contains("tag      v1: new ->", "to send: ");
    assertThat(gantry("ls", name("demo/hello")).out()).isEmpty();
  }

  @Test
  void theReceiptIsWrittenByItsSchema() throws Exception {
    var file = home.resolve("receipt.json");
    var ran = gantry("push", HELLO, name("a/b:v1"), "--receipt", file.toString(), "--quiet");
    assertThat(ran.exit()).isEqualTo(Exit.DONE);
    Schemas.hold("receipt", Json.parseObject(Bytes.of(Files.readString(file))).compact() + "\n");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void aRehearsalSaysThatItIsOne() {
    var ran = gantry("push", HELLO, "ghcr.io/octo/hello:v1", "--rehearse", "--json");
    assertThat(ran.exit()).isEqualTo(Exit.DONE);
    Schemas.hold("push", ran.out());
    var receipt = Json.parseObject(Bytes.of(ran.out())).object("receipt").orElseThrow();
    assertThat(receipt.bool("rehearsal")).contains(true);
    assertThat(receipt.text("like")).contains("ghcr");
    assertThat(gantry("push", HELLO, "ghcr.io/octo/hello:v1", "--rehearse").out())
        .startsWith("rehearsal: ");
    assertThat(gantry("push", HELLO, "ghcr.io/a/b:v1", "--rehearse", "--lang", "zh").out())
        .startsWith("演练：");
  }

  @Test
  void aFailureTellsWhatStandsNow() throws Exception {
    assertThat(gantry("push", HELLO, name("demo/hello:v1")).exit()).isEqualTo(Exit.DONE);
    registry.faults().add("PUT /v2/demo/hello/manifests/v2: status 403");
    var ran = gantry("push", HELLO, name("demo/hello:v0"), "--tag", "v2", "--json");
    assertThat(ran.exit()).isNotEqualTo(Exit.DONE);
    Schemas.hold("failure", ran.out());
    assertThat(ran.out()).contains("\"reach\":\"put_back\"");
    assertThat(gantry("ls", name("demo/hello")).out()).isEqualTo("v1\n");
  }

  @Test
  void aPlatformsPushStepIsResolvedByTheRegistriesFile() throws Exception {
    var file = home.resolve("registries.yaml");
    Files.writeString(
        file,
        """
        registries:
          - id: 5
            name: harbor
            kind: harbor
            url: https://reg.cyfee.com:10443/
            projects:
              - id: 5
                name: production
                path: production
        """);
    var ran = gantry("push", "--step", "-", "--registries", file.toString(), "--commands");
    assertThat(ran.exit()).isEqualTo(Exit.DONE);
    assertThat(ran.out())
        .isEqualTo(
            """
            docker tag myapp:latest reg.cyfee.com:10443/production/myapp:0722
            docker push reg.cyfee.com:10443/production/myapp:0722
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app:v1 | registry.example/a/b:v1 | docker-daemon:app:v1",
        "oci:/no/such/folder | registry.example/a/b:v1 | /no/such/folder",
        "HELLO | registry.example/a/b | registry.example/a/b:latest",
        "HELLO | registry.example/A/b:v1 | registry.example/a/b:v1",
        "HELLO | registry.example/a/b:-v1 | _-v1",
        "HELLO | ghcr.io/hello:v1 | ghcr.io/OWNER/hello",
        "HELLO | ghrc.io/octo/hello:v1 | ghcr.io",
      })
  void whatCannotWorkSaysWhatWould(String source, String target, String nearest) {
    var ran = gantry("push", source.equals("HELLO") ? HELLO : source, target);
    assertThat(ran.exit()).isIn(Exit.USAGE, Exit.YOURS);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains(nearest);
  }

  @Test
  void aRegistryThatIsNotThereIsForLater() {
    var ran = gantry("push", HELLO, "localhost:1/a/b:v1", "--json");
    assertThat(ran.exit()).isEqualTo(Exit.LATER);
    Schemas.hold("failure", ran.out());
    assertThat(ran.out()).contains("net.connect");
  }
}
