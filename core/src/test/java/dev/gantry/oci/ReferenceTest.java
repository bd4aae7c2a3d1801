package dev.gantry.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a reference is and is not. Most rows are facts of the tests of
 * github.com/distribution/reference (Apache-2.0), read through Docker Hub's short names.
 */
class ReferenceTest {
  private static final String F64 = "f".repeat(64);
  private static final String SHA = "sha256:" + F64;

  /** input | registry | path | tag | familiar form; '=' says that it is the input again. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          test_com                       | docker.io         | library/test_com      | -    | =
          test.com:tag                   | docker.io         | library/test.com      | tag  | =
          test.com:5000                  | docker.io         | library/test.com      | 5000 | =
          localhost:8080                 | docker.io         | library/localhost     | 8080 | =
          192.168.1.1                    | docker.io         | library/192.168.1.1   | -    | =
          192.168.1.1:5000               | docker.io         | library/192.168.1.1   | 5000 | =
          foo_bar.com:8080               | docker.io         | library/foo_bar.com   | 8080 | =
          foo/foo_bar.com:8080           | docker.io         | foo/foo_bar.com       | 8080 | =
          test.com/repo:tag              | test.com          | repo                  | tag  | =
          test:5000/repo                 | test:5000         | repo                  | -    | =
          test:5000/repo:tag             | test:5000         | repo                  | tag  | =
          test-com:8080/foo              | test-com:8080     | foo                   | -    | =
          lowercase:Uppercase            | docker.io         | library/lowercase     | Uppercase | =
          sub-dom1.foo.com/bar/baz/quux:some-long-tag | sub-dom1.foo.com | bar/baz/quux | some-long-tag | =
          b.gcr.io/test.example.com/my-app:test.example.com | b.gcr.io | test.example.com/my-app | test.example.com | =
          xn--n3h.com/myimage:xn--n3h.com | xn--n3h.com      | myimage               | xn--n3h.com | =
          xn--n3h.com:18080/foo          | xn--n3h.com:18080 | foo                   | -    | =
          example.com/xn--7o8h.com/m     | example.com       | xn--7o8h.com/m        | -    | =
          192.168.1.1/repo               | 192.168.1.1       | repo                  | -    | =
          192.168.1.1:5000/repo:5050     | 192.168.1.1:5000  | repo                  | 5050 | =
          [2001:db8::1]/repo             | [2001:db8::1]     | repo                  | -    | =
          [2001:db8:1:2:3:4:5:6]/repo:tag | [2001:db8:1:2:3:4:5:6] | repo            | tag  | =
          [2001:db8::1]:5000/repo:tag    | [2001:db8::1]:5000 | repo                 | tag  | =
          [::1]:5000/repo                | [::1]:5000        | repo                  | -    | =
          [FC00::1]:5000/docker          | [FC00::1]:5000    | docker                | -    | =
          localhost/fooo                 | localhost         | fooo                  | -    | =
          LOCALDOMAIN/fooo/bar           | LOCALDOMAIN       | fooo/bar              | -    | =
          Asdf.com/foo/bar               | Asdf.com          | foo/bar               | -    | =
          FOO/bar                        | FOO               | bar                   | -    | =
          fooo/bar                       | docker.io         | fooo/bar              | -    | =
          index.docker.io/fooo/bar       | docker.io         | fooo/bar              | -    | fooo/bar
          index.docker.io/ubuntu-12.04-base | docker.io      | library/ubuntu-12.04-base | - | ubuntu-12.04-base
          docker.io/foo                  | docker.io         | library/foo           | -    | foo
          library/ubuntu                 | docker.io         | library/ubuntu        | -    | ubuntu
          docker.io/library/foo/bar      | docker.io         | library/foo/bar       | -    | library/foo/bar
          test_com/foo                   | docker.io         | test_com/foo          | -    | =
          do__cker/docker                | docker.io         | do__cker/docker       | -    | =
          docker---rules/docker          | docker.io         | docker---rules/docker | -    | =
          jess/t                         | docker.io         | jess/t                | -    | =
          dbcc1                          | docker.io         | library/dbcc1         | -    | =
          registry.io/foo/project--id.module--name.ver---sion--name | registry.io | foo/project--id.module--name.ver---sion--name | - | =
          docker.io/my.name/app          | docker.io         | my.name/app           | -    | =
          docker.io/localhost/app        | docker.io         | localhost/app         | -    | =
          registry.com:0443/app          | registry.com:443  | app                   | -    | registry.com:443/app
          """)
  void partsOfAReference(String input, String registry, String path, String tag, String familiar) {
    var reference = Reference.parse(input);
    assertThat(reference.registry().toString()).isEqualTo(registry);
    assertThat(reference.repository().path()).isEqualTo(path);
    assertThat(reference.tag().map(Tag::value)).isEqualTo(Optional.ofNullable(tag));
    assertThat(reference.digest()).isEmpty();
    assertThat(reference.familiar()).isEqualTo(familiar.equals("=") ? input : familiar);
    assertThat(Reference.parse(reference.familiar())).isEqualTo(reference);
    assertThat(Reference.parse(reference.toString())).isEqualTo(reference);
  }

  @Test
  void tagAndDigestTogether() {
    var reference = Reference.parse("test:5000/repo:tag@" + SHA);
    assertThat(reference.tag()).contains(new Tag("tag"));
    assertThat(reference.digest()).contains(Digest.parse(SHA));
    assertThat(reference).hasToString("test:5000/repo:tag@" + SHA);
    assertThat(Reference.parse("busybox:latest@" + SHA))
        .hasToString("docker.io/library/busybox:latest@" + SHA);
    assertThat(Reference.parse("localhost@" + SHA).repository().path())
        .isEqualTo("library/localhost");
    assertThat(Reference.parse("[2001:db8::1]:5000/repo@" + SHA).digest())
        .contains(Digest.parse(SHA));
  }

  @Test
  void digestsOfOtherAlgorithms() {
    var sha512 = "sha512:" + "0".repeat(128);
    var unknown = "blake3+b-hex.x:" + "aB".repeat(16);
    assertThat(Reference.parse("app@" + sha512).digest()).contains(Digest.parse(sha512));
    assertThat(Reference.parse("app@" + unknown).digest()).contains(Digest.parse(unknown));
  }

  @Test
  void limits() {
    assertThat(Reference.parse("example.com/" + "a".repeat(255) + ":tag").repository().path())
        .hasSize(255);
    assertThat(Reference.parse("a.b/" + "a/".repeat(127) + "a:tag-puts-this-over-max").tag())
        .isPresent();
    assertThat(Reference.parse("app:" + "t".repeat(128)).tag()).isPresent();
    assertThat(fault("domain.x/" + "a".repeat(256) + ":tag").what()).contains("256 characters");
    assertThat(fault("a".repeat(248)).what()).contains("256 characters");
    assertThat(fault("app:" + "t".repeat(129)).what()).contains("129 characters");
    assertThat(Reference.parse("docker.io/" + "1a".repeat(32)).familiar())
        .isEqualTo("docker.io/library/" + "1a".repeat(32));
  }

  /** input | character counted from 1 | words of the message | nearest right form. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      quoteCharacter = '"',
      textBlock =
          """
          MyApp                      | 1  | upper case                | myapp
          myApp:Tag                  | 3  | upper case                | myapp:Tag
          ghcr.io/MyOrg/app:v1       | 9  | upper case                | ghcr.io/myorg/app:v1
          test:5000/Upper/lower:tag  | 11 | upper case                | test:5000/upper/lower:tag
          https://ghcr.io/o/app      | 1  | the scheme 'https://'     | ghcr.io/o/app
          docker://nginx:alpine      | 1  | the scheme 'docker://'    | nginx:alpine
          ghcr.io/o/app/             | 14 | ends with '/'             | ghcr.io/o/app
          foo.com/                   | 8  | no name follows                  | -
          ghcr.io//o/app             | 9  | begins with '/'           | ghcr.io/o/app
          docker///docker            | 8  | two slashes               | docker/docker
          /app                       | 1  | begins with '/'           | app
          app:                       | 4  | tag is empty              | app
          app:@sha256:x              | 4  | tag is empty              | -
          :justtag                   | 1  | no name stands before     | -
          my app:v1                  | 3  | a space                   | my-app:v1
          "app:v1 "                  | 7  | a space                   | app:v1
          app:latest:0722            | 11 | here are two              | app:0722
          app：v1                    | 4  | U+FF1A                    | app:v1
          app@sha256:abc             | 12 | 64 lower case             | -
          app@md5:abcdef             | 9  | has 6 hexadecimal         | -
          app@                       | 4  | digest is empty           | app
          app@bad                    | 5  | has the form              | -
          app@2bad:ffffffffffffffffffffffffffffffff | 5 | begins with a letter | -
          app@x:gggggggggggggggggggggggggggggggg    | 7 | is hexadecimal       | -
          -docker                    | 1  | begins with '-'           | docker
          -docker.io/docker/docker   | 1  | begins with '-'           | docker.io/docker/docker
          docker-/docker             | 7  | ends with '-'             | docker/docker
          ab.-com/x                  | 4  | begins with '-'           | ab.com/x
          ____/____                  | 1  | begins with '____'        | -
          dock..er/docker            | 6  | is empty                  | dock.er/docker
          example.com/dock..er/x     | 17 | '..' stands between       | example.com/dock.er/x
          example.com/dock_.er/x     | 17 | '_.' stands between       | example.com/dock-er/x
          under_score.com/app        | 6  | host has '_'              | -
          aa/asdf$$^/aa              | 8  | a variable                | aa/asdf/aa
          ghcr.io/${OWNER}/app       | 9  | a variable                | ghcr.io/owner/app
          app:feature/login          | 12 | a tag has no '/'          | app:feature-login
          ghcr.io/o/app:feature/x    | 22 | a tag holds               | ghcr.io/o/app:feature-x
          ghcr.io/o/app:-x           | 15 | begin with '-'            | ghcr.io/o/app:_-x
          registry.com/app:bad~tag   | 21 | a tag holds               | registry.com/app:bad-tag
          foo.com:http/bar           | 9  | no port number            | -
          foo.com:99999/bar          | 9  | from 1 to 65535           | -
          foo.com:/bar               | 8  | no port                   | foo.com/bar
          fc00::1:5000/debian        | 1  | stands in brackets        | -
          [2001:db8::1]              | 1  | '['                       | -
          [fe80::1%eth0]:5000/debian | 9  | no zone                   | -
          [2001:db8::1]5000/x        | 14 | neither                   | -
          """)
  void refusals(String input, int character, String words, String nearest) {
    var fault = fault(input);
    assertThat(fault.what()).contains(words);
    assertThat(fault.position() + 1).isEqualTo(character);
    assertThat(fault.nearest()).isEqualTo(Optional.ofNullable(nearest));
    assertThat(fault.text()).isEqualTo(input);
  }

  @Test
  void moreRefusals() {
    assertThat(fault("").what()).isEqualTo("the reference is empty");
    assertThat(fault(F64).what()).contains("an image's id");
    assertThat(fault("app@" + SHA + ":v1").nearest()).contains("app:v1@" + SHA);
    assertThat(fault("app@" + SHA + "@" + SHA).what()).contains("two");
    assertThat(fault("app@" + SHA.toUpperCase(java.util.Locale.ROOT)).nearest())
        .contains("app@" + SHA);
    assertThat(fault("app\n").position()).isEqualTo(3);
    assertThat(fault("a\0b").what()).contains("control");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ghcr.io", "localhost", "a:5000", "[::1]:5000", "LOCALDOMAIN", "127.0.0.1:5000"})
  void registries(String text) {
    assertThat(Registry.parse(text)).hasToString(text);
  }

  @Test
  void registriesThatAreNone() {
    assertThat(registryFault("https://ghcr.io/").nearest()).contains("ghcr.io");
    assertThat(registryFault("ghcr.io/o").nearest()).contains("ghcr.io");
    assertThat(registryFault("harbor").nearest()).contains("harbor:443");
    assertThat(registryFault("ghcr.io:").nearest()).contains("ghcr.io");
    assertThat(registryFault("").what()).isEqualTo("the registry is empty");
    assertThat(registryFault(":5000").what()).contains("host is empty");
    assertThat(Registry.parse("index.docker.io")).isEqualTo(Registry.DOCKER_HUB);
  }

  @Test
  void onlyThisMachineIsLoopback() {
    assertThat(Registry.parse("127.0.0.1:5000").loopback()).isTrue();
    assertThat(Registry.parse("localhost").loopback()).isTrue();
    assertThat(Registry.parse("[::1]:80").loopback()).isTrue();
    assertThat(Registry.parse("127.0.0.1.example.com").loopback()).isFalse();
    assertThat(Registry.parse("localhost.example.com").loopback()).isFalse();
  }

  private static Malformed registryFault(String input) {
    return catchThrowableOfType(Malformed.class, () -> Registry.parse(input));
  }

  private static Malformed fault(String input) {
    var fault = catchThrowableOfType(Malformed.class, () -> Reference.parse(input));
    assertThat(fault).as(input).isNotNull();
    return fault;
  }
}
