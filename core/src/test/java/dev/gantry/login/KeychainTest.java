package dev.gantry.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Registry;
import dev.gantry.oci.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which credential is used, and from where. */
final class KeychainTest {
  @TempDir Path home;
  private Map<String, String> env = Map.of();

  @BeforeEach
  void path() {
    env = Map.of("PATH", home + ":" + System.getenv("PATH"));
  }

  private static Repository repository(String name) {
    var slash = name.indexOf('/');
    return new Repository(Registry.parse(name.substring(0, slash)), name.substring(slash + 1));
  }

  private void config(String json) throws IOException {
    Files.createDirectories(home.resolve(".docker"));
    Files.writeString(home.resolve(".docker/config.json"), json);
  }

  /** A credential program that is a shell script. */
  private void program(String name, String script) throws IOException {
    var file = home.resolve("docker-credential-" + name);
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Credential find(String name) throws InterruptedException {
    return Keychain.files(env, home).of(repository(name));
  }

  private static void fails(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String cause, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            PublishException.class,
            failed -> {
              var problem = ((Failure.Refused) failed.failure()).problems().getFirst();
              assertThat(problem.cause()).isEqualTo(cause);
              assertThat(problem.toString()).contains(words);
            });
  }

  @Test
  void nothingIsFoundWhereNothingIs() throws Exception {
    assertThat(find("ghcr.io/a/b")).isEqualTo(Credential.ANONYMOUS);
    config("");
    assertThat(find("ghcr.io/a/b")).isEqualTo(Credential.ANONYMOUS);
    config("{\"auths\":{\"ghcr.io\":{}}}");
    assertThat(find("ghcr.io/a/b")).isEqualTo(Credential.ANONYMOUS);
  }

  @ParameterizedTest
  @CsvSource({
    "ghcr.io/a/b, ghcr.io",
    "docker.io/library/nginx, https://index.docker.io/v1/",
    "docker.io/me/app, docker.io",
    "docker.io/me/app, index.docker.io/v1/",
    "reg.example:5000/a, reg.example:5000",
    "reg.example/a, https://reg.example",
    "reg.example/a, https://reg.example/v2/",
    "reg.example/a, http://reg.example/v1/",
  })
  void keysOfAllForms(String name, String key) throws Exception {
    config("{\"auths\":{\"" + key + "\":{\"auth\":\"bWU6cGE6c3M=\"}}}");
    assertThat(find(name))
        .isEqualTo(
            new Credential.Password("me", new Secret("pa:ss"), "config.json auths[" + key + "]"));
  }

  @ParameterizedTest
  @CsvSource({"reg.example/a, reg.example:5000", "reg.example:5000/a, reg.example", "a.io/x, b.io"})
  void anotherHostOrPortIsNotMeant(String name, String key) throws Exception {
    config("{\"auths\":{\"" + key + "\":{\"auth\":\"bWU6cGE6c3M=\"}}}");
    assertThat(find(name)).isEqualTo(Credential.ANONYMOUS);
  }

  @ParameterizedTest
  @CsvSource({
    "r.io/team/app/web, team/app",
    "r.io/team/other, team",
    "r.io/teamwork/x, host",
    "r.io/x, host"
  })
  void theLongestPathCounts(String name, String user) throws Exception {
    config(
        """
        {"auths":{
          "r.io":{"username":"host","password":"p"},
          "r.io/team":{"username":"team","password":"p"},
          "r.io/team/app":{"username":"team/app","password":"p"}}}\
        """);
    assertThat(find(name))
        .isInstanceOfSatisfying(
            Credential.Password.class, found -> assertThat(found.user()).isEqualTo(user));
  }

  @Test
  void tokensOfBothKinds() throws Exception {
    config(
        """
        {"auths":{"a.io":{"auth":"bWU6cA==","identitytoken":"i"},"b.io":{"registrytoken":"r"}}}\
        """);
    assertThat(find("a.io/x"))
        .isEqualTo(new Credential.IdentityToken(new Secret("i"), "config.json auths[a.io]"));
    assertThat(find("b.io/x"))
        .isEqualTo(new Credential.RegistryToken(new Secret("r"), "config.json auths[b.io]"));
  }

  @Test
  void aProgramIsAskedForItsHost() throws Exception {
    program(
        "fake",
        "read server; echo \"{\\\"Username\\\":\\\"$1\\\",\\\"Secret\\\":\\\"$server\\\"}\"");
    config("{\"credHelpers\":{\"a.io\":\"fake\"},\"auths\":{\"a.io\":{\"auth\":\"bWU6cA==\"}}}");
    assertThat(find("a.io/x"))
        .isEqualTo(
            new Credential.Password("get", new Secret("a.io"), "config.json credHelpers[a.io]"));
    assertThat(find("b.io/x")).isEqualTo(Credential.ANONYMOUS);
  }

  @Test
  void aStoreIsAskedForAllAndMayHaveNothing() throws Exception {
    program(
        "fake",
        """
        read server
        case $server in
          https://index.docker.io/v1/) echo '{"Username":"<token>","Secret":"s"}';;
          *) echo 'credentials not found in native keychain'; exit 1;;
        esac\
        """);
    config("{\"credsStore\":\"fake\",\"auths\":{\"a.io\":{\"auth\":\"bWU6cA==\"}}}");
    assertThat(find("docker.io/me/x"))
        .isEqualTo(
            new Credential.IdentityToken(
                new Secret("s"), "credsStore docker-credential-fake of config.json"));
    assertThat(find("a.io/x").source()).isEqualTo("config.json auths[a.io]");
  }

