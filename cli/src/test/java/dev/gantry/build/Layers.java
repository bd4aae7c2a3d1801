package dev.gantry.build;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
      var from = use.fromPackage();
      if (!allowed.containsKey(from)) {
        found.putIfAbsent(from + " has no line in the table", use.from());
        continue;
      }
      var to = Bytecode.packageOf(use.owner());
      if (!from.equals(to)
          && ours(to)
          && !allowed.get(from).contains("all")
          && !allowed.get(from).contains(to)) {
        found.putIfAbsent(from + " -> " + to, use.from() + " uses " + use.owner());
      }
    }
    return found.entrySet().stream()
        .map(edge -> edge.getKey() + " (" + edge.getValue() + ")")
        .sorted()
        .toList();
  }

  private static boolean ours(String name) {
    return name.equals("dev.gantry") || name.startsWith("dev.gantry.");
  }

  /** Packages of the table that no class is in. */
  Set<String> unused(Set<Bytecode> uses) {
    var there = uses.stream().map(Bytecode::fromPackage).collect(Collectors.toSet());
    var unused = new TreeSet<>(allowed.keySet());
    unused.removeAll(there);
    return unused;
  }
}
