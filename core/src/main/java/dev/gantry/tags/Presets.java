package dev.gantry.tags;

import java.util.List;
import java.util.Map;

/** Rules of strategies that people have published, ready to use. */
public final class Presets {
  /** All presets. */
  public static final List<String> NAMES = List.of("ghcr", "two-tags", "branch-sha", "arch");

  private Presets() {}

  /**
   * The inputs of a preset.
   *
   * @throws dev.gantry.failure.PublishException for a name that is none
   */
  public static Map<String, String> of(String name) {
    return switch (name) {
      case "ghcr" -> GHCR;
      case "two-tags" -> TWO_TAGS;
      case "branch-sha" -> BRANCH_SHA;
      case "arch" -> ARCH;
      default ->
          throw Objection.rule(
              "there is no preset '" + name + "'",
              "--preset",
              "use one of " + String.join(", ", NAMES));
    };
  }

  /** main: main, latest, build-N, sha-7; v1.2.3: 1.2.3, 1.2, 1, build-N, sha-7. */
  private static final Map<String, String> GHCR =
      Map.of(
          "tags",
          """
          type=raw,value=latest,enable={{is_default_branch}}
          type=ref,event=branch
          type=ref,event=pr
          type=semver,pattern={{version}}
          type=semver,pattern={{major}}.{{minor}}
          type=semver,pattern={{major}}
          type=raw,value=build-{{run_number}},enable={{has_run_number}}
          type=sha
          """,
          "flavor",
          "latest=false");

  /** The version, which is the git tag or what git describes, and latest beside it. */
  private static final Map<String, String> TWO_TAGS =
      Map.of(
          "tags",
          """
          type=ref,event=tag
          type=raw,value={{default describe sha}},enable={{not is_tag}}
          type=raw,value=latest,enable={{is_default_branch}}
          """);

  /** main: latest, main-7; dev: dev, dev-7; a pull request: pr-N; a git tag: its name. */
  private static final Map<String, String> BRANCH_SHA =
      Map.of(
          "tags",
          """
          type=raw,value=latest,enable={{is_default_branch}}
          type=ref,event=branch,enable={{#if branch}}{{is_not_default_branch}}{{else}}false{{/if}}
          type=ref,event=tag
          type=ref,event=pr
          type=sha,prefix={{branch}}-,enable={{#if branch}}true{{else}}false{{/if}}
          """,
          "flavor",
          "latest=false");

  /** Each tag once for amd64 and arm64 and once for both together, and hf-ARCH-TAG for git tags. */
  private static final Map<String, String> ARCH =
      Map.of(
          "tags",
          """
          type=raw,value=latest,enable={{is_default_branch}}
          type=ref,event=branch
          type=ref,event=tag
          type=ref,event=pr
          type=ref,event=tag,prefix=hf-{{variant}}-,suffix=
          """,
          "variants",
          "amd64\narm64");
}
