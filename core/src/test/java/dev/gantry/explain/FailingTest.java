package dev.gantry.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailingTest {
  private static Failing failing(String log) throws IOException {
    return FixturesTest.explain(log).failing().orElseThrow();
  }

  @Test
  void aPushOfBuildKitIsTakenApart() throws IOException {
    var failing =
        failing(
            """
            ##[group]GITHUB_TOKEN Permissions
            Contents: read
            Packages: write
            ##[endgroup]
            ##[group]Run docker/build-push-action@v6
            #12 [build 3/4] RUN make
            #13 exporting to image
            #13 pushing layers 12.3s done
            #13 ERROR: failed to push ghcr.io/acme/web:1.2: unexpected status from POST request to https://ghcr.io/v2/acme/web/blobs/uploads/: 403 Forbidden
            ERROR: failed to solve: failed to push ghcr.io/acme/web:1.2: unexpected status from POST request to https://ghcr.io/v2/acme/web/blobs/uploads/: 403 Forbidden
            Error: Process completed with exit code 1.
            """);
    assertThat(failing.line().where()).isEqualTo("log:9");
    assertThat(failing.part("step")).contains("exporting to image");
    assertThat(failing.part("registry")).contains("ghcr");
    assertThat(failing.part("reference")).contains("ghcr.io/acme/web:1.2");
    assertThat(failing.part("repository")).contains("acme/web");
    assertThat(failing.part("method")).contains("POST");
    assertThat(failing.part("url")).contains("https://ghcr.io/v2/acme/web/blobs/uploads/");
    assertThat(failing.part("endpoint")).contains("upload");
    assertThat(failing.part("status")).contains("403");
    assertThat(failing.part("permissions")).contains("packages: write");
    assertThat(failing.part("ci")).contains("github");
  }

  @Test
  void theRegistrysOwnWordsAreKept() throws IOException {
    var failing =
        failing(
            """
            $ crane push app.tar quay.io/acme/web:1
            Error: POST https://quay.io/v2/acme/web/blobs/uploads/: UNAUTHORIZED: access to the requested resource is not authorized; map[]
            """);
    assertThat(failing.part("code")).contains("UNAUTHORIZED");
    assertThat(failing.part("message").orElseThrow())
        .startsWith("access to the requested resource is not authorized");
    assertThat(failing.part("step")).contains("crane push app.tar quay.io/acme/web:1");
  }

  @Test
  void theFirstFailureIsTakenAndNotItsConsequence() throws IOException {
    var failing =
        failing(
            """
            Step 4/9 : RUN apt-get install -y big
            write /var/lib/docker/tmp/x: no space left on device
            The push refers to repository [docker.io/acme/web]
            An image does not exist locally with the tag: acme/web
            Error: Process completed with exit code 1.
            """);
    assertThat(failing.line().where()).isEqualTo("log:2");
  }

  @ParameterizedTest
  @CsvSource({
    "ghcr.io//web:1, ghcr.io/<empty>/web:1",
    "/web:1, <empty>/web:1",
    "ghcr.io/acme/web:, ghcr.io/acme/web:<empty>",
    "ghcr.io/acme/:1, ghcr.io/acme/<empty>:1",
    ":1, <empty>:1",
    "ghcr.io/acme/web:1, ghcr.io/acme/web:1",
    "https://ghcr.io/acme/web, https://ghcr.io/acme/web",
  })
  void emptyPartsAreMarked(String reference, String marked) {
    assertThat(Failing.marked(reference)).isEqualTo(marked);
  }
}
