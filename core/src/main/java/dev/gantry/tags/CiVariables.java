package dev.gantry.tags;

import java.util.Map;
import java.util.Optional;

/**
 * Reads each CI's predefined variables; what GitHub calls the same thing is the word that counts.
 */
final class CiVariables {
  private CiVariables() {}

  /** docs.gitlab.com, predefined CI/CD variables. */
  static Context gitlab(Draft draft) {
    return draft
        .event(
            "CI_PIPELINE_SOURCE",
            Map.of(
                "merge_request_event", "pull_request",
                "external_pull_request_event", "pull_request",
                "web", "workflow_dispatch",
                "api", "workflow_dispatch",
                "trigger", "workflow_dispatch"))
        .take("pull request", "CI_MERGE_REQUEST_IID")
        .take("ref", "refs/pull/", "CI_MERGE_REQUEST_IID", "/merge")
        .tag("CI_COMMIT_TAG")
        .branch("CI_COMMIT_BRANCH")
        .branch("CI_COMMIT_REF_NAME")
        .take("sha", "CI_COMMIT_SHA")
        .take("commit date", "CI_COMMIT_TIMESTAMP")
        .take("repository", "CI_PROJECT_PATH")
        .take("url", "CI_PROJECT_URL")
        .take("default branch", "CI_DEFAULT_BRANCH")
        .take("base ref", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME")
        .take("head ref", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME")
        .take("run number", "CI_PIPELINE_IID")
        .context("GitLab CI");
  }

  /** jenkins.io, multibranch pipelines and the git plugin. */
  static Context jenkins(Draft draft) {
    var primary = draft.variable("BRANCH_IS_PRIMARY").filter("true"::equals);
    return draft
        .pull("CHANGE_ID")
        .tag("TAG_NAME")
        .branch("BRANCH_NAME")
        .branch("GIT_LOCAL_BRANCH")
        .set("ref", draft.variable("GIT_BRANCH").map(CiVariables::gitBranch), "GIT_BRANCH")
        .take("sha", "GIT_COMMIT")
        .repository("GIT_URL")
        .set(
            "default branch",
            primary.flatMap(_ -> draft.variable("BRANCH_NAME")),
            "BRANCH_IS_PRIMARY")
        .take("base ref", "CHANGE_TARGET")
        .take("head ref", "CHANGE_BRANCH")
        .take("run number", "BUILD_NUMBER")
        .context("Jenkins");
  }

  /** The git plugin names a branch with its remote, and a tag by its full ref. */
  private static String gitBranch(String text) {
    if (text.startsWith("refs/")) {
      return text;
    }
    return "refs/heads/" + (text.startsWith("origin/") ? text.substring(7) : text);
  }

  /** circleci.com, built-in environment variables. */
  static Context circle(Draft draft) {
    var pull =
        draft.variable("CIRCLE_PULL_REQUEST").map(url -> url.substring(url.lastIndexOf('/') + 1));
    var owner = draft.variable("CIRCLE_PROJECT_USERNAME");
    var name = draft.variable("CIRCLE_PROJECT_REPONAME");
    draft
        .pull("CIRCLE_PR_NUMBER")
        .set("pull request", pull, "CIRCLE_PULL_REQUEST")
        .set("ref", pull.map(number -> "refs/pull/" + number + "/merge"), "CIRCLE_PULL_REQUEST");
    if (pull.isPresent()) {
      draft.event("pull_request", "CIRCLE_PULL_REQUEST").take("head ref", "CIRCLE_BRANCH");
    }
    return draft
        .tag("CIRCLE_TAG")
        .branch("CIRCLE_BRANCH")
        .take("sha", "CIRCLE_SHA1")
        .set("repository", owner.flatMap(o -> name.map(n -> o + "/" + n)), "CIRCLE_PROJECT_…")
        .take("run number", "CIRCLE_BUILD_NUM")
        .context("CircleCI");
  }

  /** learn.microsoft.com, Azure Pipelines predefined variables. */
  static Context azure(Draft draft) {
    return draft
        .event(
            "BUILD_REASON",
            Map.of(
                "pullrequest", "pull_request",
                "schedule", "schedule",
                "manual", "workflow_dispatch",
                "individualci", "push",
                "batchedci", "push"))
        .take("ref", "BUILD_SOURCEBRANCH")
        .take("sha", "BUILD_SOURCEVERSION")
        .take("repository", "BUILD_REPOSITORY_NAME")
        .take("url", "BUILD_REPOSITORY_URI")
        .take("pull request", "SYSTEM_PULLREQUEST_PULLREQUESTNUMBER")
        .take("pull request", "SYSTEM_PULLREQUEST_PULLREQUESTID")
        .set("base ref", heads(draft, "SYSTEM_PULLREQUEST_TARGETBRANCH"), "SYSTEM_PULLREQUEST_…")
        .set("head ref", heads(draft, "SYSTEM_PULLREQUEST_SOURCEBRANCH"), "SYSTEM_PULLREQUEST_…")
        .take("run number", "BUILD_BUILDID")
        .context("Azure Pipelines");
  }

  private static Optional<String> heads(Draft draft, String variable) {
    return draft.variable(variable).map(GitHubContext::withoutHeads);
  }

  /** support.atlassian.com, Bitbucket Pipelines variables. */
  static Context bitbucket(Draft draft) {
    draft.pull("BITBUCKET_PR_ID");
    if (draft.variable("BITBUCKET_PR_ID").isPresent()) {
      draft
          .take("head ref", "BITBUCKET_BRANCH")
          .take("base ref", "BITBUCKET_PR_DESTINATION_BRANCH");
    }
    return draft
        .tag("BITBUCKET_TAG")
        .branch("BITBUCKET_BRANCH")
        .take("sha", "BITBUCKET_COMMIT")
        .take("repository", "BITBUCKET_REPO_FULL_NAME")
        .take("url", "BITBUCKET_GIT_HTTP_ORIGIN")
        .take("run number", "BITBUCKET_BUILD_NUMBER")
        .context("Bitbucket Pipelines");
  }

  /** buildkite.com, environment variables. */
  static Context buildkite(Draft draft) {
    draft.pull("BUILDKITE_PULL_REQUEST");
    if (draft
        .variable("BUILDKITE_PULL_REQUEST")
        .filter(text -> !text.equals("false"))
        .isPresent()) {
      draft
          .take("head ref", "BUILDKITE_BRANCH")
          .take("base ref", "BUILDKITE_PULL_REQUEST_BASE_BRANCH");
    }
    return draft
        .event(
            "BUILDKITE_SOURCE",
            Map.of(
                "webhook", "push",
                "ui", "workflow_dispatch",
                "api", "workflow_dispatch",
                "trigger_job", "workflow_dispatch"))
        .tag("BUILDKITE_TAG")
        .branch("BUILDKITE_BRANCH")
        .take("sha", "BUILDKITE_COMMIT")
        .repository("BUILDKITE_REPO")
        .take("default branch", "BUILDKITE_PIPELINE_DEFAULT_BRANCH")
        .take("run number", "BUILDKITE_BUILD_NUMBER")
        .context("Buildkite");
  }

  /** docs.drone.io, pipeline environment reference. */
  static Context drone(Draft draft) {
    return draft
        .event(
            "DRONE_BUILD_EVENT",
            Map.of("cron", "schedule", "tag", "push", "custom", "workflow_dispatch"))
        .take("pull request", "DRONE_PULL_REQUEST")
        .take("ref", "refs/pull/", "DRONE_PULL_REQUEST", "/merge")
        .tag("DRONE_TAG")
        .branch("DRONE_BRANCH")
        .take("ref", "DRONE_COMMIT_REF")
        .take("sha", "DRONE_COMMIT_SHA")
        .take("repository", "DRONE_REPO")
        .take("url", "DRONE_REPO_LINK")
        .take("default branch", "DRONE_REPO_BRANCH")
        .take("base ref", "DRONE_TARGET_BRANCH")
        .take("head ref", "DRONE_SOURCE_BRANCH")
        .take("run number", "DRONE_BUILD_NUMBER")
        .context("Drone");
  }

  /** woodpecker-ci.org, built-in environment variables. */
  static Context woodpecker(Draft draft) {
    return draft
        .event(
            "CI_PIPELINE_EVENT",
            Map.of(
                "cron", "schedule",
                "tag", "push",
                "manual", "workflow_dispatch",
                "pull_request_closed", "pull_request"))
        .take("pull request", "CI_COMMIT_PULL_REQUEST")
        .take("ref", "refs/pull/", "CI_COMMIT_PULL_REQUEST", "/merge")
        .tag("CI_COMMIT_TAG")
        .branch("CI_COMMIT_BRANCH")
        .take("ref", "CI_COMMIT_REF")
        .take("sha", "CI_COMMIT_SHA")
        .take("repository", "CI_REPO")
        .take("url", "CI_REPO_URL")
        .take("default branch", "CI_REPO_DEFAULT_BRANCH")
        .take("base ref", "CI_COMMIT_TARGET_BRANCH")
        .take("head ref", "CI_COMMIT_SOURCE_BRANCH")
        .take("run number", "CI_PIPELINE_NUMBER")
        .context("Woodpecker");
  }

  /** Tekton sets nothing; these are the variables of Pipelines-as-Code, handed on as PAC_…. */
  static Context tekton(Draft draft) {
    var owner = draft.variable("PAC_REPO_OWNER");
    var name = draft.variable("PAC_REPO_NAME");
    var pull = draft.variable("PAC_PULL_REQUEST_NUMBER");
    draft.pull("PAC_PULL_REQUEST_NUMBER");
    if (pull.isPresent()) {
      draft.take("base ref", "PAC_TARGET_BRANCH").take("head ref", "PAC_SOURCE_BRANCH");
    }
    return draft
        .event("PAC_EVENT_TYPE", Map.of("incoming", "workflow_dispatch"))
        .tag("PAC_GIT_TAG")
        .set(
            "ref",
            draft
                .variable("PAC_SOURCE_BRANCH")
                .map(b -> b.startsWith("refs/") ? b : "refs/heads/" + b),
            "PAC_SOURCE_BRANCH")
        .take("sha", "PAC_REVISION")
        .set("repository", owner.flatMap(o -> name.map(n -> o + "/" + n)), "PAC_REPO_…")
        .take("url", "PAC_REPO_URL")
        .context("Tekton");
  }

  /** coding.net, 持续集成, environment variables of the CODING_ kind. */
  static Context coding(Draft draft) {
    var event = draft.variable("CODING_EVENT").orElse("");
    if (event.startsWith("merge")) {
      draft
          .take("pull request", "CODING_MERGE_REQUEST_IID")
          .take("ref", "refs/pull/", "CODING_MERGE_REQUEST_IID", "/merge")
          .take("base ref", "CODING_BRANCH")
          .take("head ref", "CODING_MERGE_REQUEST_BRANCH")
          .event("pull_request", "CODING_EVENT");
    }
    if (event.equals("tag_push")) {
      draft.tag("CODING_BRANCH");
    }
    return draft
        .event(
            "CODING_EVENT",
            Map.of("tag_push", "push", "crontab", "schedule", "branch.create", "create"))
        .branch("CODING_BRANCH")
        .take("sha", "CODING_COMMIT")
        .take("repository", "CODING_REPO_SLUG")
        .take("run number", "CODING_BUILD_ID")
        .context("CODING CI");
  }

  /** coding.net, 构建计划: CODING's Jenkins with variables of its own. */
  static Context codingJenkins(Draft draft) {
    return draft
        .pull("MR_RESOURCE_ID")
        .tag("GIT_TAG")
        .branch("GIT_LOCAL_BRANCH")
        .branch("BRANCH_NAME")
        .set("ref", draft.variable("GIT_BRANCH").map(CiVariables::gitBranch), "GIT_BRANCH")
        .take("ref", "REF")
        .take("sha", "GIT_COMMIT")
        .repository("GIT_HTTP_URL")
        .take("base ref", "MR_TARGET_BRANCH")
        .take("head ref", "MR_SOURCE_BRANCH")
        .take("run number", "CI_BUILD_NUMBER")
        .take("run number", "BUILD_NUMBER")
        .context("CODING CI");
  }

  /** coding.net, QCI variables. */
  static Context codingQci(Draft draft) {
    return draft
        .pull("QCI_MR_IID")
        .event(
            "QCI_TRIGGER_TYPE",
            Map.of(
                "trigger_manual", "workflow_dispatch",
                "trigger_timer", "schedule",
                "trigger_tag", "push",
                "trigger_ci", "push",
                "trigger_mr", "pull_request"))
        .tag("QCI_REPO_TAG")
        .branch("QCI_REPO_BRANCH")
        .take("sha", "QCI_REPO_COMMIT")
        .take("commit date", "QCI_COMMIT_DATE")
        .take("base ref", "QCI_MR_TARGET_BRANCH")
        .take("head ref", "QCI_MR_SOURCE_BRANCH")
        .context("CODING CI");
  }
}
