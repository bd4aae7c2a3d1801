package dev.gantry.tags;

import static dev.gantry.tags.Plans.context;
import static dev.gantry.tags.Plans.git;
import static dev.gantry.tags.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans as they are by default: right, or refused with rule, value and fix. */
class OwnPlanTest {
  private static final String VERSION = "type=semver,pattern={{version}}";

  private static Failure.Problem refused(String tags, String ref) {
    return problem(Map.of("tags", tags), context(ref), git());
  }

  private static Failure.Problem problem(
      Map<String, String> inputs, Context context, Answers answers) {
    var thrown = catchThrowableOfType(PublishException.class, () -> plan(inputs, context, answers));
    assertThat(thrown).isNotNull();
    assertThat(thrown.failure()).isInstanceOf(Failure.Refused.class);
    var problem = ((Failure.Refused) thrown.failure()).problems().getFirst();
    assertThat(problem.what()).isNotEmpty();
    assertThat(problem.where()).isNotEmpty();
    assertThat(problem.todo()).isNotEmpty();
    return problem;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // an unknown attribute, expression, zone, function
        "type=sha,event=tag | refs/heads/main | event",
        "{{brunch}} | refs/heads/main | brunch",
        "{{date 'z' tz='PST'}} | refs/heads/main | PST",
        "{{nope branch}} | refs/heads/main | nope",
        // no tags, an invalid tag, a duplicate, an empty condition
        "type=semver,pattern={{version}} | refs/heads/main | no rule gives a tag",
        "{{tag}}-{{sha}} | refs/heads/main | does not begin with",
        "type=ref,event=branch | refs/heads/-x | does not begin with",
        "type=ref,event=branch | refs/heads/分支 | does not begin with",
        "a,enable= | refs/heads/main | enable",
        "type=raw,value=x,priority=high | refs/heads/main | priority",
        "type=raw,value=a,value=b | refs/heads/main | twice",
        "one,two | refs/heads/main | twice",
        "type=semver,pattern={{version}}, | refs/tags/v1.2.3 | trailing comma",
      })
  void refusesWhatIsDoubtful(String tags, String ref, String named) {
    if (tags.endsWith("}},")) {
      assertThat(refused("type=raw,value=a,", "refs/heads/main").what()).contains(named);
      return;
    }
    var problem = refused(tags, ref);
    assertThat(problem.what() + " " + problem.where()).contains(named);
  }

  @Test
  void twoRulesWithTheSameTagAreRefusedByName() {
    var problem = refused("type=ref,event=branch\ntype=raw,value=main", "refs/heads/main");
    assertThat(problem.what()).contains("'main'");
    assertThat(problem.where()).contains("rule 1").contains("rule 2");
  }

  @Test
  void latestFromRuleAndFlavorIsRefused() {
    var inputs = Map.of("tags", VERSION + "\ntype=raw,value=latest");
    var problem = problem(inputs, context("refs/tags/v1.2.3"), git("v1.2.3", "v1.0.0"));
    assertThat(problem.what()).contains("'latest'");
    assertThat(problem.todo()).contains("latest=false");
  }

  @Test
  void branchesThatBecomeOneTagAreRefused() {
    var answers = new Plans.Git(List.of(), List.of("main", "feat/a", "feat-a"));
    var problem =
        problem(Map.of("tags", "type=ref,event=branch"), context("refs/heads/feat/a"), answers);
    assertThat(problem.what()).contains("feat/a").contains("feat-a");
    var alone = new Plans.Git(List.of(), List.of("main", "feat/a"));
    assertThat(
            plan(Map.of("tags", "type=ref,event=branch"), context("refs/heads/feat/a"), alone)
                .names())
        .containsExactly("feat-a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Acme/..", "ghcr.io/a/b:v1", "a b", "https://ghcr.io/a/b", "a\na"})
  void refusesImagesNoRegistryTakes(String images) {
    var inputs = Map.of("tags", "type=sha", "images", images);
    assertThat(problem(inputs, context("refs/heads/main"), git()).cause())
        .isEqualTo("name.invalid-reference");
  }

  @Test
  void latestBelongsToTheHighestStableRelease() {
    var inputs = Map.of("tags", VERSION);
    var old = context("refs/tags/v1.9.1");
    assertThat(plan(inputs, old, git("v1.9.0", "v1.9.1", "v2.0.0-rc.1")).names())
        .containsExactly("1.9.1", "latest");
    assertThat(plan(inputs, old, git("v1.9.1", "v2.0.0")).names()).containsExactly("1.9.1");
    assertThat(plan(inputs, context("refs/tags/v2.1.0-rc.1"), git("v2.0.0", "v1.0.0")).names())
        .containsExactly("2.1.0-rc.1");
  }

  @ParameterizedTest
  @CsvSource({
    "v2.0.8-beta.67, v2.0.8-beta.67",
    "hotfix, hotfix",
    "v2.1.0, 'v2.1.0,latest'",
    "2024.06.01, '2024.06.01,latest'",
    "v1.9.9, v1.9.9"
  })
  void plainTagRulesKnowReleasesToo(String tag, String expected) {
    var plan =
        plan(
            Map.of("tags", "type=ref,event=tag"),
            context("refs/tags/" + tag),
            git("v1.9.9", "v2.0.0", "v2.0.8-beta.67"));
    assertThat(String.join(",", plan.names())).isEqualTo(expected);
  }

  @Test
  void aReleaseMarkedAsPreReleaseIsNotLatest() {
    var context =
        context("refs/tags/v1.2.3", "release")
            .with(Map.of(), java.util.Optional.of(true), dev.gantry.oci.Json.object());
    assertThat(plan(Map.of("tags", VERSION), context, git("v1.2.3", "v1.2.2")).names())
        .containsExactly("1.2.3");
  }

  @Test
  void preReleasesKeepThePatternsText() {
    var rules = "type=semver,pattern=v{{version}}\ntype=semver,pattern={{major}}.{{minor}}";
    assertThat(plan(rules, "refs/tags/v2.3.4-beta.6").names()).containsExactly("v2.3.4-beta.6");
    var channels =
        "type=semver,pattern={{channel}}\ntype=semver,pattern={{major}}-{{channel}}\n" + VERSION;
    assertThat(plan(channels, "refs/tags/v2.3.4-beta.6").names())
        .containsExactly("beta", "2-beta", "2.3.4-beta.6");
    assertThat(
            plan(Map.of("tags", channels), context("refs/tags/v2.3.4"), git("v2.3.4", "v1.0.0"))
                .names())
        .containsExactly("2.3.4", "latest");
  }

  @Test
  void floatingTagsDoNotGoBack() {
    var inputs =
        Map.of(
            "tags",
            VERSION
                + "\ntype=semver,pattern={{major}}.{{minor}}\n"
                + "type=semver,pattern={{major}}");
    assertThat(plan(inputs, context("refs/tags/v1.2.4"), git("v1.2.4", "v1.2.3", "v1.3.0")).names())
        .containsExactly("1.2.4", "1.2");
  }

  @Test
  void noEntitiesAndConditionsThatMeanWhatTheySay() {
    assertThat(plan("x-{{branch}}", "refs/heads/a=b").names()).containsExactly("x-a-b");
    assertThat(plan("{{#if is_default_branch}}yes{{else}}no{{/if}}", "refs/heads/dev").names())
        .containsExactly("no");
    assertThat(plan("{{#if (eq branch 'dev')}}yes{{else}}no{{/if}}", "refs/heads/dev").names())
        .containsExactly("yes");
  }

  @Test
  void remarksMayBeIndentedAndRowsBlank() {
    assertThat(plan("type=sha\n   # remark\n   \n  type=raw,value=x", "refs/heads/main").names())
        .containsExactly("x", "sha-abc1234");
  }

  @Test
  void longTagsEndWithSomethingOfTheirOwn() {
    var one = plan("type=ref,event=branch", "refs/heads/" + "x".repeat(200)).names().getFirst();
    var two = plan("type=ref,event=branch", "refs/heads/" + "x".repeat(201)).names().getFirst();
    assertThat(one).hasSize(128).isNotEqualTo(two);
    var shorter = plan("type=ref,event=branch,max-length=63", "refs/heads/" + "y".repeat(80));
    assertThat(shorter.names().getFirst()).hasSize(63).startsWith("yyyy");
  }

  @Test
  void lettersAsWanted() {
    assertThat(plan("type=ref,event=branch,case=lower", "refs/heads/Feature/UP").names())
        .containsExactly("feature-up");
    assertThatThrownBy(() -> plan("type=sha,case=camel", "refs/heads/main"))
        .hasMessageContaining("case=camel");
  }

  @Test
  void monorepoTagsBelongToTheirComponent() {
    var api = Map.of("tags", VERSION, "images", "ghcr.io/acme/api");
    var web = Map.of("tags", VERSION + "\ntype=sha", "images", "ghcr.io/acme/web");
    var tag = context("refs/tags/api/v1.2.3");
    var answers = git("api/v1.2.3", "api/v1.0.0", "web/v9.0.0");
    assertThat(plan(api, tag, answers).names()).containsExactly("1.2.3", "latest");
    assertThat(plan(web, tag, answers).names()).containsExactly("sha-abc1234");
    assertThat(plan(api, context("refs/tags/api@1.2.3"), git()).names()).contains("1.2.3");
    var matched = Map.of("tags", VERSION + ",match=^web/(.*)$\ntype=sha");
    assertThat(plan(matched, tag, answers).names()).containsExactly("sha-abc1234");
  }

  @Test
  void dispatchInputsAndMoreOfTheContext() {
    var context =
        context("refs/heads/main", "workflow_dispatch")
            .with(
                Map.of("version", "v3.1.0"),
                java.util.Optional.empty(),
                dev.gantry.oci.Json.object());
    var plan =
        plan(
            Map.of(
                "tags",
                "type=semver,pattern={{version}},value={{inputs.version}}\n"
                    + "build-{{run_number}}\nn{{commit_count}}\n{{describe}}\n"
                    + "{{commit_date 'YYYYMMDD'}}\n{{lower 'ABC'}}"),
            context,
            git("v3.1.0", "v3.0.0"));
    assertThat(plan.names())
        .containsExactly(
            "3.1.0", "build-123", "n57", "v1.2.2-4-gabc1234", "20240102", "abc", "latest");
  }

  @Test
  void saysWhetherToPushAndWhy() {
    assertThat(plan("type=ref,event=pr", "refs/pull/42/merge").push())
        .isEqualTo(new TagPlan.Push(false, "pull request"));
    assertThat(plan("type=sha", "refs/heads/main").push().yes()).isTrue();
    assertThat(plan(VERSION, "refs/pull/42/merge").names()).isEmpty();
    var always = Map.of("tags", "type=ref,event=pr", "push", "always");
    assertThat(plan(always, context("refs/pull/42/merge"), git()).push().yes()).isTrue();
  }

  @Test
  void traceTellsTheRuleOfEachTagAndWhyOthersGaveNone() {
    var plan = plan("type=sha\ntype=ref,event=tag", "refs/heads/main");
    assertThat(plan.traces())
        .extracting(trace -> trace.rule().number() + " " + trace.tags() + " " + trace.why())
        .containsExactly(
            "2 [] the ref is refs/heads/main (test), not a tag",
            "1 [sha-abc1234] the commit " + Plans.SHA);
  }
}
