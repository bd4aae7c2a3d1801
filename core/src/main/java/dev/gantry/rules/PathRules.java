package dev.gantry.rules;

import dev.gantry.oci.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Paths that the grammar allows and a kind of registry does not. */
final class PathRules {
  private static final Pattern SEPARATORS = Pattern.compile("[._-]+");

  private final Book book;

  PathRules(Book book) {
    this.book = book;
  }

  /** What stands in a path for a segment; empty where the path is too short. */
  record Assigned(PathShape.Segment segment, String text) {}

  List<Finding> check(Repository repository, RegistryRules rules) {
    var nested = nestedHost(repository, rules);
    if (nested.filter(Finding::blocks).isPresent()) {
      return List.of(nested.get());
    }
    var findings = new ArrayList<Finding>(nested.stream().toList());
    depth(repository, rules).ifPresent(findings::add);
    for (var part : assign(repository.path(), rules.path())) {
      segment(repository, rules, part).ifPresent(findings::add);
    }
    length(repository, rules).ifPresent(findings::add);
    return findings;
  }

  /** A host inside the path: somebody put a whole reference where a path belongs. */
  private Optional<Finding> nestedHost(Repository repository, RegistryRules rules) {
    var registry = repository.registry();
    var parts = List.of(repository.path().split("/", -1));
    var own = parts.lastIndexOf(registry.host().toLowerCase(Locale.ROOT));
    if (own >= 0 && own < parts.size() - 1) {
      var nearest = registry + "/" + String.join("/", parts.subList(own + 1, parts.size()));
      return Optional.of(
          new Finding(
              "name.namespace",
              Finding.Weight.BLOCKS,
              "the registry stands twice, once more inside the path",
              repository.toString(),
              "write " + nearest,
              Optional.of(nearest),
              rules.path().least().backing().source()));
    }
    var first = parts.getFirst();
    if (parts.size() > 1 && first.indexOf('.') > 0 && book.at(first).isPresent()) {
      var nearest = registry + "/" + String.join("/", parts.subList(1, parts.size()));
      return Optional.of(
          new Finding(
              "name.namespace",
              Finding.Weight.WARNS,
              "the path begins with the host '" + first + "' of another registry",
              repository.toString(),
              "write " + nearest + " if no project has that name",
              Optional.of(nearest),
              rules.path().least().backing().source()));
    }
    return Optional.empty();
  }

  private static Optional<Finding> depth(Repository repository, RegistryRules rules) {
    var shape = rules.path();
    var parts = List.of(repository.path().split("/", -1));
    var least = shape.least();
    if (parts.size() < least.value()) {
      var nearest = repository.registry() + "/" + filled(parts, shape);
      return Optional.of(
          depth(repository, rules, least, "at least " + count(least.value()), parts, nearest));
    }
    var most = shape.most().filter(limit -> parts.size() > limit.value());
    return most.map(limit -> {
      var kept = limit.value().intValue() - 1;
      var nearest =
          repository.registry()
              + "/"
              + String.join("/", parts.subList(0, kept))
              + (kept > 0 ? "/" : "")
              + String.join("-", parts.subList(kept, parts.size()));
      return depth(repository, rules, limit, "at most " + count(limit.value()), parts, nearest);
    });
  }

  private static Finding depth(
      Repository repository,
      RegistryRules rules,
      Fact<Long> limit,
      String wanted,
      List<String> parts,
      String nearest) {
    return new Finding(
        "name.namespace",
        limit.weight(),
        rules.name()
            + " wants "
            + wanted
            + " behind the host ("
            + rules.path().shape()
            + "), and here "
            + (parts.size() == 1 ? "is 1" : "are " + parts.size()),
        repository.toString(),
        "write " + nearest,
        Optional.of(nearest),
        limit.backing().source());
  }

  private static String count(long segments) {
    return segments == 1 ? "1 segment" : segments + " segments";
  }

