package dev.gantry.tags;

import dev.gantry.oci.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The commit that is published and the run that publishes it. Each field says where it was read; a
 * field nobody told is empty.
 *
 * @param ci which CI this is, as "GitHub Actions", or "git" for a plain checkout
 * @param event what started the run, in GitHub's words: push, pull_request, schedule …
 * @param ref full name: refs/heads/main, refs/tags/v1.2.3, refs/pull/12/merge
 * @param repository owner/name
 * @param baseRef the branch a pull request goes to, or a tag was made from
 * @param headRef the branch a pull request comes from
 * @param pullRequest its number
 * @param commitDate when the commit was committed, in ISO 8601, where the run already knows it
 * @param url of the repository's page
 * @param prerelease whether a release was marked as one not for everybody
 * @param inputs what was typed in when the run was started by hand
 * @param payload the event as the forge told it
 */
public record Context(
    String ci,
    Optional<Fact> event,
    Optional<Fact> ref,
    Optional<Fact> sha,
    Optional<Fact> repository,
    Optional<Fact> defaultBranch,
    Optional<Fact> baseRef,
    Optional<Fact> headRef,
    Optional<Fact> pullRequest,
    Optional<Fact> runNumber,
    Optional<Fact> commitDate,
    Optional<Fact> url,
    Optional<Boolean> prerelease,
    Map<String, String> inputs,
    Json.Obj payload) {

  public Context {
    inputs = Map.copyOf(inputs);
  }

  /** A context in which nothing is known yet. */
  public static Context of(String ci) {
    Optional<Fact> none = Optional.empty();
    return new Context(
        ci,
        none,
        none,
        none,
        none,
        none,
        none,
        none,
        none,
        none,
        none,
        none,
        Optional.empty(),
        Map.of(),
        Json.object());
  }

  /** The fields that are texts, by their names. */
  public Map<String, Fact> facts() {
    var facts = new LinkedHashMap<String, Fact>();
    event.ifPresent(fact -> facts.put("event", fact));
    ref.ifPresent(fact -> facts.put("ref", fact));
    sha.ifPresent(fact -> facts.put("sha", fact));
    repository.ifPresent(fact -> facts.put("repository", fact));
    defaultBranch.ifPresent(fact -> facts.put("default branch", fact));
    baseRef.ifPresent(fact -> facts.put("base ref", fact));
    headRef.ifPresent(fact -> facts.put("head ref", fact));
    pullRequest.ifPresent(fact -> facts.put("pull request", fact));
    runNumber.ifPresent(fact -> facts.put("run number", fact));
    commitDate.ifPresent(fact -> facts.put("commit date", fact));
    url.ifPresent(fact -> facts.put("url", fact));
    return facts;
  }

  /** The same with fields set by their names in {@link #facts()}. */
  public Context with(Map<String, Fact> set) {
    return new Context(
        ci,
        choose(set, "event", event),
        choose(set, "ref", ref),
        choose(set, "sha", sha),
        choose(set, "repository", repository),
        choose(set, "default branch", defaultBranch),
        choose(set, "base ref", baseRef),
        choose(set, "head ref", headRef),
        choose(set, "pull request", pullRequest),
        choose(set, "run number", runNumber),
        choose(set, "commit date", commitDate),
        choose(set, "url", url),
        prerelease,
        inputs,
        payload);
  }

  private static Optional<Fact> choose(
      Map<String, Fact> set, String name, Optional<Fact> otherwise) {
    return Optional.ofNullable(set.get(name)).or(() -> otherwise);
  }

  /** The same with what only some events carry. */
  Context with(Map<String, String> inputs, Optional<Boolean> prerelease, Json.Obj payload) {
    return new Context(
        ci,
        event,
        ref,
        sha,
        repository,
        defaultBranch,
        baseRef,
        headRef,
        pullRequest,
        runNumber,
        commitDate,
        url,
        prerelease,
        inputs,
        payload);
  }

  /** The same under another CI's name. */
  Context named(String name) {
    return new Context(
        name,
        event,
        ref,
        sha,
        repository,
        defaultBranch,
        baseRef,
        headRef,
        pullRequest,
        runNumber,
        commitDate,
        url,
        prerelease,
        inputs,
        payload);
  }

  /** The ref's text, empty without one. */
  String refText() {
    return ref.map(Fact::value).orElse("");
  }

  /** The event's text, empty without one. */
  String eventText() {
    return event.map(Fact::value).orElse("");
  }

  /** The branch, when the ref is one. */
  public Optional<String> branch() {
    return after("refs/heads/");
  }

  /** The git tag, when the ref is one. */
  public Optional<String> tag() {
    return after("refs/tags/");
  }

  /** Whether the ref is a pull request's. */
  boolean pullRef() {
    return refText().startsWith("refs/pull/");
  }

  private Optional<String> after(String prefix) {
    return Optional.of(refText())
        .filter(text -> text.startsWith(prefix))
        .map(text -> text.substring(prefix.length()));
  }
}
