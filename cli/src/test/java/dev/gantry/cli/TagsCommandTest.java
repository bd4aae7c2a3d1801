package dev.gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.oci.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagsCommandTest {
  private static final String SHA = "abc1234def5678900987654321fedcba01234567";

  @TempDir Path folder;

  private static Map<String, String> github(String ref, String event) {
    var env = new HashMap<String, String>();
    env.put("LANG", "en_US.UTF-8");
    env.put("GITHUB_REF", ref);
    env.put("GITHUB_SHA", SHA);
    env.put("GITHUB_EVENT_NAME", event);
    env.put("GITHUB_REPOSITORY", "acme/widget");
    env.put("GITHUB_RUN_NUMBER", "123");
    env.put("GANTRY_DEFAULT_BRANCH", "main");
    return env;
  }

  private static Session tags(Map<String, String> env, String... words) {
    var all = new String[words.length + 1];
    all[0] = "tags";
    System.arraycopy(words, 0, all, 1, words.length);
    return Session.in(env, "", all);
  }

  private static Json.Obj json(Session session) {
    assertThat(session.exit()).as(session.err()).isEqualTo(Exit.DONE);
    return (Json.Obj) Json.parse(session.out());
  }

  @Test
  void inputsComeFromTheEnvironmentAndAnOptionWins() {
    var env = github("refs/heads/main", "push");
    env.put("INPUT_TAGS", "type=sha");
    env.put("INPUT_IMAGES", "ghcr.io/acme/widget");
    assertThat(tags(env).out()).isEqualTo("ghcr.io/acme/widget:sha-abc1234\n");
    assertThat(tags(env, "--tags", "-x", "--images", "").err()).contains("begin with '-'");
    assertThat(tags(env, "--tags", "type=raw,value=y", "--images", "").out()).isEqualTo("y\n");
  }

  @Test
  void documentHasItsPublishedForm() {
    var env = github("refs/heads/main", "push");
    var session = tags(env, "--preset", "arch", "--images", "ghcr.io/acme/widget", "--json");
    Schemas.hold("tags", session.out());
    var document = json(session);
    assertThat(document.text("version")).contains("main");
    assertThat(document.bool("push")).contains(true);
    Schemas.hold("tags-simulation", tags(env, "--preset", "ghcr", "--simulate", "--json").out());
  }

  @Test
  void compatibleAnswersTakeRepositoryAndTimeFromFiles() throws IOException {
    var repository = folder.resolve("repo.json");
    Files.writeString(
        repository,
        "{\"name\":\"widget\",\"default_branch\":\"dev\",\"commits\":{\""
            + SHA
            + "\":\"2019-12-25T10:20:30Z\"}}");
    var document =
        json(
            tags(
                github("refs/heads/dev", "push"),
                "--compat",
                "--json",
                "--repository-json",
                repository.toString(),
                "--now",
                "2020-01-10T00:30:00Z",
                "--tags",
                "type=edge\n{{commit_date 'YYYYMMDD'}}x\ntype=raw,value=d{{date 'YYYY'}}"));
    assertThat(document.array("tag-names").orElseThrow().texts())
        .containsExactly("edge", "20191225x", "d2020");
    assertThat(document.object("labels").orElseThrow().members())
        .containsEntry(
            "org.opencontainers.image.created", new Json.Str("2020-01-10T00:30:00.000Z"));
  }

  @Test
  void theEpochIsTheTimeWhereNoneIsGiven() {
    var env = github("refs/heads/main", "push");
    env.put("SOURCE_DATE_EPOCH", "0");
    assertThat(tags(env, "--tags", "type=raw,value={{date 'YYYY'}}").out()).isEqualTo("1970\n");
    env.put("SOURCE_DATE_EPOCH", "soon");
    assertThat(tags(env, "--tags", "x").err()).contains("SOURCE_DATE_EPOCH");
  }

  @Test
  void errorsAreFourLinesAndNoResult() {
    var session = tags(github("refs/heads/main", "push"), "--tags", "type=foo");
    assertThat(session.exit()).isEqualTo(Exit.YOURS);
    assertThat(session.out()).isEmpty();
    assertThat(session.err()).contains("type attribute: foo").contains("rule 1").contains("semver");
  }

  @Test
  void explainsEachTagAndEachSilentRule() {
    var session =
        tags(
            github("refs/heads/main", "push"),
            "--tags",
            "type=sha\ntype=ref,event=tag",
            "--explain");
    assertThat(session.out())
        .contains("GITHUB_REF")
        .contains("→ sha-abc1234")
        .contains("nothing: the ref is refs/heads/main")
        .contains("push: yes");
  }

  @Test
  void writesWhatAGitHubJobReads() throws IOException {
    var env = github("refs/heads/main", "push");
    env.put("GITHUB_OUTPUT", folder.resolve("out").toString());
    env.put("GITHUB_ENV", folder.resolve("env").toString());
    env.put("RUNNER_TEMP", folder.toString());
    var session = tags(env, "--tags", "a\nb", "--images", "x", "--github");
    assertThat(session.out()).isEmpty();
    assertThat(folder.resolve("out"))
        .content()
        .contains("tags<<gantry_end\nx:a\nx:b\ngantry_end\n")
        .contains("bake-file-tags<<");
    assertThat(folder.resolve("env")).content().contains("DOCKER_METADATA_OUTPUT_VERSION<<");
    assertThat(folder.resolve("docker-metadata-action-bake.json")).content().contains("\"x:a\"");
    var warned = tags(env, "--tags", "type=semver,pattern={{version}},value=1.2\na", "--github");
    assertThat(warned.out()).startsWith("::warning::");
  }

  @Test
  void printsVariablesThatAShellCanRead() {
    var session = tags(github("refs/heads/main", "push"), "--tags", "a\nb", "--output", "env");
    assertThat(session.out()).contains("DOCKER_METADATA_OUTPUT_TAGS='a\nb'\n");
    var bake = tags(github("refs/heads/main", "push"), "--tags", "a", "--output", "bake");
    assertThat(Json.parse(bake.out())).isInstanceOf(Json.Obj.class);
  }

  @Test
  void simulatesAWorkflowAndFindsWhatIsPromisedInVain() throws IOException {
    var workflow = folder.resolve("release.yml");
    Files.writeString(
        workflow,
        """
        on:
          push:
            branches: [main]
        env:
          REGISTRY: ghcr.io
        jobs:
          docker:
            steps:
              - uses: docker/metadata-action@v5
                with:
                  images: ${{ env.REGISTRY }}/${{ github.repository }}
                  tags: |
                    type=ref,event=branch
                    type=ref,event=pr
                    type=raw,value=run-${{ github.run_number }}
        """);
    var readme = folder.resolve("README.md");
    Files.writeString(
        readme, "PRs get `pr-{number}`\ndocker pull ghcr.io/acme/widget:v1.2.3\nwidget:run-9\n");
    var env = github("refs/heads/main", "push");
    var session =
        tags(env, "--from-workflow", workflow.toString(), "--docs", readme.toString(), "--json");
    Schemas.hold("tags-simulation", session.out());
    var document = json(session);
    assertThat(document.array("simulation").orElseThrow().objects().getFirst().compact())
        .contains("\"main\",\"run-123\"");
    assertThat(document.array("findings").orElseThrow().objects())
        .extracting(finding -> finding.needText("tag"))
        .containsExactly("pr-{number}", "v1.2.3");
    assertThat(tags(env, "--from-workflow", workflow.toString()).out()).contains("never runs");
  }

  @Test
  void rulesMayStandInAFile() throws IOException {
    var rules = folder.resolve("rules.yaml");
    Files.writeString(rules, "tags:\n  - type=sha\n  - type=raw,value=0722\nimages: app\n");
    assertThat(tags(github("refs/heads/main", "push"), "--rules", rules.toString()).out())
        .isEqualTo("app:0722\napp:sha-abc1234\n");
    Files.writeString(rules, "tag: x\n");
    assertThat(tags(github("refs/heads/main", "push"), "--rules", rules.toString()).err())
        .contains("no input 'tag'");
  }

  @Test
  void pushTakesTagsFromRulesAndPushesNoPullRequest() throws IOException {
    var rules = folder.resolve("rules.yaml");
    Files.writeString(rules, "preset: ghcr\n");
    var session =
        Session.in(
            github("refs/pull/7/merge", "pull_request"),
            "",
            "push",
            "oci:" + folder,
            "registry.example/a/b",
            "--tags-from",
            rules.toString());
    assertThat(session.exit()).isEqualTo(Exit.DONE);
    assertThat(session.err()).contains("pull request");
  }
}
