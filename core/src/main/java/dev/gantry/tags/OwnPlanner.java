package dev.gantry.tags;

import dev.gantry.oci.Digest;
import dev.gantry.oci.Malformed;
import dev.gantry.oci.Reference;
import dev.gantry.oci.Tag;
import dev.gantry.tags.RuleValues.Made;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Plans as it should be: what is doubtful is refused, naming the rule, the value and the fix. */
final class OwnPlanner {
  /** Longer tags no registry takes (distribution-spec, "Pulling manifests"). */
  private static final int LONGEST = 128;

  private final TagInputs inputs;
  private final Context context;
  private final Answers answers;
  private final Now now;
  private final List<String> warnings = new ArrayList<>();
  private final List<TagPlan.Trace> traces = new ArrayList<>();
  private final Map<String, Rule> made = new LinkedHashMap<>();
  private Optional<Boolean> latest = Optional.empty();

  private OwnPlanner(TagInputs inputs, Context context, Answers answers, Now now) {
    this.inputs = inputs;
    this.context = context;
    this.answers = answers;
    this.now = now;
  }

  static TagPlan plan(TagInputs inputs, Context context, Answers answers, Now now) {
    return new OwnPlanner(inputs, context, answers, now).plan();
  }

  private TagPlan plan() {
    inputs.exportsResults();
    var images = images();
    var rules = inputs.rules();
    var flavor = Flavor.read(inputs.get("flavor"), false);
    var variants = Variant.read(inputs.get("variants"));
    var plain = new OwnExpressions(inputs, context, answers, now, Optional.empty());
    var own = new LinkedHashMap<String, List<String>>();
    variants.forEach(variant -> own.put(variant.name(), new ArrayList<>()));
    for (var rule : rules) {
      if (usesVariant(rule)) {
        variantRule(rule, variants, flavor, images, own);
      } else {
        rule(rule, new OwnValues(plain, flavor, warnings, images));
      }
    }
    var names = new ArrayList<>(made.keySet());
    if (!names.isEmpty() && latest.orElse(false)) {
      automatic(names, new OwnValues(plain, flavor, warnings, images));
    }
    var sets = new LinkedHashMap<String, List<String>>();
    for (var variant : variants) {
      var all = new ArrayList<String>();
      names.forEach(name -> all.add(fit(variant.dress(name), Optional.empty())));
      all.addAll(own.getOrDefault(variant.name(), List.of()));
      all.forEach(name -> valid(name, "the variant '" + variant.name() + "'", ""));
      sets.put(variant.name(), List.copyOf(all));
    }
    return finish(names, images, sets, plain);
  }

  private TagPlan finish(
      List<String> names,
      List<String> images,
      Map<String, List<String>> sets,
      Expressions expressions) {
    var push = Pushing.decide(inputs, context, names);
    if (names.isEmpty() && sets.values().stream().allMatch(List::isEmpty)) {
      noTags(push);
    }
    var version = names.isEmpty() ? "" : names.getFirst();
    var project = answers.project().orElseGet(this::project);
    var revision = context.sha().map(Fact::value).orElse("");
    var defaults = Labels.defaults(project, version, now.iso(), revision);
    defaults.values().removeIf(String::isEmpty);
    var labels = Labels.with(defaults, "labels", inputs.get("labels"), expressions);
    var annotations = Labels.with(defaults, "annotations", inputs.get("annotations"), expressions);
    return new TagPlan(
        version,
        names,
        images,
        Planner.tags(images, names),
        labels,
        Labels.annotations(annotations, levels()),
        warnings.stream().distinct().toList(),
        traces,
        push,
        inputs.get("bake-target", "docker-metadata-action"),
        sets);
  }

  private Project project() {
    var name = context.repository().map(Fact::value).orElse("");
    return new Project(
        name.substring(name.lastIndexOf('/') + 1),
        "",
        context.url().map(Fact::value).orElse(""),
        "",
        Optional.empty(),
        "the environment");
  }

