package dev.gantry.tags;

import static dev.gantry.tags.Plans.context;
import static dev.gantry.tags.Plans.git;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of the published strategies, row by row. */
class PresetsTest {
  private static TagPlan plan(String preset, String ref) {
    var event = ref.startsWith("refs/pull/") ? "pull_request" : "push";
    return Plans.plan(Presets.of(preset), context(ref, event), git("v1.2.2", "v1.2.3", "v1.0.0"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ghcr | refs/heads/main | main latest build-123 sha-abc1234 | true",
        "ghcr | refs/heads/dev | dev build-123 sha-abc1234 | true",
        "ghcr | refs/tags/v1.2.3 | 1.2.3 1.2 1 build-123 sha-abc1234 | true",
        "ghcr | refs/tags/v1.3.0-rc.1 | 1.3.0-rc.1 build-123 sha-abc1234 | true",
        "ghcr | refs/pull/42/merge | pr-42 build-123 sha-abc1234 | false",
        "two-tags | refs/heads/main | v1.2.2-4-gabc1234 latest | true",
        "two-tags | refs/tags/v1.2.3 | v1.2.3 latest | true",
        "branch-sha | refs/heads/main | latest main-abc1234 | true",
        "branch-sha | refs/heads/dev | dev dev-abc1234 | true",
        "branch-sha | refs/heads/feature/login-form |"
            + " feature-login-form feature-login-form-abc1234 | true",
        "branch-sha | refs/pull/42/merge | pr-42 | false",
        "arch | refs/heads/main | main latest | true",
        "arch | refs/tags/v1.2.3 | v1.2.3 latest | true",
        "arch | refs/pull/42/merge | pr-42 | false"
      })
  void givesTheTableOfItsSource(String preset, String ref, String names, boolean push) {
    var plan = plan(preset, ref);
    assertThat(String.join(" ", plan.names())).isEqualTo(names);
    assertThat(plan.push().yes()).isEqualTo(push);
  }

  @Test
  void archKnowsTheNamesBeforeAndAfterTheMerge() {
    assertThat(plan("arch", "refs/tags/v1.2.3").variants())
        .containsExactly(
            Map.entry("amd64", List.of("v1.2.3-amd64", "latest-amd64", "hf-amd64-v1.2.3")),
            Map.entry("arm64", List.of("v1.2.3-arm64", "latest-arm64", "hf-arm64-v1.2.3")));
    assertThat(plan("arch", "refs/heads/main").variants().get("amd64"))
        .containsExactly("main-amd64", "latest-amd64");
    assertThat(plan("arch", "refs/pull/42/merge").variants().get("arm64"))
        .containsExactly("pr-42-arm64");
  }

  @Test
  void suffixOnAndOffInOnePlan() {
    var plan =
        Plans.plan(
            Map.of(
                "tags", "type=sha",
                "images", "app",
                "variants", "name=plain,suffix=\nalpine"),
            context("refs/heads/main"),
            git());
    assertThat(plan.variants().get("plain")).containsExactly("sha-abc1234");
    assertThat(plan.variants().get("alpine")).containsExactly("sha-abc1234-alpine");
    assertThat(PlanJson.document(plan).object("variants").orElseThrow().compact())
        .contains("\"app:sha-abc1234-alpine\"");
  }

  @Test
  void variantsThatCannotBeToldApartAreRefused() {
    assertThatThrownBy(() ->
            Plans.plan(
                Map.of("tags", "type=sha", "variants", "a\na"), context("refs/heads/main"), git()))
        .hasMessageContaining("variants");
    assertThatThrownBy(() -> Plans.plan("hf-{{variant}}", "refs/heads/main"))
        .hasMessageContaining("variant");
    assertThatThrownBy(() -> Presets.of("other")).hasMessageContaining("two-tags");
  }
}
