package dev.gantry.rules;

import dev.gantry.oci.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Hosts that people mistake for others, that only serve pulls, or that are no more. */
final class HostRules {
  private final Book book;
  private final Registries registries;

  HostRules(Book book, Registries registries) {
    this.book = book;
    this.registries = registries;
  }

  List<Finding> check(Repository repository, RegistryRules rules) {
    var findings = new ArrayList<Finding>();
    var registry = repository.registry();
    if (registries.at(registry).isEmpty()) {
      misspelt(repository).ifPresent(findings::add);
      book.host(registry).flatMap(host -> host(repository, rules, host)).ifPresent(findings::add);
    }
    rules
        .successor()
        .map(successor -> successor(repository, rules, successor))
        .ifPresent(findings::add);
    return findings;
  }

  private Optional<Finding> misspelt(Repository repository) {
    var host = repository.registry().host().toLowerCase(Locale.ROOT);
    var listed =
        book.misspelt().stream()
            .filter(wrong -> wrong.host().equals(host))
            .map(wrong -> misspelt(repository, wrong.meant(), wrong.backing()))
            .findFirst();
    if (listed.isPresent() || repository.registry().loopback()) {
      return listed;
    }
    if (book.at(repository.registry()).isPresent()) {
      return Optional.empty();
    }
    return Spelling.nearest(host, wellKnown())
        .map(meant -> misspelt(repository, meant, new Backing(Confidence.INFERRED, List.of())));
  }

  private static Finding misspelt(Repository repository, String meant, Backing backing) {
    var nearest = meant + "/" + repository.path();
    return new Finding(
        "name.namespace",
        backing.confidence().weight(),
        "'" + repository.registry() + "' looks like '" + meant + "' written wrong",
        repository.toString(),
        "write " + nearest + ", or list the registry in registries.yaml if it is yours",
        Optional.of(nearest),
        backing.source());
  }

  /** Hosts that stand in the index letter by letter, not as a pattern for many. */
  private List<String> wellKnown() {
    return book.kinds().stream()
        .flatMap(kind -> kind.hosts().stream())
        .flatMap(host ->
            host.examples().stream()
                .filter(example -> host.pattern().pattern().contains(example.replace(".", "\\."))))
        .toList();
  }

  private static Optional<Finding> host(
      Repository repository, RegistryRules rules, Book.Host host) {
    if (host.pullOnly()) {
      return Optional.of(
          new Finding(
              "policy.read-only",
              host.backing().confidence().weight(),
              "'" + repository.registry() + "' serves pulls only",
              repository.toString(),
              "push to a registry of your own",
              Optional.empty(),
              host.backing().source()));
    }
    return host.instead()
        .map(instead -> {
          var nearest = instead + "/" + repository.path();
          return new Finding(
              "policy.retired",
              Finding.Weight.WARNS,
              "'"
                  + repository.registry()
                  + "' is another name of "
                  + rules.name()
                  + ", known as '"
                  + instead
                  + "'",
              repository.toString(),
              "write " + nearest,
              Optional.of(nearest),
              host.backing().source());
        });
  }

  private static Finding successor(
      Repository repository, RegistryRules rules, RegistryRules.Successor successor) {
    var nearest = fill(successor.shape(), repository, rules);
    return new Finding(
        "policy.retired",
        rules.retired() ? successor.backing().confidence().weight() : Finding.Weight.WARNS,
        rules.name()
            + successor
                .since()
                .map(day -> (rules.retired() ? " takes no pushes since " : " ends on ") + day)
                .orElse(rules.retired() ? " takes no pushes any more" : " comes to its end")
            + ": "
            + successor.note(),
        repository.toString(),
        "push to " + nearest,
        Optional.of(nearest),
        successor.backing().source());
  }

  /** Puts what is known into a shape in capitals; what is not known stays in capitals. */
  private static String fill(String shape, Repository repository, RegistryRules rules) {
    var filled = shape;
    var parts = PathRules.assign(repository.path(), rules.path());
    for (var part : parts) {
      filled =
          filled.replaceAll(
              "\\b" + part.segment().name().toUpperCase(Locale.ROOT) + "\\b", part.text());
    }
    return filled;
  }
}
