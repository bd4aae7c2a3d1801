package dev.gantry.rules;

import dev.gantry.oci.Malformed;
import dev.gantry.oci.Reference;
import dev.gantry.oci.Repository;
import dev.gantry.oci.Tag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What can be said against a publish without asking anybody. */
public final class OfflineRules {
  private final Book book;
  private final Registries registries;

  public OfflineRules(Book book, Registries registries) {
    this.book = book;
    this.registries = registries;
  }

  /** Findings on a destination and, where it is known, on what is to go there; blocking first. */
  public List<Finding> check(
      Repository repository, List<Tag> tags, Optional<ArtifactFacts> artifact) {
    var rules = registries.rules(book, repository.registry());
    var findings = new ArrayList<Finding>();
    findings.addAll(new HostRules(book, registries).check(repository, rules));
    findings.addAll(new PathRules(book).check(repository, rules));
    findings.addAll(TagFindings.check(repository, tags, rules));
    artifact.ifPresent(facts -> findings.addAll(ContentRules.check(facts, rules)));
    findings.sort(Comparator.comparing(Finding::weight));
    return List.copyOf(findings);
  }

  /** The same for a reference as it was written, which may be no reference at all. */
  public List<Finding> check(String text) {
    try {
      var reference = Reference.parse(text);
      return check(reference.repository(), reference.tag().stream().toList(), Optional.empty());
    } catch (Malformed fault) {
      return List.of(finding(fault));
    }
  }

  /** The finding that a text is against the grammar of references. */
  public static Finding finding(Malformed fault) {
    return new Finding(
        cause(fault),
        Finding.Weight.BLOCKS,
        fault.what(),
        fault.text(),
        fault.nearest().map(right -> "write " + right).orElse("write HOST/PATH:TAG"),
        fault.nearest(),
        "https://github.com/distribution/reference");
  }

  private static String cause(Malformed fault) {
    var text = fault.text();
    if (fault.nearest().filter(right -> right.equalsIgnoreCase(text)).isPresent()) {
      return "name.uppercase";
    }
    var name = text.indexOf('@') < 0 ? text : text.substring(0, text.indexOf('@'));
    var colon = name.indexOf(':', name.indexOf('/') + 1);
    return colon >= 0 && fault.position() >= colon ? "name.invalid-tag" : "name.invalid-reference";
  }
}
