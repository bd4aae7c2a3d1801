package dev.gantry.explain.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The lines worth keeping, bounded: of those with a sign and of those with facts only, the first
 * ones (a failure begins somewhere) and the last ones (a log ends with it). A line that was there
 * before in the same words is not kept again.
 */
final class Kept {
  private static final int FIRST = 1500;
  private static final int LAST = 1000;
  private static final int REMEMBERED = 20_000;

  private final List<Observation> first = new ArrayList<>();
  private final List<Observation> firstPlain = new ArrayList<>();
  private final Deque<Observation> last = new ArrayDeque<>();
  private final Deque<Observation> lastPlain = new ArrayDeque<>();
  private final Set<String> seen = new HashSet<>();

  void add(Observation observation) {
    if (seen.size() < REMEMBERED
        ? !seen.add(observation.plain())
        : seen.contains(observation.plain())) {
      return;
    }
    var sign = !observation.phrases().isEmpty();
    var front = sign ? first : firstPlain;
    var back = sign ? last : lastPlain;
    if (front.size() < FIRST) {
      front.add(observation);
      return;
    }
    back.addLast(observation);
    if (back.size() > LAST) {
      back.removeFirst();
    }
  }

  List<Observation> inOrder() {
    var order = new ArrayList<Observation>(first);
    order.addAll(firstPlain);
    order.addAll(last);
    order.addAll(lastPlain);
    order.sort(Comparator.comparingLong(Observation::line));
    return order;
  }
}
