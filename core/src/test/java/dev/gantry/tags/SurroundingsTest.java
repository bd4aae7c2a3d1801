package dev.gantry.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.oci.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each CI's variables say. */
class SurroundingsTest {
  private static Context read(String variables) {
    return read(variables, "{}");
  }

  private static Context read(String variables, String payload) {
    var env = new LinkedHashMap<String, String>();
    for (var pair : variables.split(" ", -1)) {
      var equals = pair.indexOf('=');
      env.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return Surroundings.read(env, (Json.Obj) Json.parse(payload), Map.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GITLAB_CI=true CI_PIPELINE_SOURCE=push CI_COMMIT_BRANCH=dev CI_COMMIT_SHA=c"
            + " CI_DEFAULT_BRANCH=main CI_PIPELINE_IID=7 CI_PROJECT_PATH=g/p"
            + " | GitLab CI | push | refs/heads/dev | main | 7",
        "GITLAB_CI=true CI_PIPELINE_SOURCE=merge_request_event CI_MERGE_REQUEST_IID=5"
            + " CI_COMMIT_SHA=c CI_PIPELINE_IID=8"
            + " | GitLab CI | pull_request | refs/pull/5/merge | - | 8",
        "GITLAB_CI=true CI_PIPELINE_SOURCE=schedule CI_COMMIT_TAG=v1 CI_COMMIT_SHA=c"
            + " | GitLab CI | schedule | refs/tags/v1 | - | -",
        "JENKINS_URL=http://j BRANCH_NAME=main BRANCH_IS_PRIMARY=true GIT_COMMIT=c BUILD_NUMBER=9"
            + " | Jenkins | push | refs/heads/main | main | 9",
        "JENKINS_URL=http://j CHANGE_ID=12 BRANCH_NAME=PR-12 GIT_COMMIT=c BUILD_NUMBER=9"
            + " | Jenkins | pull_request | refs/pull/12/merge | - | 9",
        "JENKINS_URL=http://j GIT_BRANCH=origin/dev GIT_COMMIT=c BUILD_NUMBER=9"
            + " | Jenkins | push | refs/heads/dev | - | 9",
        "CIRCLECI=true CIRCLE_TAG=v1.2.3 CIRCLE_SHA1=c CIRCLE_BUILD_NUM=3"
            + " | CircleCI | push | refs/tags/v1.2.3 | - | 3",
        "CIRCLECI=true CIRCLE_PULL_REQUEST=https://github.com/a/b/pull/4 CIRCLE_BRANCH=x"
            + " CIRCLE_SHA1=c | CircleCI | pull_request | refs/pull/4/merge | - | -",
        "TF_BUILD=True BUILD_REASON=IndividualCI BUILD_SOURCEBRANCH=refs/heads/main"
            + " BUILD_SOURCEVERSION=c BUILD_BUILDID=11"
            + " | Azure Pipelines | push | refs/heads/main | - | 11",
        "TF_BUILD=True BUILD_REASON=PullRequest BUILD_SOURCEBRANCH=refs/pull/6/merge"
            + " BUILD_SOURCEVERSION=c | Azure Pipelines | pull_request | refs/pull/6/merge | - | -",
        "BITBUCKET_BUILD_NUMBER=21 BITBUCKET_BRANCH=main BITBUCKET_COMMIT=c"
            + " | Bitbucket Pipelines | push | refs/heads/main | - | 21",
        "BITBUCKET_BUILD_NUMBER=21 BITBUCKET_PR_ID=3 BITBUCKET_BRANCH=f BITBUCKET_COMMIT=c"
            + " | Bitbucket Pipelines | pull_request | refs/pull/3/merge | - | 21",
        "BUILDKITE=true BUILDKITE_PULL_REQUEST=false BUILDKITE_BRANCH=main BUILDKITE_COMMIT=c"
            + " BUILDKITE_BUILD_NUMBER=2 BUILDKITE_PIPELINE_DEFAULT_BRANCH=main"
            + " | Buildkite | push | refs/heads/main | main | 2",
        "BUILDKITE=true BUILDKITE_PULL_REQUEST=8 BUILDKITE_BRANCH=f BUILDKITE_COMMIT=c"
            + " | Buildkite | pull_request | refs/pull/8/merge | - | -",
        "DRONE=true DRONE_BUILD_EVENT=cron DRONE_BRANCH=main DRONE_COMMIT_SHA=c"
            + " DRONE_REPO_BRANCH=main DRONE_BUILD_NUMBER=4"
            + " | Drone | schedule | refs/heads/main | main | 4",
        "CI=woodpecker CI_PIPELINE_EVENT=tag CI_COMMIT_TAG=v2 CI_COMMIT_SHA=c"
            + " CI_PIPELINE_NUMBER=6 | Woodpecker | push | refs/tags/v2 | - | 6",
        "PAC_REVISION=c PAC_EVENT_TYPE=pull_request PAC_PULL_REQUEST_NUMBER=9"
            + " PAC_SOURCE_BRANCH=f | Tekton | pull_request | refs/pull/9/merge | - | -",
        "CODING=true CODING_EVENT=tag_push CODING_BRANCH=v3 CODING_COMMIT=c CODING_BUILD_ID=b"
            + " | CODING CI | push | refs/tags/v3 | - | b",
        "CODING=true CODING_EVENT=merge_request CODING_MERGE_REQUEST_IID=2 CODING_BRANCH=main"
            + " CODING_COMMIT=c | CODING CI | pull_request | refs/pull/2/merge | - | -",
        "CCI_JOB_NAME=j JENKINS_URL=http://j GIT_TAG=v4 GIT_COMMIT=c CI_BUILD_NUMBER=5"
            + " | CODING CI | push | refs/tags/v4 | - | 5",
        "GITHUB_EVENT_NAME=push GITHUB_REF=refs/heads/main GITHUB_SHA=c GITEA_ACTIONS=true"
            + " GITHUB_REPOSITORY=a/b GITHUB_RUN_NUMBER=1"
            + " | Gitea Actions | push | refs/heads/main | - | 1",
        "GANTRY_REF=refs/heads/x GANTRY_SHA=c GANTRY_RUN_NUMBER=77"
            + " | git | push | refs/heads/x | - | 77"
      })
  void readsEachCi(String variables, String ci, String event, String ref, String main, String run) {
    var context = read(variables);
    assertThat(context.ci()).isEqualTo(ci);
    assertThat(context.event().map(Fact::value)).contains(event);
    assertThat(context.ref().map(Fact::value)).contains(ref);
    assertThat(context.sha().map(Fact::value)).contains("c");
    assertThat(context.defaultBranch().map(Fact::value).orElse("-")).isEqualTo(main);
    assertThat(context.runNumber().map(Fact::value).orElse("-")).isEqualTo(run);
    assertThat(context.facts().values()).allSatisfy(fact -> assertThat(fact.source()).isNotEmpty());
  }

  private static final String GITHUB =
      "GITHUB_REF=refs/heads/main GITHUB_SHA=c GITHUB_REPOSITORY=a/b GITHUB_EVENT_NAME=";

  @Test
  void aMergeQueueBelongsToItsPullRequest() {
    var context =
        read(
            GITHUB + "merge_group",
            """
            {"merge_group":{"head_ref":"refs/heads/gh-readonly-queue/main/pr-104-0123abc"}}
            """);
    assertThat(context.refText()).isEqualTo("refs/pull/104/merge");
    assertThat(context.baseRef().map(Fact::value)).contains("main");
    assertThat(Pushing.decide(context, java.util.List.of("pr-104")).yes()).isFalse();
  }

  @Test
  void aWorkflowRunBelongsToWhatTriggeredIt() {
    var payload =
        """
        {"workflow_run":{"event":"push","head_branch":"v1.2.3","head_sha":"d"}}
        """;
    var context = read(GITHUB + "workflow_run", payload);
    assertThat(context.tag()).contains("v1.2.3");
    assertThat(context.sha().map(Fact::value)).contains("d");
    assertThat(read(GITHUB + "workflow_run", payload.replace("v1.2.3", "dev")).branch())
        .contains("dev");
  }

  @Test
  void aPullRequestTargetNeedsItsNumber() {
    var context =
        read(
            GITHUB + "pull_request_target",
            """
            {"number":33,"pull_request":{"head":{"sha":"h","ref":"f"},"base":{"ref":"main"}}}
            """);
    assertThat(context.refText()).isEqualTo("refs/pull/33/merge");
    assertThat(context.sha().map(Fact::value)).contains("h");
    assertThat(context.headRef().map(Fact::value)).contains("f");
    assertThatThrownBy(() -> read(GITHUB + "pull_request_target"))
        .hasMessageContaining("pull request's number");
  }

  @Test
  void cloneAddressesOfAllKinds() {
    assertThat(Draft.path("https://host/a/b.git")).contains("a/b");
    assertThat(Draft.path("git@host:a/b.git")).contains("a/b");
    assertThat(Draft.path("ssh://git@host:22/a/b")).contains("a/b");
    assertThat(Draft.path("nothing")).isEmpty();
  }
}
