package dev.gantry.tags;

import dev.gantry.oci.Tag;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds tags that a document tells people to use and that no rule can make. Two tags are of one
 * shape when they differ in numbers and commits only: build-123 and build-124, sha-abc1234 and
 * sha-0a1b2c3.
 */
public final class DocumentedTags {
  private static final Pattern QUOTED =
      Pattern.compile("`((?:pr|build|sha)-[A-Za-z0-9{}<>$_.-]+|\\{[a-z_]+\\}-\\{[a-z_]+\\})`");
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{\\{[^}]*\\}\\}|\\$\\{?[A-Za-z_]+\\}?|\\{[^}]*\\}|<[^>]*>");

  private DocumentedTags() {}

  /**
   * A tag that is promised and does not exist.
   *
   * @param where document and line
   */
  public record Finding(String tag, String where, String what, String todo) {}

  /**
   * The findings in one document.
   *
   * @param name of the document
   * @param images the names of the images, with or without a registry
   * @param rows what the rules give, and for which events
   */
  public static List<Finding> find(
      String name, String text, List<String> images, List<Simulation.Row> rows) {
    var possible = new LinkedHashSet<String>();
    rows.stream()
        .filter(Simulation.Row::fires)
        .forEach(row -> row.names().forEach(tag -> possible.add(shape(tag))));
    var findings = new ArrayList<Finding>();
    var number = 0;
    for (var line : text.lines().toList()) {
      number++;
      for (var tag : tags(line, images)) {
        if (!possible.contains(shape(tag))) {
          findings.add(finding(tag, name + ":" + number, rows));
        }
      }
    }
    return findings;
  }

  /** Tags in the table that no registry takes, or that two rules give. */
  public static List<Finding> doubts(List<Simulation.Row> rows) {
    var findings = new ArrayList<Finding>();
    for (var row : rows) {
      var seen = new LinkedHashSet<String>();
      for (var tag : row.fires() ? row.names() : List.<String>of()) {
        if (!isTag(tag)) {
          findings.add(
              new Finding(
                  tag,
                  row.event(),
                  "no registry takes the tag '" + tag + "'",
                  "leave its rule out here by enable=, or give it a prefix="));
        } else if (!seen.add(tag)) {
          findings.add(
              new Finding(
                  tag,
                  row.event(),
                  "the tag '" + tag + "' comes twice",
                  "remove one of its rules, or set latest=false in the flavor"));
        }
      }
    }
    return findings;
  }

  private static Finding finding(String tag, String where, List<Simulation.Row> rows) {
    var silent =
        rows.stream()
            .filter(row -> !row.fires())
            .filter(row -> row.names().stream().anyMatch(made -> shape(made).equals(shape(tag))))
            .findFirst();
    if (silent.isPresent()) {
      return new Finding(
          tag,
          where,
          "the tag '"
              + tag
              + "' would come from a "
              + silent.get().trigger()
              + ", which starts no run",
          "add the trigger " + silent.get().trigger() + ", or correct the document");
    }
    var made = new LinkedHashSet<String>();
    rows.stream().filter(Simulation.Row::fires).forEach(row -> made.addAll(row.names()));
    return new Finding(
        tag,
        where,
        "no rule makes the tag '" + tag + "'",
        "correct the document, or add a rule; the rules make " + String.join(", ", made));
  }

  private static Set<String> tags(String line, List<String> images) {
    var tags = new LinkedHashSet<String>();
    for (var image : images) {
      var short_ = image.substring(image.lastIndexOf('/') + 1);
      var pattern =
          Pattern.compile(
              "(?:^|[/\\s\"'`(])" + Pattern.quote(short_) + ":([A-Za-z0-9_$<{][^\\s\"'`),|]*)");
      pattern.matcher(line).results().map(DocumentedTags::trimmed).forEach(tags::add);
    }
    QUOTED.matcher(line).results().map(found -> found.group(1)).forEach(tags::add);
    tags.removeIf(tag -> tag.isEmpty() || !isTag(tag));
    return tags;
  }

  private static String trimmed(MatchResult found) {
    var tag = found.group(1);
    while (!tag.isEmpty() && ".,;:".indexOf(tag.charAt(tag.length() - 1)) >= 0) {
      tag = tag.substring(0, tag.length() - 1);
    }
    return tag;
  }

  private static boolean isTag(String written) {
    try {
      return !new Tag(PLACEHOLDER.matcher(written).replaceAll("1")).value().isEmpty();
    } catch (dev.gantry.oci.Malformed _) {
      return false;
    }
  }

  /** The tag with every placeholder, number and commit replaced by one sign. */
  static String shape(String tag) {
    var plain = PLACEHOLDER.matcher(tag).replaceAll("#");
    var commits =
        plain.replaceAll("(?<![A-Za-z0-9])(?=[a-f]*[0-9])[0-9a-f]{7,40}(?![A-Za-z0-9])", "#");
    return commits.replaceAll("[0-9]+", "#");
  }
}
