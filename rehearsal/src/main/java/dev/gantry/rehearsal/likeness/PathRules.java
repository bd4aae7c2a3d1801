package dev.gantry.rehearsal.likeness;

import dev.gantry.rehearsal.protocol.Refusal;
import java.util.List;

/** The form that a kind of registry wants a repository's path to have. */
final class PathRules {
  private PathRules() {}

  static void check(Kind kind, String name) throws Refusal {
    var parts = List.of(name.split("/", -1));
    var min = kind.number("path", "min").filter(_ -> kind.blocks("path", "min"));
    if (min.isPresent() && parts.size() < min.get()) {
      throw new Refusal(
          "name-too-short", 400, "NAME_INVALID", "the path has fewer than " + min.get() + " parts");
    }
    var max = kind.number("path", "max").filter(_ -> kind.blocks("path", "max"));
    if (max.isPresent() && parts.size() > max.get()) {
      throw new Refusal(
          "name-too-deep", 400, "NAME_INVALID", "the path has more than " + max.get() + " parts");
    }
    var segments = kind.segments();
    for (int i = 0; i < parts.size() && !segments.isEmpty(); i++) {
      var segment = segments.get(Math.min(i, segments.size() - 1));
      boolean described = i < segments.size() || segment.rest();
      if (described && !fits(segment, parts.get(i))) {
        throw new Refusal(
            "name-invalid",
            400,
            "NAME_INVALID",
            "'%s' is no %s".formatted(parts.get(i), segment.name()));
      }
    }
  }

  private static boolean fits(Kind.Segment segment, String part) {
    return (segment.pattern().isEmpty() || segment.pattern().get().matcher(part).matches())
        && (segment.length().isEmpty() || part.length() <= segment.length().get());
  }
}