  private void noTags(TagPlan.Push push) {
    if (!push.yes() && context.pullRef()) {
      return;
    }
    var why = new ArrayList<String>();
    traces.forEach(trace -> why.add(trace.rule().where() + ": " + trace.why()));
    throw Objection.of(
        Objection.EMPTY,
        "no rule gives a tag here",
        String.join("; ", why),
        "add a rule that fits, as type=ref,event=branch or type=sha");
  }

  private List<String> images() {
    var entries = ImageName.entries(inputs.get("images"), false);
    var images = new ArrayList<String>();
    for (var entry : entries) {
      var where = "the image '" + entry.row() + "'";
      var name = entry.name().toLowerCase(Locale.ROOT);
      try {
        var reference = Reference.parse(name);
        if (reference.tag().isPresent() || reference.digest().isPresent()) {
          throw Objection.of(
              Objection.IMAGE,
              "the image name '" + name + "' has a tag or digest already",
              where,
              "write the name alone; the tags come from the rules");
        }
      } catch (Malformed fault) {
        throw Objection.of(
            Objection.IMAGE,
            String.valueOf(fault.getMessage()),
            where,
            fault.nearest().map(right -> "write " + right).orElse("write ghcr.io/owner/image"));
      }
      if (entry.enabled() && images.contains(name)) {
        throw Objection.of(
            Objection.IMAGE, "the image '" + name + "' stands twice", where, "remove one of them");
      }
      if (entry.enabled()) {
        images.add(name);
      }
    }
    if (!entries.isEmpty() && images.isEmpty()) {
      throw Objection.of(
          Objection.IMAGE,
          "all images are disabled",
          "the input 'images'",
          "enable one of them, or give none for bare tags");
    }
    return images;
  }

  private static boolean usesVariant(Rule rule) {
    return rule.attributes().values().stream().anyMatch(value -> value.contains("variant}}"));
  }

  /** A rule whose text names the variant gives tags to the variants only. */
  private void variantRule(
      Rule rule,
      List<Variant> variants,
      Flavor flavor,
      List<String> images,
      Map<String, List<String>> own) {
    if (variants.isEmpty()) {
      throw Objection.rule(
          "{{variant}} stands in a rule, and there are no variants",
          rule.where(),
          "name them: --variants amd64,arm64");
    }
    var all = new ArrayList<String>();
    var why = "";
    for (var variant : variants) {
      var expressions =
          new OwnExpressions(inputs, context, answers, now, Optional.of(variant.name()));
      var values = new OwnValues(expressions, flavor, warnings, images);
      var result = values.enabled(rule) ? values.make(rule) : values.none("enable is false");
      switch (result) {
        case Made.None none -> why = none.why();
        case Made.Text text -> {
          var tag = checked(rule, text.value());
          own.getOrDefault(variant.name(), new ArrayList<>()).add(tag);
          all.add(tag);
          why = text.why();
        }
      }
    }
    traces.add(new TagPlan.Trace(rule, all, why));
  }

  private void rule(Rule rule, OwnValues values) {
    var result = values.enabled(rule) ? values.make(rule) : values.none("enable is false");
    switch (result) {
      case Made.None(var why) -> traces.add(new TagPlan.Trace(rule, List.of(), why));
      case Made.Text(var value, var wish, var why) -> {
        if (value.isEmpty()) {
          traces.add(new TagPlan.Trace(rule, List.of(), "its value is empty"));
          return;
        }
        var tag = checked(rule, value);
        var first = made.putIfAbsent(tag, rule);
        if (first != null) {
          throw Objection.of(
              Objection.RULE,
              "the tag '" + tag + "' comes from two rules",
              first.where() + " and " + rule.where(),
              "remove one of them, or tell them apart by prefix=, suffix= or enable=");
        }
        if (latest.isEmpty()) {
          var flavor = values.flavor.latest();
          latest = Optional.of(flavor.equals("auto") ? wish : flavor.equals("true"));
        }
        traces.add(new TagPlan.Trace(rule, List.of(tag), why));
      }
    }
  }

