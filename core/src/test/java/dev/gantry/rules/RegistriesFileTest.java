package dev.gantry.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Registry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RegistriesFileTest {
  private static final Book BOOK = Book.open();
  private static final Path FILE = Path.of("team", "registries.yaml");
  private static final String FULL =
      """
      # our registries
      registries:
        - id: 5
          name: harbor
          kind: harbor
          url: https://Reg.Cyfee.com:10443/
          default: true
          ca-file: certs/harbor.pem
          concurrency: 3
          credentials: {username-env: HARBOR_USER, password-env: HARBOR_PASSWORD}
          projects:
            - {id: 5, name: production, path: production}
            - {id: 0722, name: staging, path: /stage/deep/}
        - name: hub
          url: https://index.docker.io/v1/
          credentials: {program: pass}
        - name: lab
          kind: private
          url: http://lab.example:80
          insecure: false
          credentials: anonymous
      """;

  private static Registries parse(String text) {
    return RegistriesFile.parse(text, FILE, BOOK);
  }

  @Test
  void everyMemberIsRead() {
    var registries = parse(FULL);
    var harbor = registries.entry("5");
    assertThat(harbor.name()).isEqualTo("harbor");
    assertThat(harbor.registry()).isEqualTo(Registry.parse("reg.cyfee.com:10443"));
    assertThat(harbor.plainHttp()).isFalse();
    assertThat(harbor.authority()).contains(Path.of("team", "certs", "harbor.pem"));
    assertThat(harbor.concurrency()).contains(3);
    assertThat(harbor.credentials())
        .isEqualTo(new CredentialSource.Environment("HARBOR_USER", "HARBOR_PASSWORD"));
    assertThat(harbor.project("production").path()).isEqualTo("production");
    assertThat(registries.main()).contains(harbor);
    var hub = registries.entry("hub");
    assertThat(hub.registry()).isEqualTo(Registry.DOCKER_HUB);
    assertThat(hub.kind()).isEqualTo("dockerhub");
    assertThat(hub.credentials()).isEqualTo(new CredentialSource.Program("pass"));
    var lab = registries.entry("lab");
    assertThat(lab.kind()).isEqualTo(Book.PLAIN);
    assertThat(lab.plainHttp()).isTrue();
    assertThat(lab.registry()).isEqualTo(Registry.parse("lab.example"));
    assertThat(lab.credentials()).isEqualTo(new CredentialSource.Anonymous());
  }

  @Test
  void digitsWithALeadingZeroStayText() {
    assertThat(parse(FULL).entry("harbor").project("0722").path()).isEqualTo("stage/deep");
  }

  @Test
  void hostAndPortAreComparedAsAWhole() {
    var registries = parse(FULL);
    assertThat(registries.at(Registry.parse("reg.cyfee.com:10443"))).isPresent();
    assertThat(registries.at(Registry.parse("REG.cyfee.com:10443"))).isPresent();
    assertThat(registries.at(Registry.parse("reg.cyfee.com:104430".substring(0, 18)))).isEmpty();
    assertThat(registries.at(Registry.parse("reg.cyfee.com"))).isEmpty();
    assertThat(registries.at(Registry.parse("lab.example"))).isPresent();
    assertThat(registries.at(Registry.parse("lab.example:80"))).isPresent();
    assertThat(registries.at(Registry.parse("lab.example:443"))).isEmpty();
    assertThat(registries.rules(BOOK, Registry.parse("reg.cyfee.com:10443")).kind())
        .isEqualTo("harbor");
    assertThat(registries.rules(BOOK, Registry.parse("ghcr.io")).kind()).isEqualTo("ghcr");
  }

  @ParameterizedTest
  @CsvSource({"7, harbor (5)", "reg.cyfee.com, harbor (5)", "docker, hub (hub)"})
  void aRegistryThatIsNotThereIsRefusedWithThoseThatAre(String word, String known) {
    assertThatThrownBy(() -> parse(FULL).entry(word))
        .isInstanceOfSatisfying(
            PublishException.class, e -> assertThat(problems(e).getFirst().todo()).contains(known));
  }

  @Test
  void aProjectThatIsNotThereIsRefusedWithThoseThatAre() {
    assertThatThrownBy(() -> parse(FULL).entry("harbor").project("prod"))
        .isInstanceOfSatisfying(
            PublishException.class,
            e -> assertThat(problems(e).getFirst().todo()).contains("production (5)"));
  }

  /** A text, the place of its fault, and a part of what is said about it. */
  record Wrong(String text, String place, String what) {
    static Wrong of(String entry, String place, String what) {
      return new Wrong("registries:\n  - name: a\n    url: a.example\n" + entry, place, what);
    }
  }

  static List<Wrong> wrong() {
    return List.of(
        Wrong.of("    kinde: harbor\n", "4:5", "'kinde' is no key of a registry"),
        Wrong.of("    kind: habor\n", "4:11", "'habor' is no kind"),
        Wrong.of("    name: b\n", "4:5", "'name' stands twice"),
        Wrong.of("    password: hunter2\n", "4:5", "a 'password' does not belong"),
        Wrong.of("    credentials: {password: x}\n", "4:19", "a 'password' does not belong"),
        Wrong.of("    credentials: hunter2\n", "4:18", "neither a secret nor this word"),
        Wrong.of("    credentials: {username-env: A}\n", "4:18", "'password-env' is missing"),
        Wrong.of("    default: yes\n", "4:14", "neither true nor false"),
        Wrong.of("    concurrency: 0\n", "4:18", "no number of requests"),
        Wrong.of("    projects: x\n", "4:15", "'projects' is no list"),
        Wrong.of("    projects: [{id: 1}]\n", "4:16", "'name' is missing"),
        Wrong.of("    projects: [{name: Prod}]\n", "4:23", "no path of a project"),
        Wrong.of(
            "    projects: [{id: 1, name: p}, {id: 1, name: q}]\n", "4:34", "two projects are"),
        Wrong.of("  - {name: a, url: b.example}\n", "4:12", "the id or name 'a' stands at line 2"),
        Wrong.of("  - {name: b, url: a.example}\n", "4:20", "the registry 'a.example' stands"),
        Wrong.of("  - {name: b, id: a, url: b.example}\n", "4:19", "the id or name 'a'"),
        Wrong.of(
            "    default: true\n  - {name: b, url: b.example, default: true}\n",
            "5:40",
            "two registries are the default"),
        new Wrong("registries: [{name: a}]", "1:14", "'url' is missing"),
        new Wrong("registries: [{url: a.example}]", "1:14", "'name' is missing"),
        new Wrong("registries: [{name: a, url: 'ftp://a.example'}]", "1:29", "no scheme 'ftp'"),
        new Wrong("registries: [{name: a, url: 'https://u:p@a.example'}]", "1:29", "a user or"),
        new Wrong("registries: [{name: a, url: 'a.example/team'}]", "1:29", "has no path"),
        new Wrong("registries: [{name: a, url: 'a.example:x'}]", "1:29", "no port number"),
        new Wrong("registries: [{name: , url: a.example}]", "1:20", "'name' has no text"),
        new Wrong("registry: []", "1:1", "'registry' is no key"),
        new Wrong("- a", "1:1", "here belong keys"),
        new Wrong("registries: [", "1:14", "not YAML"),
        new Wrong("a: 1\n---\nb: 2\n", "2:1", "not YAML"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void aFaultIsToldWithItsPlace(Wrong wrong) {
    var thrown = catchThrowableOfType(PublishException.class, () -> parse(wrong.text()));
    assertThat(thrown).isNotNull();
    assertThat(problems(thrown))
        .anySatisfy(problem -> {
          assertThat(problem.what()).contains(wrong.what());
          assertThat(problem.where()).isEqualTo(FILE + ":" + wrong.place());
          assertThat(problem.todo()).isNotBlank();
        });
    assertThat(thrown.toString()).doesNotContain("hunter2");
  }

  @Test
  void allFaultsAreToldAtOnce() {
    var thrown =
        catchThrowableOfType(
            PublishException.class,
            () -> parse("registries:\n  - {nam: a, url: a.example, kind: x}\n  - {name: b}\n"));
    assertThat(problems(thrown)).hasSize(4);
  }

  @Test
  void anEmptyFileHoldsNothing() {
    assertThat(parse("").entries()).isEmpty();
    assertThat(parse("registries: []").entries()).isEmpty();
  }

  @Test
  void aFileThatRefersToItselfIsRefused() {
    assertThatThrownBy(() -> parse("registries: &a [*a]")).isInstanceOf(PublishException.class);
  }

  @Test
  void theFileIsLookedForBesideTheWorkAndInTheFolderForSettings() {
    var work = Path.of("/home/me/shop");
    assertThat(RegistriesFile.candidates(work, Map.of("HOME", "/home/me")))
        .containsExactly(
            Path.of("/home/me/shop/registries.yaml"),
            Path.of("/home/me/.config/gantry/registries.yaml"));
    assertThat(
            RegistriesFile.candidates(
                work, Map.of("HOME", "/home/me", "XDG_CONFIG_HOME", "/etc/x")))
        .contains(Path.of("/etc/x/gantry/registries.yaml"));
    assertThat(RegistriesFile.candidates(work, Map.of())).hasSize(1);
  }

  private static List<Failure.Problem> problems(PublishException thrown) {
    return Optional.of(thrown.failure())
        .filter(Failure.Refused.class::isInstance)
        .map(refused -> ((Failure.Refused) refused).problems())
        .orElseThrow();
  }
}
