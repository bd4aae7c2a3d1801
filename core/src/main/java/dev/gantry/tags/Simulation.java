package dev.gantry.tags;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Malformed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the rules would give for each kind of event, without any of them happening. */
public final class Simulation {
  /** The number of the pull request that is imagined. */
  private static final String PULL = "42";

  private static final String SHA = "abc1234def5678900987654321fedcba01234567";
  private static final String RUN = "123";

  private Simulation() {}

  /**
   * One imagined event.
   *
   * @param trigger what starts it, in the words of a workflow
   * @param fires whether the workflow has that trigger
   * @param problem why there is no plan; empty when there is one
   */
  public record Row(
      String event,
      String trigger,
      boolean fires,
      List<String> names,
      List<String> warnings,
      TagPlan.Push push,
      String problem) {
    public Row {
      names = List.copyOf(names);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The rows of the table.
   *
   * @param triggers what starts the run: push, tag, pull_request, schedule; empty for everything
   * @param values of expressions in the inputs besides those of the event, as env.NAME
   */
  public static List<Row> rows(
      TagInputs inputs, Context base, Set<String> triggers, Map<String, String> values, Now now) {
    var main = base.defaultBranch().map(Fact::value).orElse("main");
    var rows = new ArrayList<Row>();
    for (var event :
        List.of(
            new Event("push to " + main, "push", "push", "refs/heads/" + main),
            new Event("push to feature/login", "push", "push", "refs/heads/feature/login"),
            new Event("version tag v1.2.3", "tag", "push", "refs/tags/v1.2.3"),
            new Event("pre-release tag v1.3.0-rc.1", "tag", "push", "refs/tags/v1.3.0-rc.1"),
            new Event("pull request " + PULL, "pull_request", "pull_request", "refs/pull/42/merge"),
            new Event("schedule on " + main, "schedule", "schedule", "refs/heads/" + main))) {
      var fires = triggers.isEmpty() || triggers.contains(event.trigger());
      rows.add(row(event, fires, inputs, base, main, values, now));
    }
    return rows;
  }

  private record Event(String title, String trigger, String name, String ref) {}

  private static Row row(
      Event event,
      boolean fires,
      TagInputs inputs,
      Context base,
      String main,
      Map<String, String> values,
      Now now) {
    var context = context(event, base, main);
    try {
      var filled = filled(inputs, values(context, values));
      var plan = Planner.plan(filled, context, new Imagined(main), now);
      var names = new ArrayList<>(plan.names());
      plan.variants().values().forEach(names::addAll);
      return new Row(
          event.title(), event.trigger(), fires, names, plan.warnings(), plan.push(), "");
    } catch (PublishException e) {
      return failed(event, fires, problem(e.failure()));
    } catch (Malformed e) {
      return failed(event, fires, String.valueOf(e.getMessage()));
    }
  }

  private static Row failed(Event event, boolean fires, String problem) {
    return new Row(
        event.title(),
        event.trigger(),
        fires,
        List.of(),
        List.of(),
        new TagPlan.Push(false, "no plan"),
        problem);
  }

  private static String problem(Failure failure) {
    return failure instanceof Failure.Refused(_, var problems) && !problems.isEmpty()
        ? problems.getFirst().what()
        : failure.toString();
  }

  private static Context context(Event event, Context base, String main) {
    var facts = new LinkedHashMap<String, Fact>();
    facts.put("event", new Fact(event.name(), "simulation"));
    facts.put("ref", new Fact(event.ref(), "simulation"));
    facts.put("sha", new Fact(SHA, "simulation"));
    facts.put("run number", new Fact(RUN, "simulation"));
    facts.put("default branch", new Fact(main, "simulation"));
    if (event.trigger().equals("pull_request")) {
      facts.put("pull request", new Fact(PULL, "simulation"));
      facts.put("base ref", new Fact(main, "simulation"));
      facts.put("head ref", new Fact("feature/login", "simulation"));
    }
    base.repository().ifPresent(repository -> facts.put("repository", repository));
    return Context.of("simulation").with(facts);
  }

  /** The inputs with a workflow's expressions worked out for this event. */
  private static TagInputs filled(TagInputs inputs, Map<String, String> values) {
    var filled = new LinkedHashMap<String, String>();
    inputs.given().forEach((name, text) -> filled.put(name, ActionsExpression.fill(text, values)));
    return new TagInputs(filled, inputs.env(), inputs.compat());
  }

  private static Map<String, String> values(Context context, Map<String, String> more) {
    var values = new LinkedHashMap<String, String>();
    var ref = context.refText();
    var name = ref.replaceFirst("^refs/(heads|tags|pull)/", "");
    var repository = context.repository().map(Fact::value).orElse("owner/app");
    values.put("github.ref", ref);
    values.put("github.ref_name", name);
    values.put("github.ref_type", context.tag().isPresent() ? "tag" : "branch");
    values.put("github.event_name", context.eventText());
    values.put("github.sha", SHA);
    values.put("github.run_number", RUN);
    values.put("github.run_id", "1000");
    values.put("github.run_attempt", "1");
    values.put("github.repository", repository);
    values.put(
        "github.repository_owner",
        repository.substring(0, repository.indexOf('/') + 1).replace("/", ""));
    values.put("github.event.repository.name", repository.substring(repository.indexOf('/') + 1));
    var main = context.defaultBranch().map(Fact::value).orElse("main");
    values.put("github.event.repository.default_branch", main);
    context
        .pullRequest()
        .ifPresent(number -> {
          values.put("github.event.number", number.value());
          values.put("github.event.pull_request.number", number.value());
          values.put("github.base_ref", main);
          values.put("github.head_ref", "feature/login");
        });
    more.forEach((key, value) -> values.putIfAbsent(key, ActionsExpression.fill(value, values)));
    return values;
  }

  /** A repository whose highest release is the one that is imagined to be made. */
  private record Imagined(String main) implements Answers {
    @Override
    public Optional<Project> project() {
      return Optional.of(new Project("app", "", "", "", Optional.of(main), "simulation"));
    }

    @Override
    public Optional<Fact> commitDate(String sha) {
      return Optional.empty();
    }

    @Override
    public List<String> gitTags() {
      return List.of("v1.2.2", "v1.2.3");
    }

    @Override
    public List<String> branches() {
      return List.of(main, "feature/login");
    }

    @Override
    public Optional<Fact> commitCount() {
      return Optional.of(new Fact("57", "simulation"));
    }

    @Override
    public Optional<Fact> describe() {
      return Optional.of(new Fact("v1.2.2-4-gabc1234", "simulation"));
    }
  }
}
