package dev.gantry.wire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a call needs to be allowed to do, in the words of a token's scope: {@code
 * repository:demo/hello:pull,push} (distribution, "Token Scope Documentation").
 *
 * @param type {@code repository} for all that Gantry does
 * @param name the repository's path
 * @param actions {@code pull}, {@code push}, {@code delete}, or {@code *}; sorted
 */
public record Scope(String type, String name, SortedSet<String> actions) {

  public Scope {
    actions = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(actions));
  }

  /** What may be done to one repository. */
  public static Scope repository(String path, String... actions) {
    return new Scope("repository", path, new TreeSet<>(Set.of(actions)));
  }

  /** Whether a token for {@code this} serves a call that needs {@code wanted}. */
  public boolean covers(Scope wanted) {
    return type.equals(wanted.type)
        && name.equals(wanted.name)
        && (actions.contains("*") || actions.containsAll(wanted.actions));
  }

  /** The same scopes with those of one name made into one, in the order they first appeared. */
  public static List<Scope> merged(Collection<Scope> scopes) {
    var merged = new ArrayList<Scope>();
    for (var scope : scopes) {
      var same = -1;
      for (int i = 0; i < merged.size(); i++) {
        if (merged.get(i).type.equals(scope.type) && merged.get(i).name.equals(scope.name)) {
          same = i;
        }
      }
      if (same < 0) {
        merged.add(scope);
      } else {
        var all = new TreeSet<>(merged.get(same).actions);
        all.addAll(scope.actions);
        merged.set(same, new Scope(scope.type, scope.name, all));
      }
    }
    return List.copyOf(merged);
  }

  /** Reads the {@code scope} of a challenge: scopes with spaces between; what is none is left. */
  public static List<Scope> read(String text) {
    var scopes = new ArrayList<Scope>();
    for (var word : text.strip().split("\\s+", -1)) {
      var first = word.indexOf(':');
      var last = word.lastIndexOf(':');
      if (first > 0 && last > first) {
        scopes.add(
            new Scope(
                word.substring(0, first),
                word.substring(first + 1, last),
                new TreeSet<>(List.of(word.substring(last + 1).split(",", -1)))));
      }
    }
    return List.copyOf(scopes);
  }

  @Override
  public String toString() {
    return type + ":" + name + ":" + String.join(",", actions);
  }
}