  @Test
  void aBrokenProgramSaysHow() throws Exception {
    config("{\"credHelpers\":{\"a.io\":\"fake\"}}");
    fails(() -> find("a.io/x"), "auth.helper", "docker-credential-fake is not on the PATH");
    program("fake", "echo 'no session' >&2; exit 3");
    fails(() -> find("a.io/x"), "auth.helper", "exit code 3: no session", "credHelpers[a.io]");
    program("fake", "echo hello");
    fails(() -> find("a.io/x"), "auth.helper", "not JSON");
  }

  @Test
  void aProgramThatHangsIsEnded() throws Exception {
    program("fake", "exec sleep 600");
    var program = new CredentialProgram("fake", env, Duration.ofMillis(200));
    fails(() -> program.get("a.io", "here"), "auth.helper", "has not answered");
  }

  @Test
  void brokenFilesSayWhere() throws Exception {
    config("{\"auths\":");
    fails(() -> find("a.io/x"), "auth.helper", "config.json");
    config("{\"auths\":{\"a.io\":{\"auth\":\"%%%\"}}}");
    fails(() -> find("a.io/x"), "auth.helper", "base64", "auths[a.io]");
    config("{\"auths\":{\"a.io\":{\"auth\":\"bm9jb2xvbg==\"}}}");
    fails(() -> find("a.io/x"), "auth.helper", "user:password");
  }

  @Test
  void podmansFilesAreReadToo() throws Exception {
    var runtime = Files.createDirectories(home.resolve("run/containers"));
    Files.writeString(
        runtime.resolve("auth.json"), "{\"auths\":{\"a.io/team\":{\"auth\":\"bWU6cA==\"}}}");
    var own =
        Files.writeString(
            home.resolve("own.json"), "{\"auths\":{\"b.io\":{\"auth\":\"bWU6cQ==\"}}}");
    env =
        Map.of(
            "XDG_RUNTIME_DIR",
            home.resolve("run").toString(),
            "REGISTRY_AUTH_FILE",
            own.toString());
    assertThat(find("a.io/team/x").source()).isEqualTo("auth.json auths[a.io/team]");
    assertThat(find("b.io/x").source()).isEqualTo("$REGISTRY_AUTH_FILE auths[b.io]");
  }

  @Test
  void theEnvironmentIsForTheOneTarget() throws Exception {
    var vars = Map.of("GANTRY_USERNAME", "u", "GANTRY_PASSWORD", "p\n");
    var found = Keychain.environment(vars, List.of(Registry.parse("a.io")));
    assertThat(found.of(repository("a.io/x")))
        .isEqualTo(new Credential.Password("u", new Secret("p"), "GANTRY_PASSWORD"));
    assertThat(found.of(repository("b.io/x"))).isEqualTo(Credential.ANONYMOUS);
  }

  @Test
  void severalTargetsNeedTheirOwnForms() throws Exception {
    var a = Registry.parse("a.io");
    var b = Registry.parse("b.io:5000");
    var vars = Map.of("GANTRY_USERNAME", "u", "GANTRY_PASSWORD", "p");
    fails(
        () -> Keychain.environment(vars, List.of(a, b)),
        "auth.wrong-registry-login",
        "GANTRY_USERNAME_A_IO and GANTRY_PASSWORD_A_IO",
        "GANTRY_USERNAME_B_IO_5000");
    var own =
        Map.of(
            "GANTRY_USERNAME", "u",
            "GANTRY_PASSWORD", "p",
            "GANTRY_USERNAME_B_IO_5000", "v",
            "GANTRY_PASSWORD_B_IO_5000", "q");
    var found = Keychain.environment(own, List.of(a, b));
    assertThat(found.of(repository("b.io:5000/x")).source()).isEqualTo("GANTRY_PASSWORD_B_IO_5000");
    assertThat(found.of(repository("a.io/x")).source()).isEqualTo("GANTRY_PASSWORD");
  }

  @Test
  void aNameWithoutAPasswordIsAnError() {
    var target = List.of(Registry.parse("a.io"));
    var missing = Keychain.environment(Map.of("GANTRY_USERNAME", "u"), target);
    fails(
        () -> missing.of(repository("a.io/x")), "ci.missing-secret", "GANTRY_PASSWORD is not set");
    var empty = Keychain.environment(Map.of("GANTRY_USERNAME", "u", "GANTRY_PASSWORD", ""), target);
    fails(() -> empty.of(repository("a.io/x")), "ci.missing-secret", "GANTRY_PASSWORD is empty");
  }

  @Test
  void theFirstPlaceThatHasSomethingCounts() throws Exception {
    var a = Registry.parse("a.io");
    var given = new Credential.Password("u", new Secret("p"), "--username");
    var stored = new Credential.Password("v", new Secret("q"), "stored");
    var chain = new Keychain(List.of(Keychain.only(a, given), _ -> stored));
    assertThat(chain.of(repository("a.io/x"))).isEqualTo(given);
    assertThat(chain.of(repository("b.io/x"))).isEqualTo(stored);
    assertThat(chain.of(repository("b.io/x")).toString()).contains("***").doesNotContain("q,");
  }
}
