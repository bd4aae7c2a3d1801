package dev.gantry.tags;

import dev.gantry.oci.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds out from the environment which CI this is and reads its context. The variables are those of
 * each CI's own documentation; {@code GANTRY_…} variables win over all of them, and are the way for
 * a CI that sets none, as Tekton.
 */
public final class Surroundings {
  /** Variables that say a field outright, in any CI and without one. */
  private static final Map<String, String> OWN =
      Map.of(
          "GANTRY_EVENT", "event",
          "GANTRY_REF", "ref",
          "GANTRY_SHA", "sha",
          "GANTRY_REPOSITORY", "repository",
          "GANTRY_DEFAULT_BRANCH", "default branch",
          "GANTRY_BASE_REF", "base ref",
          "GANTRY_HEAD_REF", "head ref",
          "GANTRY_PULL_REQUEST", "pull request",
          "GANTRY_RUN_NUMBER", "run number",
          "GANTRY_URL", "url");

  /**
   * One CI.
   *
   * @param mark the variable that only it sets
   * @param value what the variable holds; empty for anything
   */
  private record Ci(String mark, String value, Function<Draft, Context> reader) {
    boolean here(Map<String, String> env) {
      var found = env.getOrDefault(mark, "");
      return value.isEmpty() ? !found.isEmpty() : found.equals(value);
    }
  }

  /** The order matters: CODING's older CI is a Jenkins and sets its variables too. */
  private static final List<Ci> CIS =
      List.of(
          new Ci("GITLAB_CI", "", CiVariables::gitlab),
          new Ci("CODING", "true", CiVariables::coding),
          new Ci("CCI_JOB_NAME", "", CiVariables::codingJenkins),
          new Ci("QCI_REPO_COMMIT", "", CiVariables::codingQci),
          new Ci("CIRCLECI", "", CiVariables::circle),
          new Ci("TF_BUILD", "", CiVariables::azure),
          new Ci("BITBUCKET_BUILD_NUMBER", "", CiVariables::bitbucket),
          new Ci("BUILDKITE", "", CiVariables::buildkite),
          new Ci("DRONE", "", CiVariables::drone),
          new Ci("CI", "woodpecker", CiVariables::woodpecker),
          new Ci("PAC_REVISION", "", CiVariables::tekton),
          new Ci("JENKINS_URL", "", CiVariables::jenkins));

  private Surroundings() {}

  /**
   * The context as docker/metadata-action sees it.
   *
   * @param payload of the event; an empty object when there is none
   * @param checkout ref, sha and commit date of the checkout for {@code --context git}, else empty
   */
  public static Context github(
      Map<String, String> env, Json.Obj payload, Map<String, Fact> checkout) {
    return GitHubContext.read(env, payload, checkout);
  }

  /** Whether the environment is that of a CI that is known, or says ref and commit itself. */
  public static boolean known(Map<String, String> env) {
    return actions(env)
        || CIS.stream().anyMatch(ci -> ci.here(env))
        || !env.getOrDefault("GANTRY_REF", "").isEmpty();
  }

  private static boolean actions(Map<String, String> env) {
    return env.containsKey("GITHUB_EVENT_NAME") || env.containsKey("GITHUB_REF");
  }

  /**
   * The context of whatever CI this is.
   *
   * @param payload of a GitHub-like event; an empty object when there is none
   * @param checkout ref, sha and commit date of the checkout, where those count or there is no CI
   */
  public static Context read(
      Map<String, String> env, Json.Obj payload, Map<String, Fact> checkout) {
    var found = CIS.stream().filter(ci -> ci.here(env)).findFirst();
    Context context;
    if (actions(env)) {
      context = ActionsContext.read(env, payload);
    } else if (found.isPresent()) {
      context = found.get().reader().apply(new Draft(env));
    } else {
      context = Context.of("git").with(Map.of("event", new Fact("push", "a plain checkout")));
    }
    var own = new LinkedHashMap<String, Fact>(checkout);
    OWN.forEach((variable, field) ->
        Optional.ofNullable(env.get(variable))
            .filter(value -> !value.isEmpty())
            .ifPresent(value -> own.put(field, new Fact(value, variable))));
    return context.with(own);
  }
}
