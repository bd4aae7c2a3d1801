package dev.gantry.explain;

import dev.gantry.explain.log.Facts;
import dev.gantry.explain.log.Observation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The line that a diagnosis rests on most, taken apart: who asked whom for what, in which step, and
 * what came back.
 *
 * @param line the line itself
 * @param parts what is known of {@link #NAMES}, in that order; several values where the log has
 *     several
 */
public record Failing(Seen line, Map<String, List<String>> parts) {
  /** Every name that a part can have. */
  public static final List<String> NAMES =
      List.of(
          "step",
          "tool",
          "ci",
          "event",
          "permissions",
          "registry",
          "host",
          "repository",
          "reference",
          "method",
          "url",
          "endpoint",
          "status",
          "code",
          "message",
          "detail",
          "scope",
          "phase",
          "timing",
          "credentials");

  private static final int LONGEST = 300;

  /** What a registry says behind its code, in the way that most programs print it. */
  private static final Pattern MESSAGE =
      Pattern.compile(
          "(?i)\\b(?:denied|unauthorized|forbidden|toomanyrequests|unsupported|unknown"
              + "|name unknown|name invalid|tag invalid|manifest unknown|manifest invalid"
              + "|blob unknown|blob upload unknown|blob upload invalid|size invalid|digest invalid"
              + "|precondition|server message|[A-Z]{4,20}_[A-Z_]{4,30}): (.{1,300})");

  private static final Pattern DETAIL =
      Pattern.compile("(map\\[.{1,280}\\])|\"detail\":(\\{.{1,280}?}|\"[^\"]{1,280}\")");

  static Failing of(Observation seen, Facts whole, double points) {
    var parts = new LinkedHashMap<String, List<String>>();
    for (var name : NAMES) {
      var values = values(name, seen.text(), whole);
      if (!values.isEmpty()) {
        parts.put(name, values);
      }
    }
    return new Failing(new Seen(seen.where(), seen.text(), points), parts);
  }

  /** The first value of a part. */
  public Optional<String> part(String name) {
    return Optional.ofNullable(parts.get(name)).map(List::getFirst);
  }

  private static List<String> values(String name, String text, Facts whole) {
    return switch (name) {
      case "permissions" ->
          whole.all("packages").stream().map(right -> "packages: " + right).toList();
      case "reference" ->
          whole.first("bad-ref").or(() -> whole.first("ref")).map(Failing::marked).stream()
              .toList();
      case "repository" ->
          whole
              .first("scope-repository")
              .or(() -> whole.first("url-repository"))
              .or(() -> whole.first("path"))
              .map(Failing::marked)
              .stream()
              .toList();
      case "message" -> first(MESSAGE, text);
      case "detail" -> first(DETAIL, text);
      default -> whole.all(name).stream().filter(value -> !value.equals("unknown")).toList();
    };
  }

  private static List<String> first(Pattern pattern, String text) {
    var found = pattern.matcher(text);
    if (!found.find()) {
      return List.of();
    }
    for (int group = 1; group <= found.groupCount(); group++) {
      if (found.group(group) != null) {
        var said = found.group(group).strip();
        return List.of(said.length() <= LONGEST ? said : said.substring(0, LONGEST));
      }
    }
    return List.of();
  }

  /** A reference with {@code <empty>} where a part of it is missing. */
  static String marked(String reference) {
    var marked = reference.replaceAll("(?<!:)//", "/<empty>/").replaceAll("^(?=[/:@])", "<empty>");
    return marked.replaceAll("(?<=/)(?=:)", "<empty>").replaceAll("(?<=[:@/])$", "<empty>");
  }
}
