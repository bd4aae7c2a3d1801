package dev.gantry.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.failure.PublishException;
import dev.gantry.oci.Registry;
import dev.gantry.oci.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What logging in and out leaves in files and programs. */
final class StoreTest {
  private static final Registry GHCR = Registry.parse("ghcr.io");
  private static final Credential.Password PASSWORD =
      new Credential.Password("me", new Secret("pä:ss"), "--password-stdin");

  @TempDir Path folder;

  private Path config() {
    return folder.resolve("docker/config.json");
  }

  private Store store() {
    return new Store(config(), Map.of("PATH", folder + ":" + System.getenv("PATH")));
  }

  private Credential found(Registry registry) throws InterruptedException {
    var env = Map.of("PATH", folder + ":" + System.getenv("PATH"));
    return Keychain.file(config(), env).of(new Repository(registry, "me/x"));
  }

  private void existing(String json) throws Exception {
    Files.createDirectories(config().getParent());
    Files.writeString(config(), json);
  }

  @Test
  void aPasswordIsFoundAgain() throws Exception {
    assertThat(store().keep(GHCR, PASSWORD)).isEqualTo(config().toString());
    assertThat(found(GHCR))
        .isEqualTo(
            new Credential.Password("me", new Secret("pä:ss"), "config.json auths[ghcr.io]"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config())))
        .isEqualTo("rw-------");
    try (var files = Files.list(config().getParent())) {
      assertThat(files).containsExactly(config());
    }
  }

  @Test
  void whatIsNotUnderstoodIsKept() throws Exception {
    existing(
        """
        {"HttpHeaders":{"X":"y"},"auths":{"a.io":{"auth":"bWU6cA==","email":"e"},
         "https://ghcr.io/v2/":{"auth":"b2xkOm9sZA=="}},"plugins":{"x":{"y":1.50}}}\
        """);
    store().keep(GHCR, PASSWORD);
    var text = Files.readString(config());
    assertThat(text)
        .contains("\"X\": \"y\"", "\"email\": \"e\"", "1.50")
        .doesNotContain("b2xkOm9sZA");
    assertThat(found(GHCR).source()).isEqualTo("config.json auths[ghcr.io]");
  }

  @Test
  void dockerHubStandsUnderItsOldAddress() throws Exception {
    store().keep(Registry.DOCKER_HUB, PASSWORD);
    assertThat(Files.readString(config())).contains("\"https://index.docker.io/v1/\"");
    assertThat(found(Registry.DOCKER_HUB)).isInstanceOf(Credential.Password.class);
  }

  @Test
  void aLinkStaysALink() throws Exception {
    existing("{}");
    var real = folder.resolve("real.json");
    Files.move(config(), real);
    Files.createSymbolicLink(config(), real);
    store().keep(GHCR, PASSWORD);
    assertThat(Files.isSymbolicLink(config())).isTrue();
    assertThat(Files.readString(real)).contains("ghcr.io");
  }

  @Test
  void aProgramKeepsItInsteadOfTheFile() throws Exception {
    var program = folder.resolve("docker-credential-fake");
    Files.writeString(
        program,
        """
        #!/bin/sh
        case $1 in
          store) cat > %1$s/kept;;
          get) read server; test -e %1$s/kept || { echo 'credentials not found in native keychain'; exit 1; }
               cat %1$s/kept;;
          erase) rm %1$s/kept;;
        esac
        """
            .formatted(folder));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    existing("{\"credsStore\":\"fake\"}");
    assertThat(store().keep(GHCR, PASSWORD)).isEqualTo("docker-credential-fake");
    assertThat(Files.readString(config())).contains("\"ghcr.io\": {}").doesNotContain("auth\"");
    assertThat(found(GHCR))
        .isEqualTo(
            new Credential.Password(
                "me", new Secret("pä:ss"), "credsStore docker-credential-fake of config.json"));
    assertThat(store().forget(GHCR)).containsExactly("docker-credential-fake", config().toString());
    assertThat(found(GHCR)).isEqualTo(Credential.ANONYMOUS);
  }

  @Test
  void whatWasNotKeptIsNotForgotten() throws Exception {
    assertThat(store().forget(GHCR)).isEmpty();
    store().keep(GHCR, PASSWORD);
    assertThat(store().forget(Registry.parse("a.io"))).isEmpty();
    assertThat(store().forget(GHCR)).containsExactly(config().toString());
    assertThat(found(GHCR)).isEqualTo(Credential.ANONYMOUS);
  }

  @Test
  void aBrokenFileIsLeftAlone() throws Exception {
    existing("{broken");
    assertThatThrownBy(() -> store().keep(GHCR, PASSWORD)).isInstanceOf(PublishException.class);
    assertThat(Files.readString(config())).isEqualTo("{broken");
  }
}
