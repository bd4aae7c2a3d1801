package dev.gantry.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.oci.Malformed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of imagined events, and what documents promise beyond them. */
class SimulationTest {
  private static List<Simulation.Row> rows(String tags, Set<String> triggers) {
    return Simulation.rows(
        Plans.rules(tags), Context.of("test"), triggers, Map.of("env.arch", "amd64"), Plans.NOW);
  }

  @Test
  void oneRowForEachKindOfEvent() {
    var rows =
        rows("type=ref,event=branch\ntype=ref,event=pr\ntype=semver,pattern={{version}}", Set.of());
    assertThat(rows)
        .extracting(row -> row.event() + ": " + String.join(",", row.names()))
        .containsExactly(
            "push to main: main",
            "push to feature/login: feature-login",
            "version tag v1.2.3: 1.2.3,latest",
            "pre-release tag v1.3.0-rc.1: 1.3.0-rc.1",
            "pull request 42: pr-42",
            "schedule on main: main");
  }

  @Test
  void workflowExpressionsAreWorkedOut() {
    var rows =
        rows(
            "type=raw,value=b-${{ github.run_number }}-${{ env.ARCH }}\n"
                + "type=raw,value=m,enable=${{ github.ref == 'refs/heads/main' }}",
            Set.of("push"));
    assertThat(rows.get(0).names()).containsExactly("b-123-amd64", "m");
    assertThat(rows.get(1).names()).containsExactly("b-123-amd64");
    assertThat(rows.get(0).fires()).isTrue();
    assertThat(rows.get(4).fires()).isFalse();
  }

  @Test
  void problemsStandInTheirRow() {
    var rows = rows("type=semver,pattern={{version}}", Set.of());
    assertThat(rows.get(0).problem()).contains("no rule gives a tag");
    assertThat(rows.get(2).problem()).isEmpty();
  }

  @Test
  void findsTagsThatAreDocumentedInVain() {
    var document =
        """
        docker pull ghcr.io/you/app:build-123
        docker pull ghcr.io/you/app:v1.2.3
        docker pull ghcr.io/you/app:1.9.0 and `sha-0a1b2c3`
        | PR | `pr-{number}` |
        image: other:whatever
        """;
    var rows =
        rows("type=semver,pattern={{version}}\ntype=sha\ntype=ref,event=pr", Set.of("push", "tag"));
    var findings = DocumentedTags.find("README.md", document, List.of("ghcr.io/you/app"), rows);
    assertThat(findings)
        .extracting(finding -> finding.where() + " " + finding.tag())
        .containsExactly("README.md:1 build-123", "README.md:2 v1.2.3", "README.md:4 pr-{number}");
    assertThat(findings.get(2).what()).contains("pull_request");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '`',
      value = {
        "x${{ github.ref }}y § xrefs/heads/mainy",
        "${{ github.ref == 'REFS/heads/main' && 'a' || 'b' }} § a",
        "${{ github.ref != 'refs/heads/main' }} § false",
        "${{ startsWith(github.ref, 'refs/tags/') }} § false",
        "${{ !startsWith(github.ref, 'refs/tags/') }} § true",
        "${{ contains(github.ref, 'main') }} § true",
        "${{ format('{0}-{1}', 'a', github.ref) }} § a-refs/heads/main",
        "${{ (secrets.X || 'none') }} § none",
        "${{ 'it''s' }} § it's",
        "${{ always() }} § true",
        "plain § plain"
      })
  void evaluatesWorkflowExpressions(String text, String expected) {
    assertThat(ActionsExpression.fill(text, Map.of("github.ref", "refs/heads/main")))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"${{ 'open }}", "${{ a b }}", "${{ ( a }}", "${{ == }}", "${{ }}"})
  void refusesWorkflowExpressionsThatAreNone(String text) {
    assertThatThrownBy(() -> ActionsExpression.fill(text, Map.of())).isInstanceOf(Malformed.class);
  }
}
