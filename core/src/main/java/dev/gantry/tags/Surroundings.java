package dev.gantry.tags;

import dev.gantry.oci.Json;
import java.util.Map;

/** Finds out from the environment which CI this is and reads its context. */
public final class Surroundings {
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
}
