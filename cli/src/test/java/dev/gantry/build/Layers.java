package dev.gantry.build;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The table of packages and of what each may use. */
record Layers(Map<String, Set<String>> allowed) {

  static Layers of(List<String> lines) {
    var allowed = new LinkedHashMap<String, Set<String>>();
    for (var line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      var sides = line.split("->", -1);
      if (sides.length != 2) {
        throw new IllegalArgumentException("no '->' in the line: " + line);
      }
      var uses = sides[1].isBlank() ? List.<String>of() : List.of(sides[1].strip().split(" +"));
      if (allowed.put(sides[0].strip(), Set.copyOf(uses)) != null) {
        throw new IllegalArgumentException("two lines for " + sides[0].strip());
      }
    }
    return new Layers(allowed);
  }

  /** Every edge that the table does not have, once, with a class that makes it. */
  List<String> violations(Set<Bytecode> uses) {
    var found = new LinkedHashMap<String, String>();
    for (var use : uses) {
      var from = line(use.fromPackage());
      if (from.isEmpty()) {
        found.putIfAbsent(use.fromPackage() + " has no line in the table", use.from());
        continue;
      }
      var used = Bytecode.packageOf(use.owner());
      var to = line(used).orElse(used);
      var may = allowed.getOrDefault(from.get(), Set.of());
      if (ours(used) && !from.get().equals(to) && !may.contains("all") && !may.contains(to)) {
        found.putIfAbsent(from.get() + " -> " + to, use.from() + " uses " + use.owner());
      }
    }
    return found.entrySet().stream()
        .map(edge -> edge.getKey() + " (" + edge.getValue() + ")")
        .sorted()
        .toList();
  }

  /** The line that holds for a package: its own, or that of the nearest one above it. */
  private Optional<String> line(String name) {
    if (allowed.containsKey(name)) {
      return Optional.of(name);
    }
    // The root package is a feature of its own and no parent of the others.
    var above = Bytecode.packageOf(name);
    return above.equals("dev.gantry") || above.isEmpty() ? Optional.empty() : line(above);
  }

  private static boolean ours(String name) {
    return name.equals("dev.gantry") || name.startsWith("dev.gantry.");
  }
}
