package dev.gantry.tags;

import dev.gantry.tags.RuleValues.Made;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans tags, labels and annotations. Pure: same inputs, context, answers and time, same plan. */
public final class Planner {
  private Planner() {}

  /**
   * Makes the plan.
   *
   * @throws dev.gantry.failure.PublishException naming the rule or input, the value and the fix
   */
  public static TagPlan plan(TagInputs inputs, Context context, Answers answers, Now now) {
    return inputs.compat()
        ? compatible(inputs, context, answers, now)
        : OwnPlanner.plan(inputs, context, answers, now);
  }

  private static TagPlan compatible(TagInputs inputs, Context context, Answers answers, Now now) {
    inputs.exportsResults();
    var images = ImageName.read(inputs.get("images"), true);
    var rules = inputs.rules();
    var flavor = Flavor.read(inputs.get("flavor"), true);
    var warnings = new ArrayList<String>();
    var expressions = new Expressions(inputs, context, answers, now);
    var values = new RuleValues(expressions, flavor, warnings);
    var traces = new ArrayList<TagPlan.Trace>();
    var names = new LinkedHashSet<String>();
    var latest = Optional.<Boolean>empty();
    for (var rule : rules) {
      var made = values.enabled(rule) ? values.make(rule) : values.none("enable is false");
      switch (made) {
        case Made.None(var why) -> traces.add(new TagPlan.Trace(rule, List.of(), why));
        case Made.Text(var value, var wish, var why) -> {
          var tag = clean(value);
          if (value.isEmpty()) {
            traces.add(new TagPlan.Trace(rule, List.of(), "its value is empty"));
            continue;
          }
          names.add(tag);
          latest = latest.isPresent() ? latest : Optional.of(wished(flavor, wish));
          traces.add(new TagPlan.Trace(rule, List.of(tag), why));
        }
      }
    }
    var all = new ArrayList<>(names);
    var version = all.isEmpty() ? "" : all.getFirst();
    if (!all.isEmpty() && latest.orElse(false)) {
      all.add(clean(values.latestName()));
    }
    if (all.isEmpty()) {
      warnings.add("No Docker image version has been generated. Check tags input.");
      warnings.add("No Docker tag has been generated. Check tags input.");
    }
    var project = answers.project().orElse(Project.UNKNOWN);
    var revision = context.sha().map(Fact::value).orElse("");
    var defaults = Labels.defaults(project, version, now.iso(), revision);
    var labels = Labels.with(defaults, "labels", inputs.get("labels"), expressions);
    var annotations = Labels.with(defaults, "annotations", inputs.get("annotations"), expressions);
    return new TagPlan(
        version,
        all,
        images,
        tags(images, all),
        labels,
        Labels.annotations(annotations, inputs.levels()),
        warnings,
        traces,
        Pushing.decide(context, all),
        inputs.get("bake-target", "docker-metadata-action"),
        Map.of());
  }

  private static boolean wished(Flavor flavor, boolean wish) {
    return flavor.latest().equals("auto") ? wish : flavor.latest().equals("true");
  }

  static List<String> tags(List<String> images, List<String> names) {
    if (images.isEmpty()) {
      return names;
    }
    return images.stream()
        .flatMap(image -> names.stream().map(name -> image.isEmpty() ? name : image + ":" + name))
        .toList();
  }

  /** The text with every run of characters that no tag can hold replaced by one hyphen. */
  static String clean(String text) {
    var out = new StringBuilder(text.length());
    var gap = false;
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if ((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || c == '.'
          || c == '_'
          || c == '-') {
        out.append(c);
        gap = false;
      } else if (!gap) {
        out.append('-');
        gap = true;
      }
    }
    return out.toString();
  }
}
