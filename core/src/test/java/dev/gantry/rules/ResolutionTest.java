package dev.gantry.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Json;
import dev.gantry.oci.Malformed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolutionTest {
  private static final Registries TEAM =
      RegistriesFile.parse(
          """
          registries:
            - id: 5
              name: harbor
              kind: harbor
              url: https://reg.cyfee.com:10443/
              projects:
                - {id: 5, name: production, path: production}
                - {id: 6, name: staging, path: staging}
            - {id: 6, name: lab, kind: private, url: "http://localhost:5000"}
          """,
          Path.of("registries.yaml"),
          Book.open());
  private static final String DIGEST =
      "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  private static Resolution resolve(String image, String tag, String registry, String project) {
    return Resolution.of(
        new PushStep(
            image,
            Optional.ofNullable(tag),
            Optional.ofNullable(registry),
            Optional.ofNullable(project)),
        TEAM);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # the rows of the platform's own table
          myapp | 0722 | 5 | 5 | myapp:0722 | reg.cyfee.com:10443/production/myapp:0722
          myapp:latest | 0722 | 5 | 5 | myapp:latest | reg.cyfee.com:10443/production/myapp:0722
          nginx | alpine | 5 | 5 | nginx:alpine | reg.cyfee.com:10443/production/nginx:alpine
          nginx:alpine | alpine | 5 | 5 | nginx:alpine | reg.cyfee.com:10443/production/nginx:alpine
          registry.com/myapp | v1.0 | 5 | 5 | registry.com/myapp:v1.0 | reg.cyfee.com:10443/production/myapp:v1.0
          # by name instead of by id, and by the registry's own host
          myapp | 0722 | harbor | production | myapp:0722 | reg.cyfee.com:10443/production/myapp:0722
          myapp | 0722 | reg.cyfee.com:10443 | 5 | myapp:0722 | reg.cyfee.com:10443/production/myapp:0722
          # a port is no tag
          reg.cyfee.com:10443/production/myapp | 0722 | 5 | 5 | reg.cyfee.com:10443/production/myapp:0722 | reg.cyfee.com:10443/production/myapp:0722
          reg.cyfee.com:10443/production/myapp | 0722 | - | - | reg.cyfee.com:10443/production/myapp:0722 | reg.cyfee.com:10443/production/myapp:0722
          localhost:5000/myapp | 0722 | - | - | localhost:5000/myapp:0722 | localhost:5000/myapp:0722
          localhost/myapp | 0722 | - | - | localhost/myapp:0722 | localhost/myapp:0722
          # another host is another host, however alike
          reg.cyfee.com:1044/x | 0722 | 5 | 5 | reg.cyfee.com:1044/x:0722 | reg.cyfee.com:10443/production/x:0722
          reg.cyfee.com:1044/x | 0722 | - | - | reg.cyfee.com:1044/x:0722 | reg.cyfee.com:1044/x:0722
          # what is not the registry's is replaced, what is the project's stands once
          ghcr.io/octo/myapp:v2 | 0722 | 5 | 5 | ghcr.io/octo/myapp:v2 | reg.cyfee.com:10443/production/octo/myapp:0722
          registry.com:8443/production/myapp | 0722 | 5 | 5 | registry.com:8443/production/myapp:0722 | reg.cyfee.com:10443/production/myapp:0722
          reg.cyfee.com:10443/staging/myapp:0722 | 0722 | 5 | production | reg.cyfee.com:10443/staging/myapp:0722 | reg.cyfee.com:10443/production/myapp:0722
          team/myapp | 0722 | 5 | 5 | team/myapp:0722 | reg.cyfee.com:10443/production/team/myapp:0722
          docker.io/library/nginx | 1.27 | 5 | 5 | nginx:1.27 | reg.cyfee.com:10443/production/nginx:1.27
          myapp | 0722 | lab | - | myapp:0722 | localhost:5000/myapp:0722
          registry.com/a/b | 1 | 6 | - | registry.com/a/b:1 | localhost:5000/a/b:1
          # the image's own tag is enough
          myapp:v3 | - | 5 | 5 | myapp:v3 | reg.cyfee.com:10443/production/myapp:v3
          docker.io/example/myapp | v3 | - | - | example/myapp:v3 | docker.io/example/myapp:v3
          """)
  void aStepBecomesSourceAndTarget(
      String image, String tag, String registry, String project, String source, String target) {
    var resolution = resolve(image, tag, registry, project);
    assertThat(resolution.source().familiar()).isEqualTo(source);
    assertThat(resolution.target()).hasToString(target);
  }

  @Test
  void aDigestIsASourceAndNoPartOfTheTarget() {
    var resolution = resolve("myapp@" + DIGEST, "0722", "5", "5");
    assertThat(resolution.source().familiar()).isEqualTo("myapp@" + DIGEST);
    assertThat(resolution.target()).hasToString("reg.cyfee.com:10443/production/myapp:0722");
    var both = resolve("myapp:v1@" + DIGEST, "0722", "5", "5");
    assertThat(both.source().familiar()).isEqualTo("myapp@" + DIGEST);
    assertThat(both.target()).hasToString("reg.cyfee.com:10443/production/myapp:0722");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          myapp | - | 5 | 5 | ci.tags-empty | :latest
          myapp | ' ' | 5 | 5 | ci.tags-empty | :latest
          myapp | 0722 | 7 | 5 | name.namespace | harbor (5)
          myapp | 0722 | harbour | 5 | name.namespace | harbor (5)
          myapp | 0722 | 5 | 7 | name.namespace | production (5)
          myapp | 0722 | - | 5 | name.namespace | harbor (5)
          myapp | 0722 | - | - | name.namespace | harbor (5)
          other.example/myapp | 0722 | - | 5 | name.namespace | name the registry too
          MyApp | 0722 | 5 | 5 | name.uppercase | myapp
          myapp | feature/x | 5 | 5 | name.invalid-tag | feature-x
          myapp:latest:0722 | 0722 | 5 | 5 | name.invalid-tag | -
          https://reg.cyfee.com:10443/x | 0722 | 5 | 5 | name.invalid-reference | reg.cyfee.com:10443/x
          """)
  void whatIsMissingOrUnknownIsAnErrorAndNeverDockerHub(
      String image, String tag, String registry, String project, String cause, String todo) {
    var thrown =
        catchThrowableOfType(PublishException.class, () -> resolve(image, tag, registry, project));
    assertThat(thrown).isNotNull();
    assertThat(thrown.failure())
        .isInstanceOfSatisfying(
            Failure.Refused.class,
            refused -> {
              var problem = refused.problems().getFirst();
              assertThat(problem.cause()).isEqualTo(cause);
              assertThat(problem.todo()).contains(todo == null ? "write" : todo);
            });
  }

  @Test
  void withoutAFileTheImagesOwnRegistryIsTheTarget() {
    var step =
        new PushStep("ghcr.io/octo/api", Optional.of("v1"), Optional.empty(), Optional.empty());
    assertThat(Resolution.of(step, Registries.NONE).target()).hasToString("ghcr.io/octo/api:v1");
    var bare = new PushStep("api", Optional.of("v1"), Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> Resolution.of(bare, Registries.NONE))
        .isInstanceOf(PublishException.class)
        .hasMessageContaining("docker.io/USER/api");
  }

  @Test
  void theDefaultIsMeantWhereNoneIsNamed() {
    var team =
        RegistriesFile.parse(
            "registries: [{name: main, url: main.example, default: true}]",
            Path.of("registries.yaml"),
            Book.open());
    var step = new PushStep("api", Optional.of("v1"), Optional.empty(), Optional.empty());
    assertThat(Resolution.of(step, team).target()).hasToString("main.example/api:v1");
    var own = new PushStep("ghcr.io/o/api", Optional.of("v1"), Optional.empty(), Optional.empty());
    assertThat(Resolution.of(own, team).target()).hasToString("ghcr.io/o/api:v1");
  }

  @Test
  void thePlatformsStepIsReadAsItIsWritten() {
    var step =
        PushStep.read(
            Json.parseObject(
                Bytes.of(
                    """
                    {"tag":"0722","image":"myapp","project_id":5,"registry_id":5,"docker_config":{}}
                    """)));
    assertThat(step)
        .isEqualTo(new PushStep("myapp", Optional.of("0722"), Optional.of("5"), Optional.of("5")));
    assertThat(Resolution.of(step, TEAM).shellLines())
        .containsExactly(
            "docker tag myapp:0722 reg.cyfee.com:10443/production/myapp:0722",
            "docker push reg.cyfee.com:10443/production/myapp:0722");
  }

  @Test
  void aStepMayNameLessAndMore() {
    var step =
        PushStep.read(
            Json.parseObject(
                Bytes.of(
                    "{\"image\":\"a:1\",\"tag\":null,\"registry_id\":\"lab\",\"timeout\":9}")));
    assertThat(step.tag()).isEmpty();
    assertThat(step.registry()).contains("lab");
    assertThat(step.ignored()).isEqualTo(List.of("timeout"));
    assertThatThrownBy(() -> PushStep.read(Json.object().with("tag", "1")))
        .isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> PushStep.read(Json.object().with("image", new Json.Bool(true))))
        .isInstanceOf(Malformed.class);
  }

  @Test
  void anImageThatHasItsNameAlreadyIsOnlyPushed() {
    assertThat(resolve("localhost:5000/a:1", null, null, null).shellLines())
        .containsExactly("docker push localhost:5000/a:1");
  }

  @Test
  void theDocumentFollowsItsSchema() throws IOException {
    var schema = JsonSchema.of("resolution");
    var full = resolve("myapp", "0722", "5", "5").json();
    assertThat(schema.faults(full)).isEmpty();
    assertThat(full.object("registry").flatMap(all -> all.text("url")))
        .contains("https://reg.cyfee.com:10443");
    assertThat(schema.faults(resolve("localhost:5001/a:1", null, null, null).json())).isEmpty();
    assertThat(schema.faults(Json.object())).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          a/b:c@d, a/b:c@d
          a b, 'a b'
          it's, 'it'\\''s'
          $HOME, '$HOME'
          "", ''
          """)
  void wordsThatAShellWouldChangeAreQuoted(String word, String quoted) {
    assertThat(ShellWords.quote(word)).isEqualTo(quoted);
  }
}
