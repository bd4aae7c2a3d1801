package dev.gantry.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One thing that compiled code may not use.
 *
 * @param what a package, class or class.member; {@code *} at the end for the rest of the name
 * @param except packages that may
 * @param instead what to use
 */
record Forbidden(String what, Set<String> except, String instead) {

  static List<Forbidden> of(List<String> lines) {
    var all = new ArrayList<Forbidden>();
    for (var line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      var parts = line.split(";", 3);
      var except = parts[1].isBlank() ? List.<String>of() : List.of(parts[1].strip().split(" +"));
      all.add(new Forbidden(parts[0].strip(), Set.copyOf(except), parts[2].strip()));
    }
    return all;
  }

  /** Whether this use is meant, wherever it stands. */
  boolean meant(Bytecode use) {
    var name = use.member().isEmpty() ? use.owner() : use.owner() + "." + use.member();
    if (what.endsWith("*")) {
      return name.startsWith(what.substring(0, what.length() - 1));
    }
    if (what.endsWith(")")) {
      return name.equals(what);
    }
    return name.equals(what)
        || name.startsWith(what + ".")
        || name.startsWith(what + "(")
        || name.startsWith(what + "$");
  }

  /** What is said about each use that is meant and not excepted. */
  List<String> violations(Set<Bytecode> uses) {
    return uses.stream()
        .filter(use -> meant(use) && !except.contains(use.fromPackage()))
        .map(use -> use.from() + " uses " + what + "; use instead: " + instead)
        .distinct()
        .sorted()
        .toList();
  }
}
