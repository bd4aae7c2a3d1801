package dev.gantry.explain.log;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Named things that were seen, each with one or more values: {@code status=403}, {@code
 * registry=ghcr}. Collected by one thread, then only read.
 */
public final class Facts {
  private final Map<String, Set<String>> values = new LinkedHashMap<>();

  public Facts add(String name, String value) {
    values.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(value);
    return this;
  }

  /** Adds {@code name=value}; a text without = gets the value yes. */
  public Facts add(String fact) {
    var eq = fact.indexOf('=');
    return eq < 0 ? add(fact, "yes") : add(fact.substring(0, eq), fact.substring(eq + 1));
  }

  /** Whether {@code name=value} is not here yet. */
  boolean news(String fact) {
    var eq = fact.indexOf('=');
    return eq < 0 ? !has(fact) : !has(fact.substring(0, eq), fact.substring(eq + 1));
  }

  /** Takes over what has no name here yet. */
  public Facts under(Facts wider) {
    wider.values.forEach(
        (name, more) -> values.computeIfAbsent(name, _ -> new LinkedHashSet<>(more)));
    return this;
  }

  /** Adds all of the other's values to ours. */
  public Facts addAll(Facts other) {
    other.values.forEach(
        (name, more) -> values.computeIfAbsent(name, _ -> new LinkedHashSet<>()).addAll(more));
    return this;
  }

  /** Puts the other's values in the place of ours. */
  public Facts replace(Facts newer) {
    newer.values.forEach((name, more) -> values.put(name, new LinkedHashSet<>(more)));
    return this;
  }

  /** Drops a name. */
  Facts forget(String name) {
    values.remove(name);
    return this;
  }

  public Set<String> all(String name) {
    return Collections.unmodifiableSet(values.getOrDefault(name, Set.of()));
  }

  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** Whether a name begins like this. */
  public boolean anyName(String beginning) {
    return values.keySet().stream().anyMatch(name -> name.startsWith(beginning));
  }

  public boolean has(String name, String value) {
    return all(name).contains(value);
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  public Facts copy() {
    return new Facts().addAll(this);
  }

  /** Every name=value, in the order of finding. */
  public List<String> list() {
    var list = new ArrayList<String>();
    values.forEach((name, some) -> some.forEach(value -> list.add(name + "=" + value)));
    return list;
  }

  @Override
  public String toString() {
    return list().stream().collect(Collectors.joining(" "));
  }
}
