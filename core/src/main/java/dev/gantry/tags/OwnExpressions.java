package dev.gantry.tags;

import dev.gantry.oci.Malformed;
import dev.gantry.tags.template.Template;
import dev.gantry.tags.template.Value;
import dev.gantry.tags.time.Zone;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The expressions with what docker/metadata-action lacks: conditions that {@code #if} understands,
 * no HTML entities, more of the context, functions to compare and change texts; and an error for
 * every unknown name and zone.
 */
final class OwnExpressions extends Expressions {
  private final Optional<String> variant;

  OwnExpressions(
      TagInputs inputs, Context context, Answers answers, Now now, Optional<String> variant) {
    super(inputs, context, answers, now);
    this.variant = variant;
  }

  @Override
  Template.Dialect dialect() {
    return Template.Dialect.STRICT;
  }

  @Override
  Value condition(boolean yes) {
    return new Value.Bool(yes);
  }

  @Override
  Map<String, Value> names() {
    var names = new LinkedHashMap<>(super.names());
    text(names, "head_ref", () -> context.headRef());
    text(names, "pr", () -> context.pullRequest());
    text(names, "event", () -> context.event());
    needed(names, "run_number", context::runNumber, "set GANTRY_RUN_NUMBER");
    names.put(
        "has_run_number",
        Value.lazy("has_run_number", () -> condition(context.runNumber().isPresent())));
    text(names, "repository", () -> context.repository());
    text(names, "default_branch", this::defaultBranch);
    needed(names, "commit_count", answers::commitCount, "plan in a checkout with its history");
    text(names, "describe", answers::describe);
    names.put(
        "is_prerelease",
        Value.lazy(
            "is_prerelease",
            () ->
                condition(
                    context.prerelease().orElse(false)
                        || context.tag().flatMap(Release::of).filter(Release::pre).isPresent())));
    names.put("is_tag", Value.lazy("is_tag", () -> condition(context.tag().isPresent())));
    names.put("is_pull_request", Value.lazy("is_pull_request", () -> condition(context.pullRef())));
    var inputValues = new LinkedHashMap<String, Value>();
    context.inputs().forEach((key, value) -> inputValues.put(key, Value.of(value)));
    names.put("inputs", new Value.Obj(inputValues));
    variant.ifPresent(name -> names.put("variant", Value.of(name)));
    names.putAll(functions());
    return names;
  }

  private static void text(Map<String, Value> names, String name, Supplier<Optional<Fact>> fact) {
    names.put(name, Value.lazy(name, () -> Value.of(fact.get().map(Fact::value).orElse(""))));
  }

  /** A fact without which a tag would be half a name. */
  private void needed(
      Map<String, Value> names, String name, Supplier<Optional<Fact>> fact, String todo) {
    names.put(
        name,
        Value.lazy(
            name,
            () ->
                Value.of(
                    fact.get()
                        .map(Fact::value)
                        .orElseThrow(() ->
                            new Malformed(
                                "not known in " + context.ci() + "; " + todo,
                                "{{" + name + "}}")))));
  }

  /** The default branch, as the run or the forge tells it. */
  Optional<Fact> defaultBranch() {
    return context.defaultBranch().or(answers::defaultBranch);
  }

  @Override
  boolean isDefaultBranch() {
    var branch = context.branch();
    if (branch.isEmpty()) {
      return false;
    }
    var main = defaultBranch();
    if (main.isEmpty()) {
      throw new Malformed(
          "the default branch is not known; set GANTRY_DEFAULT_BRANCH, or give --repository-json",
          "{{is_default_branch}}");
    }
    return main.get().value().equals(branch.get());
  }

  @Override
  String baseRef() {
    return context.baseRef().map(Fact::value).orElse("");
  }

  @Override
  Zone zone(String name) {
    return Zone.find(name)
        .orElseThrow(() ->
            new Malformed(
                "an unknown time zone; write one of the tz database, as Europe/Berlin or"
                    + " Etc/GMT-2",
                name));
  }

  /** Functions over texts, in the names that semantic-release's Docker plugin made known. */
  private Map<String, Value> functions() {
    var all = new LinkedHashMap<String, Value>();
    one(all, "lower", text -> Value.of(text.toLowerCase(Locale.ROOT)));
    one(all, "upper", text -> Value.of(text.toUpperCase(Locale.ROOT)));
    one(all, "not", text -> condition(text.isEmpty() || text.equals("false")));
    two(all, "eq", (a, b) -> condition(a.equals(b)));
    two(all, "ne", (a, b) -> condition(!a.equals(b)));
    two(all, "contains", (a, b) -> condition(a.contains(b)));
    two(all, "starts_with", (a, b) -> condition(a.startsWith(b)));
    two(all, "ends_with", (a, b) -> condition(a.endsWith(b)));
    two(all, "default", (a, b) -> Value.of(a.isEmpty() ? b : a));
    two(all, "trim_prefix", (a, b) -> Value.of(a.startsWith(b) ? a.substring(b.length()) : a));
    all.put(
        "replace",
        function(
            "replace", 3, given -> Value.of(given.get(0).replace(given.get(1), given.get(2)))));
    return all;
  }

  private static void one(
      Map<String, Value> all, String name, java.util.function.Function<String, Value> body) {
    all.put(name, function(name, 1, given -> body.apply(given.getFirst())));
  }

  private static void two(
      Map<String, Value> all,
      String name,
      java.util.function.BiFunction<String, String, Value> body) {
    all.put(name, function(name, 2, given -> body.apply(given.get(0), given.get(1))));
  }

  private static Value function(
      String name, int needs, java.util.function.Function<List<String>, Value> body) {
    return new Value.Fn(
        name,
        (arguments, _) -> {
          if (arguments.size() != needs) {
            throw new Malformed(
                "needs " + needs + " values, and has " + arguments.size(), "{{" + name + "}}");
          }
          return body.apply(arguments.stream().map(OwnExpressions::plain).toList());
        });
  }

  private static String plain(Value value) {
    return value instanceof Value.Fn(_, var function)
        ? function.call(List.of(), Optional.of(Map.of())).render()
        : value.render();
  }
}
