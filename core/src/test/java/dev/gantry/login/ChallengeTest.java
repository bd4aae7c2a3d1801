package dev.gantry.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Challenges as registries really send them. */
final class ChallengeTest {
  private static List<Challenge> read(String... values) {
    return Challenge.read(List.of(values));
  }

  @Test
  void oneOfDockerHub() {
    assertThat(
            read(
                "Bearer"
                    + " realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\",scope=\"repository:a/b:pull,push\""))
        .containsExactly(
            new Challenge(
                "bearer",
                Map.of(
                    "realm",
                    "https://auth.docker.io/token",
                    "service",
                    "registry.docker.io",
                    "scope",
                    "repository:a/b:pull,push")));
  }

  @Test
  void severalInOneField() {
    assertThat(read("Basic realm=\"a, b\", Bearer realm=\"https://x/t\" , service=s, Negotiate"))
        .containsExactly(
            new Challenge("basic", Map.of("realm", "a, b")),
            new Challenge("bearer", Map.of("realm", "https://x/t", "service", "s")),
            new Challenge("negotiate", Map.of()));
  }

  @Test
  void severalFields() {
    assertThat(read("Basic realm=r", "Bearer realm=\"t\""))
        .extracting(Challenge::scheme)
        .containsExactly("basic", "bearer");
  }

  @Test
  void oddButReadable() {
    assertThat(
            read(
                "BEARER Error = \"insufficient_scope\" ,  REALM=https://x/y?z , scope=\"say"
                    + " \\\"a\\\"\""))
        .containsExactly(
            new Challenge(
                "bearer",
                Map.of(
                    "error",
                    "insufficient_scope",
                    "realm",
                    "https://x/y?z",
                    "scope",
                    "say \"a\"")));
  }

  @Test
  void rubbishEndsAndNamesNothing() {
    assertThat(read("")).isEmpty();
    assertThat(read(",,,")).isEmpty();
    assertThat(read("=\"")).isEmpty();
    assertThat(read("Bearer realm=\"unclosed")).hasSize(1);
    assertThat(read("\u0001\u0002 ((((")).isEmpty();
  }
}
