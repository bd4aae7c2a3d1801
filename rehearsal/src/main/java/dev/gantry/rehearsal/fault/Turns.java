package dev.gantry.rehearsal.fault;

import java.util.ArrayList;
import java.util.List;

/**
 * Which of the matching requests a fault hits, counted from 1: {@code 2}, {@code 1-3}, {@code 4-},
 * {@code 1,5}; nothing for every one.
 */
record Turns(List<Range> ranges) {
  record Range(long first, long last) {}

  static final Turns ALL = new Turns(List.of());

  Turns {
    ranges = List.copyOf(ranges);
  }

  static Turns parse(String text) {
    var ranges = new ArrayList<Range>();
    for (var part : text.split(",", -1)) {
      if (!part.matches("[0-9]{1,9}(-[0-9]{0,9})?")) {
        throw new IllegalArgumentException(
            "'#" + text + "' counts no requests; write #2, #1-3, #4- or #1,5");
      }
      int dash = part.indexOf('-');
      long first = Long.parseLong(dash < 0 ? part : part.substring(0, dash));
      long last = first;
      if (dash >= 0) {
        last =
            dash == part.length() - 1 ? Long.MAX_VALUE : Long.parseLong(part.substring(dash + 1));
      }
      if (first < 1 || last < first) {
        throw new IllegalArgumentException("'#" + text + "': requests are counted from 1 upwards");
      }
      ranges.add(new Range(first, last));
    }
    return new Turns(ranges);
  }

  boolean include(long turn) {
    return ranges.isEmpty()
        || ranges.stream().anyMatch(range -> range.first() <= turn && turn <= range.last());
  }
}
