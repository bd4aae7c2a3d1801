package dev.gantry.tags;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans for tests: a context by its ref, inputs by name, git as it shall be. */
final class Plans {
  static final String SHA = "abc1234def5678900987654321fedcba01234567";
  static final Now NOW = new Now(Instant.parse("2024-05-06T07:08:09.010Z"), ZoneOffset.UTC);

  private Plans() {}

  static Context context(String ref) {
    return context(ref, "push");
  }

  static Context context(String ref, String event) {
    var facts = new LinkedHashMap<String, Fact>();
    facts.put("ref", new Fact(ref, "test"));
    facts.put("sha", new Fact(SHA, "test"));
    facts.put("event", new Fact(event, "test"));
    facts.put("default branch", new Fact("main", "test"));
    facts.put("run number", new Fact("123", "test"));
    facts.put("repository", new Fact("acme/widget", "test"));
    if (ref.startsWith("refs/pull/")) {
      facts.put("pull request", new Fact(ref.split("/", -1)[2], "test"));
    }
    return Context.of("test").with(facts);
  }

  static TagInputs rules(String tags) {
    return TagInputs.of(Map.of("tags", tags));
  }

  static TagPlan plan(String tags, String ref) {
    return Planner.plan(rules(tags), context(ref), git(), NOW);
  }

  static TagPlan plan(Map<String, String> inputs, Context context, Answers answers) {
    return Planner.plan(TagInputs.of(inputs), context, answers, NOW);
  }

  static Answers git(String... tags) {
    return new Git(List.of(tags), List.of());
  }

  /** Git with tags and branches. */
  record Git(List<String> gitTags, List<String> branches) implements Answers {
    @Override
    public Optional<Project> project() {
      return Optional.empty();
    }

    @Override
    public Optional<Fact> commitDate(String sha) {
      return Optional.of(new Fact("2024-01-02T03:04:05Z", "test"));
    }

    @Override
    public Optional<Fact> commitCount() {
      return Optional.of(new Fact("57", "test"));
    }

    @Override
    public Optional<Fact> describe() {
      return Optional.of(new Fact("v1.2.2-4-gabc1234", "test"));
    }
  }
}
