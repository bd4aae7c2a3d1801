package dev.gantry.tags;

import dev.gantry.oci.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the context of a GitHub Actions run exactly as docker/metadata-action does: ref, commit and
 * event from the environment, the rest from the event's payload.
 */
final class GitHubContext {
  private final Map<String, String> env;
  private final Json.Obj payload;
  private final Map<String, Fact> checkout;

  private GitHubContext(Map<String, String> env, Json.Obj payload, Map<String, Fact> checkout) {
    this.env = env;
    this.payload = payload;
    this.checkout = checkout;
  }

  /**
   * Reads environment and payload.
   *
   * @param checkout ref, sha and commit date of a checkout, which then stand for the run's; empty
   *     for the run's own
   * @throws dev.gantry.failure.PublishException when nothing says which repository this is
   */
  static Context read(Map<String, String> env, Json.Obj payload, Map<String, Fact> checkout) {
    return new GitHubContext(env, payload, checkout).read();
  }

  private Context read() {
    var facts = new LinkedHashMap<String, Fact>();
    put(facts, "event", variable("GITHUB_EVENT_NAME"));
    if (checkout.isEmpty()) {
      put(facts, "ref", ref());
      put(facts, "sha", sha());
    }
    facts.putAll(checkout);
    facts.put("repository", repository());
    put(
        facts,
        "default branch",
        payload
            .object("repository")
            .flatMap(repository -> repository.get("default_branch"))
            .filter(branch -> branch != Json.Null.NULL)
            .map(branch -> new Fact(text(branch), "payload repository.default_branch")));
    put(facts, "base ref", baseRef(Optional.ofNullable(facts.get("ref"))));
    put(
        facts,
        "head ref",
        pull()
            .flatMap(pull -> pull.object("head"))
            .flatMap(head -> head.text("ref"))
            .map(branch -> new Fact(branch, "payload pull_request.head.ref")));
    put(
        facts,
        "pull request",
        payload.number("number").map(n -> new Fact(n.toString(), "payload number")));
    put(facts, "run number", variable("GITHUB_RUN_NUMBER"));
    if (checkout.isEmpty()) {
      put(facts, "commit date", commitDate(Optional.ofNullable(facts.get("sha"))));
    }
    return Context.of("GitHub Actions")
        .with(facts)
        .with(inputs(), payload.object("release").flatMap(r -> r.bool("prerelease")), payload);
  }

  private static void put(Map<String, Fact> facts, String name, Optional<Fact> fact) {
    fact.ifPresent(known -> facts.put(name, known));
  }

  private Optional<Fact> variable(String name) {
    return Optional.ofNullable(env.get(name)).map(value -> new Fact(value, name));
  }

  private Optional<Json.Obj> pull() {
    return payload.object("pull_request");
  }

  private boolean event(String part) {
    return env.getOrDefault("GITHUB_EVENT_NAME", "").contains(part);
  }

  /** A pull_request_target run has the base branch as its ref; what is meant is the request. */
  private Optional<Fact> ref() {
    if (event("pull_request_target")) {
      var number = payload.get("number").map(GitHubContext::text).orElse("undefined");
      return Optional.of(new Fact("refs/pull/" + number + "/merge", "payload number"));
    }
    return variable("GITHUB_REF");
  }

  private Optional<Fact> sha() {
    var head =
        pull()
            .flatMap(pull -> pull.object("head"))
            .flatMap(branch -> branch.get("sha"))
            .filter(sha -> sha != Json.Null.NULL);
    var wanted =
        env.getOrDefault("DOCKER_METADATA_PR_HEAD_SHA", "")
            .toLowerCase(Locale.ROOT)
            .contains("true");
    return wanted && event("pull_request") && head.isPresent()
        ? head.map(sha -> new Fact(text(sha), "payload pull_request.head.sha"))
        : variable("GITHUB_SHA");
  }

  private Fact repository() {
    var named = env.getOrDefault("GITHUB_REPOSITORY", "");
    if (!named.isEmpty()) {
      return new Fact(named, "GITHUB_REPOSITORY");
    }
    var repository = payload.object("repository");
    var owner = repository.flatMap(r -> r.object("owner")).flatMap(o -> o.text("login"));
    return owner
        .map(login -> login + "/" + repository.flatMap(r -> r.text("name")).orElse("undefined"))
        .map(name -> new Fact(name, "payload repository"))
        .orElseThrow(() ->
            Objection.rule(
                "context.repo requires a GITHUB_REPOSITORY environment variable like"
                    + " 'owner/repo'",
                "the environment",
                "set GITHUB_REPOSITORY=owner/repo"));
  }

  private Optional<Fact> baseRef(Optional<Fact> ref) {
    var name = ref.map(Fact::value).orElse("");
    if (name.startsWith("refs/tags/")) {
      var base = payload.get("base_ref").filter(json -> json != Json.Null.NULL);
      if (base.isPresent()) {
        return base.map(json -> new Fact(withoutHeads(text(json)), "payload base_ref"));
      }
    }
    if (name.startsWith("refs/pull/")) {
      return pull()
          .flatMap(pull -> pull.object("base"))
          .flatMap(base -> base.get("ref"))
          .filter(json -> json != Json.Null.NULL)
          .map(json -> new Fact(text(json), "payload pull_request.base.ref"));
    }
    return Optional.empty();
  }

  static String withoutHeads(String ref) {
    return ref.startsWith("refs/heads/") ? ref.substring("refs/heads/".length()) : ref;
  }

  /** The date of the commit among those of the event; an empty text for one without a date. */
  private Optional<Fact> commitDate(Optional<Fact> sha) {
    var id = sha.map(Fact::value).orElse("");
    var listed =
        payload.array("commits").stream()
            .flatMap(commits -> commits.objects().stream())
            .filter(commit -> commit.text("id").filter(id::equals).isPresent())
            .findFirst()
            .flatMap(commit -> commit.text("timestamp"))
            .filter(date -> !date.isEmpty());
    if (listed.isPresent()) {
      return listed.map(date -> new Fact(date, "payload commits"));
    }
    return payload
        .object("head_commit")
        .filter(commit -> commit.text("id").filter(id::equals).isPresent())
        .map(commit -> new Fact(commit.text("timestamp").orElse(""), "payload head_commit"));
  }

  private Map<String, String> inputs() {
    var inputs = new LinkedHashMap<String, String>();
    payload
        .object("inputs")
        .ifPresent(all -> all.members().forEach((key, value) -> inputs.put(key, text(value))));
    return inputs;
  }

  /** A value as a text, as JavaScript writes it. */
  static String text(Json json) {
    return switch (json) {
      case Json.Str(var value) -> value;
      case Json.Num(var literal) -> literal;
      case Json.Bool(var value) -> Boolean.toString(value);
      case Json.Null _ -> "null";
      case Json.Arr _, Json.Obj _ -> json.compact();
    };
  }
}
