package dev.gantry.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.oci.Json;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of docker/metadata-action 6.2 that a compatible plan has to give, mistakes included. */
class CompatPlanTest {
  private static final String PAYLOAD =
      "{\"repository\":{\"default_branch\":\"main\"},\"number\":42}";

  private static TagPlan plan(Map<String, String> inputs, String ref, String event) {
    var env = new HashMap<String, String>();
    env.put("GITHUB_REF", ref);
    env.put("GITHUB_SHA", Plans.SHA);
    env.put("GITHUB_EVENT_NAME", event);
    env.put("GITHUB_REPOSITORY", "acme/widget");
    var context = Surroundings.github(env, (Json.Obj) Json.parse(PAYLOAD), Map.of());
    return Planner.plan(new TagInputs(inputs, env, true), context, Answers.NONE, Plans.NOW);
  }

  private static TagPlan plan(String tags, String ref) {
    return plan(Map.of("tags", tags), ref, "push");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      value = {
        "type=semver,pattern=v{{version}} § refs/tags/v1.3.0-rc.1 § 1.3.0-rc.1",
        "type=semver,pattern={{raw}} § refs/tags/v1.3.0-rc.1 § v1.3.0-rc.1",
        "type=semver,pattern={{major}} § refs/tags/v0.9.1 § 0 latest",
        "type=semver,pattern={{version}} § refs/tags/v1.2.3+b § 1.2.3 latest",
        "type=semver,pattern={{raw}} § refs/tags/v1.2.3+b § v1.2.3-b latest",
        "type=pep440,pattern={{version}} § refs/tags/1.0rc2 § 1.0rc2",
        "type=pep440,pattern={{major}}.{{patch}} § refs/tags/1.2 § 1.0 latest",
        "type=match,pattern=v(.*),group=1 § refs/tags/v1.2.3 § 1.2.3 latest",
        "type=match,pattern=/\\d/g,group=1 § refs/tags/v1.2.3 § 2 latest",
        "type=ref,event=tag § refs/tags/v2.0.8-beta.67 § v2.0.8-beta.67 latest",
        "type=ref,event=branch § refs/heads/feat/a&b § feat-a-b",
        "{{branch}} § refs/heads/feat/a&b § feat-a-amp-b",
        "{{branch}}-{{sha}} § refs/tags/v1.2.3 § -abc1234",
        "{{#if is_default_branch}}x{{/if}} § refs/heads/dev § x",
        "type=ref,event=pr § refs/pull/12/head § pr-12-head",
        "type=sha,prefix= § refs/heads/main § abc1234",
        "type=sha,format=long § refs/heads/main § sha-abc1234def5678900987654321fedcba01234567",
        "one,two § refs/heads/main § two",
        "type=raw,value=a,foo=bar § refs/heads/main § a",
        "type=raw,value={{date 'YYYYMMDD' tz='Nowhere'}} § refs/heads/main § 20240506"
      })
  void answersAsTheAnchorDoes(String tags, String ref, String names) {
    assertThat(String.join(" ", plan(tags, ref).names())).isEqualTo(names);
  }

  @Test
  void latestStandsTwiceWhereTwoAskForIt() {
    var rules = "type=semver,pattern={{version}}\ntype=raw,value=latest";
    assertThat(plan(rules, "refs/tags/v1.2.3").names())
        .containsExactly("1.2.3", "latest", "latest");
  }

  @Test
  void nothingMadeIsTwoWarnings() {
    var plan = plan("type=semver,pattern={{version}}", "refs/heads/main");
    assertThat(plan.names()).isEmpty();
    assertThat(plan.warnings()).hasSize(2);
    assertThat(PlanJson.bake(plan).compact()).doesNotContain("DOCKER_META_VERSION");
  }

  @Test
  void flavorReachesOnlyRulesWithoutPrefix() {
    var inputs =
        Map.of(
            "tags", "type=ref,event=branch\ntype=sha",
            "flavor", "latest=true\nprefix=p-,onlatest=true\nsuffix=-s");
    assertThat(plan(inputs, "refs/heads/main", "push").names())
        .containsExactly("p-main-s", "sha-abc1234-s", "p-latest");
  }

  @Test
  void imagesAreLowerCaseAndMayBeOff() {
    var inputs =
        Map.of(
            "tags", "type=raw,value=x",
            "images", "GHCR.io/Acme/W\nname=b,enable=false\nname=c=d");
    assertThat(plan(inputs, "refs/heads/main", "push").tags())
        .containsExactly("ghcr.io/acme/w:x", "c:x");
  }

  @Test
  void labelsAreEvaluatedAndReplaced() {
    var inputs =
        Map.of(
            "tags", "type=raw,value=x",
            "labels", "org.opencontainers.image.title=T\na={{branch}}\nnothing\n\"m=1\n2\"");
    var plan = plan(inputs, "refs/heads/a=b", "push");
    assertThat(plan.labels())
        .containsEntry("org.opencontainers.image.title", "T")
        .containsEntry("a", "a&#x3D;b")
        .containsEntry("m", "1\n2")
        .containsEntry("org.opencontainers.image.created", "2024-05-06T07:08:09.010Z")
        .containsEntry("org.opencontainers.image.revision", Plans.SHA)
        .hasSize(10);
    assertThat(PlanJson.document(plan).object("labels").orElseThrow().text("m")).contains("1");
    assertThat(plan.annotations()).hasSize(8).allMatch(one -> one.startsWith("manifest:"));
  }

  @Test
  void scheduleRulesNeedTheScheduleEvent() {
    var rules = Map.of("tags", "type=schedule,pattern={{date 'GGGG-[W]WW'}}\ntype=sha");
    assertThat(plan(rules, "refs/heads/main", "schedule").names())
        .containsExactly("2024-W19", "sha-abc1234");
    assertThat(plan(rules, "refs/heads/main", "push").names()).containsExactly("sha-abc1234");
    assertThat(plan(Map.of(), "refs/heads/main", "schedule").names())
        .containsExactly("nightly", "main");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type=foo",
        "type=semver",
        "type=ref",
        "type=ref,event=Branch",
        "type=raw",
        "type=sha,format=x",
        "type=match,pattern=(",
        "type=match,pattern=x,group=y",
        "a,enable=yes",
        "a,enable=",
        "{{branch",
        "{{nope 'x'}}",
        "{{date}}",
        "{{date 'x' zone='y'}}",
        "a\"b"
      })
  void refusesWhatTheAnchorRefuses(String tags) {
    assertThatThrownBy(() -> plan(tags, "refs/tags/v1.2.3"))
        .isInstanceOf(dev.gantry.failure.PublishException.class);
  }

  @Test
  void prioritiesDecideOverVersionAndLatest() {
    var rules = "type=semver,pattern={{version}}\ntype=raw,value=x,priority=1e3";
    assertThat(plan(rules, "refs/tags/v1.2.3").names()).containsExactly("x", "1.2.3");
  }

  @Test
  void aWorkflowTriggeredFromOutsideHasThePullRequestsRef() {
    assertThat(plan(Map.of(), "refs/heads/main", "pull_request_target").names())
        .containsExactly("pr-42");
  }
}
