package dev.gantry.rehearsal.likeness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeedFileTest {
  private static final Seed EVERYTHING =
      new Seed(
          Map.of(
              "team/app",
              new Seed.Seeded(
                  Map.of("v1", true, "latest", false),
                  false,
                  Optional.of("team/other"),
                  false,
                  false,
                  List.of("no-push")),
              "team/old",
              new Seed.Seeded(Map.of("1", false), true, Optional.empty(), true, true, List.of())),
          List.of("team"),
          List.of("team/gone"),
          Optional.of(new Seed.Quota(10L << 30, 512 << 20)),
          Optional.of(new Seed.Rate(100, Duration.ofSeconds(60))),
          true);

  @Test
  void readsYaml() {
    var yaml =
        """
        # what is there
        repositories:
          team/app:
            tags: {v1: immutable, latest: }
            linked-to: team/other
            refuse: [no-push]
          team/old: {tags: [1], immutable: true, unlinked: true, deleted: true}
        exists: [team]
        missing: [team/gone]
        quota: {limit: 10G, used: 512M}
        rate-limit: {requests: 100, seconds: 60}
        read-only: true
        """;
    assertThat(SeedFile.parse("seed.yaml", yaml)).isEqualTo(EVERYTHING);
  }

  @Test
  void readsJson() {
    var json =
        """
        {"repositories": {
           "team/app": {"tags": {"v1": {"immutable": true}, "latest": {}},
                        "linked-to": "team/other", "refuse": ["no-push"]},
           "team/old": {"tags": ["1"], "immutable": true, "unlinked": true, "deleted": true}},
         "exists": ["team"], "missing": ["team/gone"],
         "quota": {"limit": 10737418240, "used": 536870912},
         "rate-limit": {"requests": 100, "seconds": 60}, "read-only": true}
        """;
    assertThat(SeedFile.parse("seed.json", json)).isEqualTo(EVERYTHING);
  }

  @Test
  void nothingIsAnEmptySeed() {
    assertThat(SeedFile.parse("seed.yaml", "")).isEqualTo(Seed.EMPTY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "repos: {} | seed.yaml: the document has no 'repos'; it knows [exists, missing, quota,",
        "repositories: {a: {tag: []}} | seed.yaml: a has no 'tag'",
        "repositories: [a] | seed.yaml: repositories is a list of names with values",
        "read-only: maybe | seed.yaml: read-only is true or false, not 'maybe'",
        "quota: {limit: lots} | seed.yaml: quota.limit is a number",
        "exists: team | seed.yaml: exists is a list of paths",
        "repositories: {a: {tags: {v1: frozen}}} | seed.yaml: a.tags.v1 is 'immutable', not"
            + " 'frozen'",
        "a: [ | seed.yaml: "
      })
  void mistakesAreSaid(String text, String message) {
    assertThatThrownBy(() -> SeedFile.parse("seed.yaml", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
