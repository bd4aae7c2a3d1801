package dev.gantry.tags;

import dev.gantry.oci.Json;
import dev.gantry.tags.grammar.SemVer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The context of GitHub Actions and its likenesses (Gitea, Forgejo), where docker/metadata-action
 * sees too little: a merge queue belongs to a pull request, a workflow_run to the ref that
 * triggered it, and a pull_request_target's commit is that of the request.
 */
final class ActionsContext {
  private ActionsContext() {}

  static Context read(Map<String, String> env, Json.Obj payload) {
    var known = new LinkedHashMap<>(env);
    if (env.getOrDefault("GITHUB_REPOSITORY", "").isEmpty()
        && payload.object("repository").isEmpty()) {
      known.put("GITHUB_REPOSITORY", "unknown/unknown");
    }
    var context = GitHubContext.read(known, payload, Map.of());
    var better = new LinkedHashMap<String, Fact>();
    switch (context.eventText()) {
      case "merge_group" -> queue(payload, context, better);
      case "workflow_run" ->
          payload.object("workflow_run").ifPresent(run -> triggering(run, better));
      case "pull_request_target" -> target(payload, better);
      default -> {}
    }
    var server = env.getOrDefault("GITHUB_SERVER_URL", "https://github.com");
    context
        .repository()
        .filter(repository -> !repository.value().equals("unknown/unknown"))
        .ifPresent(repository ->
            better.put("url", new Fact(server + "/" + repository.value(), "GITHUB_SERVER_URL")));
    return context.named(name(env)).with(better);
  }

  private static String name(Map<String, String> env) {
    if (env.containsKey("FORGEJO_ACTIONS")) {
      return "Forgejo Actions";
    }
    return env.containsKey("GITEA_ACTIONS") ? "Gitea Actions" : "GitHub Actions";
  }

  /** A queue's branch is named gh-readonly-queue/main/pr-104-SHA. */
  private static void queue(Json.Obj payload, Context context, Map<String, Fact> better) {
    var ref =
        payload
            .object("merge_group")
            .flatMap(group -> group.text("head_ref"))
            .orElse(context.refText());
    var pr = ref.lastIndexOf("/pr-");
    var end = pr < 0 ? -1 : ref.indexOf('-', pr + 4);
    if (end > pr + 4) {
      var number = ref.substring(pr + 4, end);
      better.put("pull request", new Fact(number, "merge_group.head_ref"));
      better.put("ref", new Fact("refs/pull/" + number + "/merge", "merge_group.head_ref"));
      var queue = ref.indexOf("gh-readonly-queue/");
      if (queue >= 0) {
        var base = ref.substring(queue + "gh-readonly-queue/".length(), pr);
        better.put("base ref", new Fact(base, "merge_group.head_ref"));
      }
    }
  }

  /** The payload does not say whether the head was a branch or a tag; a version was a tag. */
  private static void triggering(Json.Obj run, Map<String, Fact> better) {
    run.text("head_sha")
        .ifPresent(sha -> better.put("sha", new Fact(sha, "workflow_run.head_sha")));
    run.object("head_commit")
        .flatMap(commit -> commit.text("timestamp"))
        .ifPresent(date -> better.put("commit date", new Fact(date, "workflow_run.head_commit")));
    var event = run.text("event").orElse("push");
    better.put("event", new Fact(event, "workflow_run.event"));
    var pull =
        run.array("pull_requests").stream()
            .flatMap(pulls -> pulls.objects().stream())
            .findFirst()
            .flatMap(one -> one.number("number"));
    if (event.startsWith("pull_request") && pull.isPresent()) {
      var number = pull.get().toString();
      better.put("pull request", new Fact(number, "workflow_run.pull_requests"));
      better.put("ref", new Fact("refs/pull/" + number + "/merge", "workflow_run.pull_requests"));
      return;
    }
    run.text("head_branch")
        .ifPresent(head -> {
          var kind = SemVer.parse(head).isPresent() ? "refs/tags/" : "refs/heads/";
          better.put("ref", new Fact(kind + head, "workflow_run.head_branch"));
        });
  }

  private static void target(Json.Obj payload, Map<String, Fact> better) {
    if (payload.number("number").isEmpty()) {
      throw Objection.rule(
          "a pull_request_target event without the pull request's number",
          "the payload in GITHUB_EVENT_PATH",
          "hand the event's payload on to this step");
    }
    Optional<String> head =
        payload
            .object("pull_request")
            .flatMap(pull -> pull.object("head"))
            .flatMap(branch -> branch.text("sha"));
    head.ifPresent(sha -> better.put("sha", new Fact(sha, "payload pull_request.head.sha")));
  }
}