  /** The parts with capitals for what is missing, which is put before the last part. */
  private static String filled(List<String> parts, PathShape shape) {
    var names = List.of(shape.shape().split("/", -1));
    var all = new ArrayList<String>(parts.subList(0, parts.size() - 1));
    while (all.size() < shape.least().value() - 1) {
      all.add(names.get(Math.min(all.size(), names.size() - 1)));
    }
    all.add(parts.getLast());
    return String.join("/", all);
  }

  private static Optional<Finding> segment(
      Repository repository, RegistryRules rules, Assigned part) {
    var segment = part.segment();
    if (segment.reserved().contains(part.text())) {
      var nearest = replaced(repository, rules, part, segment.name().toUpperCase(Locale.ROOT));
      return Optional.of(
          segment(
              repository,
              segment,
              "nobody pushes to '" + part.text() + "' of " + rules.name(),
              Optional.of(nearest)));
    }
    if (segment.longest().filter(most -> part.text().length() > most).isPresent()) {
      return Optional.of(
          segment(
              repository,
              segment,
              segment.name()
                  + " '"
                  + part.text()
                  + "' has "
                  + part.text().length()
                  + " characters, and "
                  + segment.longest().get()
                  + " is the most at "
                  + rules.name(),
              Optional.empty()));
    }
    if (segment.pattern().isEmpty() || fits(segment, part.text())) {
      return Optional.empty();
    }
    var plain = plain(part.text());
    var nearest =
        fits(segment, plain)
            ? Optional.of(replaced(repository, rules, part, plain))
            : Optional.<String>empty();
    return Optional.of(
        segment(
            repository,
            segment,
            "'"
                + part.text()
                + "' is no "
                + segment.name()
                + " for "
                + rules.name()
                + segment.rule().map(rule -> ": " + rule).orElse(""),
            nearest));
  }

  private static Finding segment(
      Repository repository, PathShape.Segment segment, String what, Optional<String> nearest) {
    return new Finding(
        "name.namespace",
        segment.backing().confidence().weight(),
        what,
        repository.toString(),
        nearest
            .map(right -> "write " + right)
            .orElse("choose another " + segment.name() + " (" + segment.means() + ")"),
        nearest,
        segment.backing().source());
  }

  private static boolean fits(PathShape.Segment segment, String text) {
    var pattern = segment.pattern().orElseThrow();
    var parts = segment.rest() ? List.of(text.split("/", -1)) : List.of(text);
    return parts.stream().allMatch(part -> pattern.matcher(part).matches());
  }

  /** The same with one dash for each run of separators. */
  private static String plain(String text) {
    var parts = new ArrayList<String>();
    for (var part : text.split("/", -1)) {
      parts.add(SEPARATORS.matcher(part).replaceAll("-"));
    }
    return String.join("/", parts);
  }

  private static String replaced(
      Repository repository, RegistryRules rules, Assigned wrong, String right) {
    var parts = new ArrayList<String>();
    for (var part : assign(repository.path(), rules.path())) {
      parts.add(part.equals(wrong) ? right : part.text());
    }
    return repository.registry() + "/" + String.join("/", parts);
  }

  private static Optional<Finding> length(Repository repository, RegistryRules rules) {
    var length = repository.path().length();
    return rules
        .path()
        .longest()
        .filter(most -> length > most.value())
        .map(most ->
            new Finding(
                "name.namespace",
                most.weight(),
                "the path has "
                    + length
                    + " characters, and "
                    + most.value()
                    + " is the most at "
                    + rules.name(),
                repository.toString(),
                "shorten it by " + (length - most.value()),
                Optional.empty(),
                most.backing().source()));
  }

  /**
   * Which part of a path is which segment; segments that the path is too short for are left out.
   */
  static List<Assigned> assign(String path, PathShape shape) {
    var parts = List.of(path.split("/", -1));
    var assigned = new ArrayList<Assigned>();
    var from = 0;
    for (int i = 0; i < shape.segments().size() && from < parts.size(); i++) {
      var segment = shape.segments().get(i);
      var behind = shape.segments().size() - i - 1;
      var to = segment.rest() ? Math.max(from + 1, parts.size() - behind) : from + 1;
      assigned.add(new Assigned(segment, String.join("/", parts.subList(from, to))));
      from = to;
    }
    return assigned;
  }
}
