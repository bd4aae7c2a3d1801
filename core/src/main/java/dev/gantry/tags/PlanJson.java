package dev.gantry.tags;

import dev.gantry.oci.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The plan as documents for programs: our own, the anchor's output, and bake files. */
public final class PlanJson {
  private PlanJson() {}

  /** Everything in one object; keys in docs/tags.md. */
  public static Json.Obj document(TagPlan plan) {
    var document =
        Json.object()
            .with("version", plan.version())
            .with("tags", Json.strings(plan.tags()))
            .with("tag-names", Json.strings(plan.names()))
            .with("labels", labels(plan))
            .with("annotations", Json.strings(plan.annotations()))
            .with("warnings", Json.strings(plan.warnings()))
            .with("push", new Json.Bool(plan.push().yes()))
            .with("push-reason", plan.push().reason())
            .with("bake", bake(plan));
    if (plan.variants().isEmpty()) {
      return document;
    }
    var variants = Json.object();
    for (var variant : plan.variants().entrySet()) {
      variants =
          variants.with(
              variant.getKey(),
              Json.object()
                  .with("tag-names", Json.strings(variant.getValue()))
                  .with("tags", Json.strings(Planner.tags(plan.images(), variant.getValue()))));
    }
    return document.with("variants", variants);
  }

  /** The anchor's output {@code json}: tags, names, labels, annotations. */
  public static Json.Obj output(TagPlan plan) {
    return Json.object()
        .with("tags", Json.strings(plan.tags()))
        .with("tag-names", Json.strings(plan.names()))
        .with("labels", labels(plan))
        .with("annotations", Json.strings(plan.annotations()));
  }

  /** A value ends at its first line end, as in the anchor's document. */
  static Json.Obj labels(TagPlan plan) {
    var members = new LinkedHashMap<String, Json>();
    plan.labels().forEach((key, value) -> members.put(key, new Json.Str(firstLine(value))));
    return new Json.Obj(members);
  }

  private static String firstLine(String value) {
    for (var i = 0; i < value.length(); i++) {
      if ("\n\r\u2028\u2029".indexOf(value.charAt(i)) >= 0) {
        return value.substring(0, i);
      }
    }
    return value;
  }

  /** The bake file with tags, labels and arguments (docs.docker.com, bake reference). */
  public static Json.Obj bake(TagPlan plan) {
    return target(
        plan,
        Map.of("tags", Json.strings(plan.tags()), "labels", labels(plan), "args", arguments(plan)),
        List.of("tags", "labels", "args"));
  }

  /** The bake file with tags and arguments only. */
  public static Json.Obj bakeTags(TagPlan plan) {
    return target(
        plan,
        Map.of("tags", Json.strings(plan.tags()), "args", arguments(plan)),
        List.of("tags", "args"));
  }

  /** The bake file with labels only. */
  public static Json.Obj bakeLabels(TagPlan plan) {
    return target(plan, Map.of("labels", labels(plan)), List.of("labels"));
  }

  /** The bake file with annotations only. */
  public static Json.Obj bakeAnnotations(TagPlan plan) {
    return target(
        plan, Map.of("annotations", Json.strings(plan.annotations())), List.of("annotations"));
  }

  private static Json.Obj target(TagPlan plan, Map<String, Json> parts, List<String> order) {
    var target = Json.object();
    for (var name : order) {
      target = target.with(name, parts.getOrDefault(name, Json.Null.NULL));
    }
    return Json.object().with("target", Json.object().with(plan.bakeTarget(), target));
  }

  private static Json.Obj arguments(TagPlan plan) {
    var arguments = Json.object().with("DOCKER_META_IMAGES", String.join(",", plan.images()));
    return plan.version().isEmpty()
        ? arguments
        : arguments.with("DOCKER_META_VERSION", plan.version());
  }
}
