package dev.gantry.rehearsal.auth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A resource and what may be done with it, as in {@code repository:a/b:pull,push}. */
record Scope(String type, String name, Set<String> actions) {

  Scope {
    actions = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(actions));
  }

  static Scope repository(String name, String... actions) {
    return new Scope("repository", name, new LinkedHashSet<>(Arrays.asList(actions)));
  }

  static Scope catalog() {
    return new Scope("registry", "catalog", Set.of("*"));
  }

  /** The scope written here; empty for text of another form. */
  static Optional<Scope> parse(String text) {
    int first = text.indexOf(':');
    int last = text.lastIndexOf(':');
    if (first <= 0 || last == first) {
      return Optional.empty();
    }
    var actions = new LinkedHashSet<String>();
    for (var action : text.substring(last + 1).split(",", -1)) {
      if (!action.isEmpty()) {
        actions.add(action);
      }
    }
    return Optional.of(
        new Scope(text.substring(0, first), text.substring(first + 1, last), actions));
  }

  /** The scopes of parameters that may hold several, parted by spaces. */
  static List<Scope> parseAll(List<String> parameters) {
    var scopes = new ArrayList<Scope>();
    for (var parameter : parameters) {
      for (var text : parameter.split(" ", -1)) {
        parse(text).ifPresent(scopes::add);
      }
    }
    return scopes;
  }

  /** Whether whoever has this may do that. */
  boolean covers(Scope wanted) {
    return type.equals(wanted.type)
        && name.equals(wanted.name)
        && (actions.contains("*") || actions.containsAll(wanted.actions));
  }

  /** The actions, with these for a {@code *}. */
  Set<String> actionsOf(Set<String> all) {
    var named = new LinkedHashSet<String>();
    for (var action : actions) {
      if (action.equals("*")) {
        named.addAll(new java.util.TreeSet<>(all));
      } else {
        named.add(action);
      }
    }
    return named;
  }

  @Override
  public String toString() {
    return type + ":" + name + ":" + String.join(",", actions);
  }
}
