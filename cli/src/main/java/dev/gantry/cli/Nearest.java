package dev.gantry.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The names that a mistyped one may have meant. */
final class Nearest {
  private Nearest() {}

  /** At most three of the names, nearest first, none that shares less than half of its letters. */
  static List<String> of(String wrong, Collection<String> names) {
    record Near(String name, int distance) {}
    return names.stream()
        .map(name -> new Near(name, distance(wrong, name)))
        .filter(near ->
            near.distance() <= Math.max(1, Math.min(wrong.length(), near.name().length()) / 2))
        .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
        .limit(3)
        .map(Near::name)
        .toList();
  }

  /** Letters to insert, delete, replace or swap with their neighbour (optimal string alignment). */
  static int distance(String a, String b) {
    var cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best =
            Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + same);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = best;
      }
    }
    return cost[a.length()][b.length()];
  }
}
