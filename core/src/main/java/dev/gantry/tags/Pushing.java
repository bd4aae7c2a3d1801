package dev.gantry.tags;

import java.util.List;

/** Decides whether the image is to be pushed. */
final class Pushing {
  private Pushing() {}

  /** By the input {@code push}: always, never, or auto, which builds pull requests only. */
  static TagPlan.Push decide(TagInputs inputs, Context context, List<String> names) {
    var wish = inputs.get("push", "auto");
    return switch (wish) {
      case "always" -> new TagPlan.Push(true, "push=always");
      case "never" -> new TagPlan.Push(false, "push=never");
      case "auto" -> decide(context, names);
      default ->
          throw Objection.rule(
              "push=" + wish + " is unknown", "the input 'push'", "use auto, always or never");
    };
  }

  /** Not for a pull request or a merge queue, and not without tags. */
  static TagPlan.Push decide(Context context, List<String> names) {
    var event = context.eventText();
    if (event.equals("merge_group")) {
      return new TagPlan.Push(false, "merge queue");
    }
    if (context.pullRef() || event.startsWith("pull_request")) {
      return new TagPlan.Push(false, "pull request");
    }
    if (names.isEmpty()) {
      return new TagPlan.Push(false, "no tags");
    }
    return new TagPlan.Push(
        true, context.refText().isEmpty() ? event : event + " " + context.refText());
  }
}
