package dev.gantry.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.oci.Bytes;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.MediaType;
import dev.gantry.oci.Reference;
import dev.gantry.oci.Tag;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfflineRulesTest {
  private static final Book BOOK = Book.open();
  private static final OfflineRules RULES = new OfflineRules(BOOK, Registries.NONE);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          team-docker.pkg.coding.net/xverse:main | name.namespace | BLOCKS | team-docker.pkg.coding.net/PROJECT/REPOSITORY/xverse
          team-docker.pkg.coding.net/shop/xverse | name.namespace | BLOCKS | team-docker.pkg.coding.net/shop/REPOSITORY/xverse
          ghcr.io/grok-api:main | name.namespace | BLOCKS | ghcr.io/OWNER/grok-api
          docker.io/myapp:v1 | name.namespace | BLOCKS | docker.io/NAMESPACE/myapp
          myapp | name.namespace | BLOCKS | docker.io/NAMESPACE/myapp
          example/shop/api:v1 | name.namespace | BLOCKS | docker.io/example/shop-api
          europe-west1-docker.pkg.dev/project/api | name.namespace | BLOCKS | europe-west1-docker.pkg.dev/project/REPOSITORY/api
          registry.heroku.com/app/web/x | name.namespace | WARNS | registry.heroku.com/app/web-x
          default-route-openshift-image-registry.apps.x/a/b/c | name.namespace | BLOCKS | default-route-openshift-image-registry.apps.x/a/b-c
          codeberg.org/example/my__app | name.namespace | BLOCKS | codeberg.org/example/my-app
          codeberg.org/example/my--app | name.namespace | BLOCKS | codeberg.org/example/my-app
          de.icr.io/abc/api | name.namespace | BLOCKS | -
          123456789012.dkr.ecr.eu-west-1.amazonaws.com/123456789012.dkr.ecr.eu-west-1.amazonaws.com/api | name.namespace | BLOCKS | 123456789012.dkr.ecr.eu-west-1.amazonaws.com/api
          public.ecr.aws/a1b2c3d4/public.ecr.aws/a1b2c3d4/api | name.namespace | BLOCKS | public.ecr.aws/a1b2c3d4/api
          registry.example/ghcr.io/octo/api | name.namespace | WARNS | registry.example/octo/api
          docker.pkg.github.com/octo/shop/api | policy.retired | BLOCKS | ghcr.io/octo/shop/api
          gcr.io/project/api | policy.retired | WARNS | LOCATION-docker.pkg.dev/project/REPOSITORY/api
          registry.ng.bluemix.net/shop/api | policy.retired | WARNS | us.icr.io/shop/api
          mirror.gcr.io/library/debian | policy.read-only | BLOCKS | -
          registry-1.docker.io/example/api | policy.retired | WARNS | docker.io/example/api
          ghrc.io/octo/api | name.namespace | BLOCKS | ghcr.io/octo/api
          gchr.io/octo/api | name.namespace | BLOCKS | ghcr.io/octo/api
          hub.docker.io/example/api | name.namespace | BLOCKS | docker.io/example/api
          docker.com/example/api | name.namespace | WARNS | docker.io/example/api
          hub.docker.com/example/api | name.namespace | WARNS | docker.io/example/api
          quay.oi/example/api | name.namespace | WARNS | quay.io/example/api
          registry.gitlab.con/example/api | name.namespace | WARNS | registry.gitlab.com/example/api
          ttl.sh/x:latest | name.invalid-tag | WARNS | -
          ghcr.io/Octo/api:v1 | name.uppercase | BLOCKS | ghcr.io/octo/api:v1
          ghcr.io/octo/api:feature/login | name.invalid-tag | BLOCKS | ghcr.io/octo/api:feature-login
          ghcr.io/octo//api | name.invalid-reference | BLOCKS | ghcr.io/octo/api
          https://ghcr.io/octo/api | name.invalid-reference | BLOCKS | ghcr.io/octo/api
          """)
  void aWrongReferenceIsToldWithItsNearestRightForm(
      String text, String cause, Finding.Weight weight, String nearest) {
    var findings = RULES.check(text);
    assertThat(findings).isNotEmpty();
    var finding =
        findings.stream().filter(one -> one.cause().equals(cause)).findFirst().orElseThrow();
    assertThat(finding.weight()).as(finding.what()).isEqualTo(weight);
    assertThat(finding.nearest()).isEqualTo(Optional.ofNullable(nearest));
    assertThat(finding.todo()).isNotBlank();
    assertThat(finding.source()).isNotBlank();
    nearestIsBetter(finding, findings.size());
  }

  /** What is offered leads to fewer findings, once its capitals are filled in. */
  private static void nearestIsBetter(Finding finding, int before) {
    finding
        .nearest()
        .map(right -> right.replaceAll("[A-Z]+", "filled"))
        .ifPresent(right -> assertThat(RULES.check(right)).as(right).hasSizeLessThan(before));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ghcr.io/octo-org/api:v1",
        "ghcr.io/octo-org/shop/api:v1",
        "example/api:v1",
        "registry.example:5000/api:v1",
        "localhost:5000/api:v1",
        "127.0.0.1:5000/api",
        "reg.cyfee.com:10443/production/myapp:0722",
        "team-docker.pkg.coding.example/api",
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/api:v1",
        "harbor.example/proxy/ghcr.io/octo/api",
        "registry.gitlab.com/example/backend/shop/api:v1"
      })
  void aRightReferenceIsNotDoubted(String text) {
    assertThat(RULES.check(text)).isEmpty();
  }

  @Test
  void codingIsSaidToEndAndTakesItsThreeSegments() {
    var findings = RULES.check("team-docker.pkg.coding.net/shop/containers/api:v1");
    assertThat(findings).extracting(Finding::cause).containsExactly("policy.retired");
    assertThat(findings.getFirst().blocks()).isFalse();
  }

  @Test
  void aTeamsOwnWordForItsRegistryHolds() {
    var team =
        RegistriesFile.parse(
            """
            registries:
              - {id: 5, name: harbor, kind: harbor, url: "https://reg.cyfee.com:10443/"}
              - {name: mine, kind: private, url: https://ghrc.io}
            """,
            Path.of("registries.yaml"),
            BOOK);
    var rules = new OfflineRules(BOOK, team);
    assertThat(rules.check("reg.cyfee.com:10443/myapp:0722"))
        .extracting(finding -> finding.nearest().orElse(""))
        .containsExactly("reg.cyfee.com:10443/PROJECT/myapp");
    assertThat(rules.check("reg.cyfee.com:104/myapp:0722")).isEmpty();
    assertThat(rules.check("reg.cyfee.com/myapp:0722")).isEmpty();
    assertThat(rules.check("ghrc.io/octo/api")).isEmpty();
  }

  @Test
  void tagsThatDifferInCaseAreOneAtGitea() {
    var findings = check("codeberg.org/example/api", List.of("Latest", "latest"), List.of(), 1000);
    assertThat(findings)
        .extracting(Finding::cause, Finding::weight)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("name.invalid-tag", Finding.Weight.BLOCKS));
    assertThat(check("ghcr.io/example/api", List.of("Latest", "latest"), List.of(), 1)).isEmpty();
  }

  @Test
  void aLayerThatIsTooLargeIsToldBeforeItIsSent() {
    var findings = check("ghcr.io/octo/api", List.of("v1"), List.of(10_000_000_001L), 1000);
    assertThat(findings)
        .extracting(Finding::cause, Finding::weight)
        .contains(org.assertj.core.groups.Tuple.tuple("policy.size-limit", Finding.Weight.BLOCKS));
    assertThat(findings.getFirst().where()).startsWith("sha256:");
    assertThat(findings.getFirst().what()).contains("10000000001").contains("10000000000");
  }

  @Test
  void aLayerThatNeedsAFastLineIsDoubted() {
    var findings = check("ghcr.io/octo/api", List.of("v1"), List.of(9_000_000_000L), 1000);
    assertThat(findings).extracting(Finding::weight).containsExactly(Finding.Weight.WARNS);
    assertThat(findings.getFirst().what()).contains("15 MB/s");
    assertThat(check("ghcr.io/octo/api", List.of("v1"), List.of(900_000_000L), 1)).isEmpty();
  }

  @Test
  void aManifestThatIsTooLargeIsTold() {
    var account = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/api";
    assertThat(check(account, List.of("v1"), List.of(1L), 4_194_305))
        .extracting(Finding::cause)
        .containsExactly("policy.size-limit");
    assertThat(check(account, List.of("v1"), List.of(1L), 4_194_304)).isEmpty();
  }

  private static List<Finding> check(
      String repository, List<String> tags, List<Long> layers, int manifestBytes) {
    var digest = Digest.of(new byte[] {1});
    var blobs =
        layers.stream()
            .map(size -> new ArtifactFacts.Part(digest.toString(), MediaType.LAYER_GZIP, size))
            .toList();
    var manifest =
        new ArtifactFacts.Part(digest.toString(), MediaType.IMAGE_MANIFEST, manifestBytes);
    return RULES.check(
        Reference.parse(repository).repository(),
        tags.stream().map(Tag::new).toList(),
        Optional.of(new ArtifactFacts(MediaType.IMAGE_MANIFEST, List.of(manifest), blobs)));
  }

  @Test
  void anIndexWithAttestationsIsNotForHeroku() {
    var attestation = image(MediaType.IMAGE_MANIFEST);
    var linux = image(MediaType.IMAGE_MANIFEST);
    var facts = ArtifactFacts.of(index(linux, attestation), List.of(linux, attestation));
    assertThat(facts.manifests()).hasSize(3);
    var findings =
        RULES.check(
            Reference.parse("registry.heroku.com/app/web").repository(),
            List.of(new Tag("v1")),
            Optional.of(facts));
    assertThat(findings).extracting(Finding::cause).containsOnly("policy.unsupported-media-type");
    assertThat(findings).hasSize(2).allMatch(Finding::blocks);
  }

  @Test
  void dockersTypesAreDoubtedAtZotOnly() {
    var image = image(MediaType.DOCKER_MANIFEST);
    var facts = Optional.of(ArtifactFacts.of(image, List.of()));
    var team =
        RegistriesFile.parse(
            "registries: [{name: zot, kind: zot, url: 'http://zot.example:5000'}]",
            Path.of("registries.yaml"),
            BOOK);
    var repository = Reference.parse("zot.example:5000/api").repository();
    assertThat(new OfflineRules(BOOK, team).check(repository, List.of(new Tag("v1")), facts))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.weight()).isEqualTo(Finding.Weight.WARNS);
          assertThat(finding.what()).contains("docker2s2");
        });
    assertThat(RULES.check(repository, List.of(new Tag("v1")), facts)).isEmpty();
  }

  private static Manifest image(MediaType type) {
    var config = new Descriptor(MediaType.IMAGE_CONFIG, Digest.of(new byte[] {1}), 1);
    var raw = Bytes.of("an image " + System.identityHashCode(new Object()));
    return new Manifest.Image(
        raw, type, config, List.of(), Optional.empty(), Optional.empty(), Map.of());
  }

  private static Manifest index(Manifest linux, Manifest attestation) {
    var statement =
        new Descriptor(
            attestation.mediaType(),
            attestation.digest(),
            attestation.raw().size(),
            Optional.empty(),
            Optional.empty(),
            Map.of("vnd.docker.reference.type", "attestation-manifest"),
            List.of());
    return new Manifest.Index(
        Bytes.of("an index"),
        MediaType.IMAGE_INDEX,
        List.of(linux.descriptor(), statement),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }
}
