package dev.gantry.tags;

import dev.gantry.oci.Json;
import java.util.Optional;

/**
 * What a forge knows of a repository; fields it does not say are empty.
 *
 * @param url of its page
 * @param licence as SPDX identifier
 * @param source where this was read
 */
public record Project(
    String name,
    String description,
    String url,
    String licence,
    Optional<String> defaultBranch,
    String source) {

  /** A repository of which nothing is known. */
  public static final Project UNKNOWN = new Project("", "", "", "", Optional.empty(), "nothing");

  /** Reads the repository object of GitHub's API (docs.github.com/rest/repos, get a repository). */
  public static Project read(Json.Obj json, String source) {
    return new Project(
        json.text("name").orElse(""),
        json.text("description").orElse(""),
        json.text("html_url").orElse(""),
        json.object("license").flatMap(licence -> licence.text("spdx_id")).orElse(""),
        json.text("default_branch"),
        source);
  }
}
