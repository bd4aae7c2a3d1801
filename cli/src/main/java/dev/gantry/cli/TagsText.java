package dev.gantry.cli;

import dev.gantry.TagWish;
import dev.gantry.tags.PlanJson;
import dev.gantry.tags.TagInputs;
import dev.gantry.tags.TagPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A plan as text, in the form that was asked for. */
final class TagsText {
  static final List<String> KINDS =
      List.of(
          "text",
          "names",
          "labels",
          "annotations",
          "env",
          "json",
          "bake",
          "bake-tags",
          "bake-labels",
          "bake-annotations");

  private TagsText() {}

  static List<String> lines(TagPlan plan, String kind, TagWish wish) {
    return switch (kind) {
      case "names" -> plan.names();
      case "labels" -> entries(plan.labels());
      case "annotations" -> plan.annotations();
      case "env" -> variables(plan, wish);
      case "json" -> List.of(PlanJson.output(plan).compact());
      case "bake" -> List.of(PlanJson.bake(plan).pretty());
      case "bake-tags" -> List.of(PlanJson.bakeTags(plan).pretty());
      case "bake-labels" -> List.of(PlanJson.bakeLabels(plan).pretty());
      case "bake-annotations" -> List.of(PlanJson.bakeAnnotations(plan).pretty());
      default -> text(plan);
    };
  }

  /** The tags, then those of each variant. */
  private static List<String> text(TagPlan plan) {
    var lines = new ArrayList<>(plan.tags());
    for (var names : plan.variants().values()) {
      if (plan.images().isEmpty()) {
        lines.addAll(names);
      }
      plan.images().forEach(image -> names.forEach(name -> lines.add(image + ":" + name)));
    }
    return lines;
  }

  static List<String> entries(Map<String, String> entries) {
    return entries.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
  }

  /** KEY=VALUE lines that a shell can source: values are quoted. */
  private static List<String> variables(TagPlan plan, TagWish wish) {
    return outputs(plan, new TagInputs(wish.inputs(), wish.env(), wish.compat()))
        .entrySet()
        .stream()
        .map(output ->
            variable(output.getKey()) + "='" + output.getValue().replace("'", "'\\''") + "'")
        .toList();
  }

  /** The environment variable of an output, as docker/metadata-action names it. */
  static String variable(String output) {
    return "DOCKER_METADATA_OUTPUT_" + output.replace('-', '_').toUpperCase(java.util.Locale.ROOT);
  }

  /** The action's outputs that are texts, bake files aside. */
  static Map<String, String> outputs(TagPlan plan, TagInputs inputs) {
    var outputs = new java.util.LinkedHashMap<String, String>();
    outputs.put("version", plan.version());
    outputs.put("tags", String.join(inputs.separator("sep-tags"), plan.tags()));
    outputs.put("tag-names", String.join(inputs.separator("sep-tags"), plan.names()));
    outputs.put("labels", String.join(inputs.separator("sep-labels"), entries(plan.labels())));
    outputs.put(
        "annotations", String.join(inputs.separator("sep-annotations"), plan.annotations()));
    outputs.put("json", PlanJson.output(plan).compact());
    outputs.put("push", Boolean.toString(plan.push().yes()));
    return outputs;
  }
}
