package dev.gantry.tags;

import java.util.List;
import java.util.Map;

/**
 * Which tags, labels and annotations a commit gets.
 *
 * @param version the first tag; empty without any
 * @param names the tags without an image's name, in their order
 * @param images the names of the images, in lower case
 * @param tags image and tag together; the bare tags when no image is given
 * @param annotations in the form level:key=value
 * @param warnings what went wrong without being fatal
 * @param traces what became of each rule
 * @param push whether the image is to be pushed
 * @param variants the tags of each variant, without an image's name; {@code names} are then those
 *     under which the variants are merged
 */
public record TagPlan(
    String version,
    List<String> names,
    List<String> images,
    List<String> tags,
    Map<String, String> labels,
    List<String> annotations,
    List<String> warnings,
    List<Trace> traces,
    Push push,
    String bakeTarget,
    Map<String, List<String>> variants) {
  public TagPlan {
    names = List.copyOf(names);
    images = List.copyOf(images);
    tags = List.copyOf(tags);
    labels = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(labels));
    annotations = List.copyOf(annotations);
    warnings = List.copyOf(warnings);
    traces = List.copyOf(traces);
    variants = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(variants));
  }

  /**
   * What became of a rule.
   *
   * @param tags what it gave
   * @param why where the tag came from, or why there is none
   */
  public record Trace(Rule rule, List<String> tags, String why) {
    public Trace {
      tags = List.copyOf(tags);
    }
  }

  /** Whether to push, and why. */
  public record Push(boolean yes, String reason) {}
}
