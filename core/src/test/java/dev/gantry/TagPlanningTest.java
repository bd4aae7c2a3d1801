package dev.gantry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.failure.PublishException;
import dev.gantry.oci.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tag plans through the front door: files, environment, git and lists of releases. */
class TagPlanningTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2024-05-06T07:08:09Z"));

  @TempDir Path folder;

  private TagWish wish(Map<String, String> inputs, Map<String, String> env) {
    return new TagWish(
        inputs, false, Optional.empty(), Optional.empty(), CLOCK, folder, env, Optional.empty());
  }

  private static Map<String, String> github(String ref) {
    return Map.of(
        "GITHUB_REF", ref,
        "GITHUB_SHA", "abc1234def5678900987654321fedcba01234567",
        "GITHUB_EVENT_NAME", "push",
        "GITHUB_REPOSITORY", "acme/widget");
  }

  @Test
  void aPlainCheckoutIsContextEnough() throws Exception {
    new GitCheckout(folder)
        .git("init", "-q", "-b", "trunk")
        .git("commit", "-q", "--allow-empty", "-m", "one")
        .git("tag", "v0.9.0");
    var planned =
        TagPlanning.plan(wish(Map.of("tags", "type=ref,event=branch\n{{describe}}"), Map.of()));
    assertThat(planned.plan().names()).containsExactly("trunk", "v0.9.0");
    assertThat(planned.context().ci()).isEqualTo("git");
  }

  @Test
  void tagsForAPush() {
    assertThat(TagPlanning.tags(wish(Map.of("tags", "a\nb"), github("refs/heads/main"))))
        .containsExactly(new Tag("a"), new Tag("b"));
  }

  @Test
  void theHighestReleaseMayBeToldByAList() {
    var wish =
        new TagWish(
            Map.of("tags", "type=semver,pattern={{version}}"),
            false,
            Optional.empty(),
            Optional.empty(),
            CLOCK,
            folder,
            github("refs/tags/v1.2.3"),
            Optional.of(() -> List.of("latest", "2.0.0", "1.2.2")));
    assertThat(TagPlanning.plan(wish).plan().names()).containsExactly("1.2.3");
  }

  @Test
  void payloadAndRepositoryAreFiles() throws IOException {
    var payload =
        Files.writeString(folder.resolve("event.json"), "{\"base_ref\":\"refs/heads/x\"}");
    var repository =
        Files.writeString(folder.resolve("repo.json"), "{\"default_branch\":\"main\"}");
    var env = new HashMap<>(github("refs/tags/v1.2.3"));
    env.put("GITHUB_EVENT_PATH", payload.toString());
    var wish =
        new TagWish(
            Map.of("tags", "{{base_ref}}\n{{default_branch}}"),
            false,
            Optional.of(repository),
            Optional.of("2020-01-10T00:30:00Z"),
            CLOCK,
            folder,
            env,
            Optional.empty());
    assertThat(TagPlanning.plan(wish).plan().names()).containsExactly("x", "main");
    Files.writeString(payload, "{");
    assertThatThrownBy(() -> TagPlanning.plan(wish))
        .isInstanceOf(PublishException.class)
        .hasMessageContaining("GITHUB_EVENT_PATH");
  }

  @Test
  void rulesFilesAreReadOrRefused() throws IOException {
    var file = Files.writeString(folder.resolve("rules.yaml"), "preset: ghcr\nimages: [a, b]\n");
    assertThat(TagPlanning.rules(file, System.in))
        .containsEntry("images", "a\nb")
        .containsEntry("flavor", "latest=false");
    for (var wrong : List.of("- a", "tag: x", "tags: [", "preset: none")) {
      Files.writeString(file, wrong);
      assertThatThrownBy(() -> TagPlanning.rules(file, System.in))
          .isInstanceOf(PublishException.class);
    }
  }

  @Test
  void workflowsThatHaveNoMetadataStepAreRefused() throws IOException {
    var file = folder.resolve("w.yml");
    for (var wrong : List.of("jobs: {a: {steps: [{run: x}]}}", "- a", "a: [")) {
      Files.writeString(file, wrong);
      assertThatThrownBy(() -> TagWorkflow.read(file)).isInstanceOf(PublishException.class);
    }
    var head = "jobs: {a: {steps: [{uses: docker/metadata-action@v5, with: {images: x}}]}}\non: ";
    Files.writeString(file, head + "{push: {tags: ['v*']}}");
    assertThat(TagWorkflow.read(file).triggers()).containsExactly("tag");
    Files.writeString(file, head + "[push, pull_request]");
    assertThat(TagWorkflow.read(file).triggers()).contains("push", "tag", "pull_request");
    Files.writeString(file, head + "{push: {branches: [main]}, release: {}}");
    assertThat(TagWorkflow.read(file).triggers()).contains("push", "tag");
  }
}