  private String checked(Rule rule, String value) {
    var tag = fit(cased(rule, Planner.clean(value)), Optional.of(rule));
    valid(tag, rule.where(), value);
    if (!tag.equals(value) && context.branch().filter(value::contains).isPresent()) {
      apart(rule, value);
    }
    return tag;
  }

  /** Refuses a branch whose tag would be another branch's too. */
  private void apart(Rule rule, String value) {
    var branch = context.branch().orElseThrow();
    for (var other : answers.branches()) {
      var same = Planner.clean(value.replace(branch, other)).equals(Planner.clean(value));
      if (same && !other.equals(branch)) {
        throw Objection.of(
            Objection.RULE,
            "the branches '"
                + branch
                + "' and '"
                + other
                + "' both become the tag '"
                + Planner.clean(value)
                + "'",
            rule.where(),
            "rename one branch, or add suffix=-{{sha}}");
      }
    }
  }

  private String cased(Rule rule, String tag) {
    var wish = rule.attribute("case").orElse(inputs.get("case", "keep"));
    return switch (wish) {
      case "keep" -> tag;
      case "lower" -> tag.toLowerCase(Locale.ROOT);
      case "upper" -> tag.toUpperCase(Locale.ROOT);
      default ->
          throw Objection.rule(
              "case=" + wish + " is unknown", rule.where(), "use keep, lower or upper");
    };
  }

  /** The tag, or where it is too long its beginning with an ending that only it has. */
  private String fit(String tag, Optional<Rule> rule) {
    var written =
        rule.flatMap(one -> one.attribute("max-length"))
            .orElse(inputs.get("max-length", Integer.toString(LONGEST)));
    var most = written.matches("[0-9]{1,3}") ? Integer.parseInt(written) : 0;
    if (most < 16 || most > LONGEST) {
      throw Objection.rule(
          "max-length=" + written + " is out of bounds",
          rule.map(Rule::where).orElse("the input 'max-length'"),
          "give a number from 16 to 128");
    }
    if (tag.length() <= most) {
      return tag;
    }
    var ending = Digest.of(tag.getBytes(StandardCharsets.UTF_8)).encoded().substring(0, 7);
    return tag.substring(0, most - 8) + "-" + ending;
  }

  private static void valid(String tag, String where, String value) {
    try {
      var _ = new Tag(tag);
    } catch (Malformed fault) {
      var from = value.isEmpty() || value.equals(tag) ? "" : " (made of '" + value + "')";
      throw Objection.of(
          Objection.TAG,
          fault.what() + ": '" + tag + "'" + from,
          where,
          "give the rule a prefix=, or an enable= that leaves it out where its expression is"
              + " empty, as enable={{#if branch}}true{{else}}false{{/if}}");
    }
  }

  /** Adds {@code latest}; a rule that already gives it and a flavor that does too are a mistake. */
  private void automatic(List<String> names, OwnValues values) {
    var tag = fit(Planner.clean(values.latestName()), Optional.empty());
    valid(tag, "the flavor", values.latestName());
    var rule = made.get(tag);
    if (rule != null) {
      throw Objection.of(
          Objection.RULE,
          "the tag '" + tag + "' comes from a rule and from the flavor",
          rule.where() + " and latest=" + values.flavor.latest(),
          "remove the rule, or set latest=false in the flavor");
    }
    names.add(tag);
  }

  private List<String> levels() {
    var known = List.of("manifest", "index", "manifest-descriptor", "index-descriptor");
    for (var level : inputs.levels()) {
      var bracket = level.indexOf('[');
      if (!known.contains(bracket < 0 ? level : level.substring(0, bracket))) {
        throw Objection.rule(
            "the annotation level '" + level + "' is unknown",
            "DOCKER_METADATA_ANNOTATIONS_LEVELS",
            "use " + String.join(", ", known));
      }
    }
    return inputs.levels();
  }
}
