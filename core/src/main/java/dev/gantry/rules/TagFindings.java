package dev.gantry.rules;

import dev.gantry.oci.Repository;
import dev.gantry.oci.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tags that the specification allows and a kind of registry does not. */
final class TagFindings {
  private TagFindings() {}

  static List<Finding> check(Repository repository, List<Tag> tags, RegistryRules rules) {
    var findings = new ArrayList<Finding>();
    var wanted = rules.tags().pattern();
    if (wanted.isPresent()) {
      tags.stream()
          .filter(tag -> !wanted.get().value().matcher(tag.value()).matches())
          .map(tag -> unfit(repository, tag, wanted.get().backing(), rules))
          .forEach(findings::add);
    }
    rules
        .tags()
        .caseSensitive()
        .filter(sensitive -> !sensitive.value())
        .ifPresent(fact -> findings.addAll(same(repository, tags, fact.backing(), rules)));
    return findings;
  }

  private static Finding unfit(
      Repository repository, Tag tag, Backing backing, RegistryRules rules) {
    return new Finding(
        "name.invalid-tag",
        backing.confidence().weight(),
        "the tag '"
            + tag
            + "' is not one for "
            + rules.name()
            + rules.tags().rule().map(rule -> ": " + rule.value()).orElse(""),
        repository + ":" + tag,
        "choose another tag",
        Optional.empty(),
        backing.source());
  }

  private static List<Finding> same(
      Repository repository, List<Tag> tags, Backing backing, RegistryRules rules) {
    var findings = new ArrayList<Finding>();
    var seen = new LinkedHashMap<String, Tag>();
    for (var tag : tags) {
      var other = seen.putIfAbsent(tag.value().toLowerCase(Locale.ROOT), tag);
      if (other != null && !other.equals(tag)) {
        findings.add(
            new Finding(
                "name.invalid-tag",
                backing.confidence().weight(),
                "the tags '" + other + "' and '" + tag + "' are one tag at " + rules.name(),
                repository + ":" + tag,
                "leave one of them out",
                Optional.empty(),
                backing.source()));
      }
    }
    return findings;
  }
}
