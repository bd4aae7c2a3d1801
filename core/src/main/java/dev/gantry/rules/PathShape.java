package dev.gantry.rules;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a path must look like behind the host.
 *
 * @param shape the segments in capitals, as in {@code PROJECT/REPOSITORY}
 * @param least segments at least
 * @param most segments at most, where there is a limit
 * @param longest characters of the path at most, without the host
 */
public record PathShape(
    String shape,
    List<String> examples,
    Fact<Long> least,
    Optional<Fact<Long>> most,
    Optional<Fact<Long>> longest,
    List<Segment> segments) {
  public PathShape {
    examples = List.copyOf(examples);
    segments = List.copyOf(segments);
  }

  /**
   * One part of a path.
   *
   * @param rest whether it may hold further slashes; the pattern is then for each part
   * @param rule the pattern in words
   * @param longest characters at most
   * @param reserved values that nobody may push to, though they are well formed
   */
  public record Segment(
      String name,
      String means,
      boolean rest,
      Optional<Pattern> pattern,
      Optional<String> rule,
      Optional<Long> longest,
      List<String> reserved,
      Backing backing) {
    public Segment {
      reserved = List.copyOf(reserved);
    }
  }
}
