package dev.gantry.explain.phrase;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Many texts looked for at once (Aho and Corasick, "Efficient string matching", 1975) in raw bytes
 * as if they stood in the form of {@link Plain}: case, quotes and runs of blanks do not matter. One
 * table look-up a byte, so that a log of any size is read at the speed of the disk; what it finds
 * is only a reason to look closer.
 */
public final class Needles {
  private static final int SKIP = -1;
  private static final int OTHER = 0;
  private static final int SPACE = 1;
  private static final byte ESC = 27;
  private static final int FOLDED = 160;

  /** Of a longer text the beginning is looked for: the table stays small, and it is rare enough. */
  private static final int LONGEST = 14;

  private final int[] classOf = new int[256];
  private final int classes;
  private final char[] next;
  private final boolean[] ends;
  private final int[][] found;

  /** Made from texts in plain form; the place in the list is the text's number. */
  public Needles(List<String> texts) {
    var forms = texts.stream().map(Encodings::of).toList();
    Arrays.fill(classOf, OTHER);
    var count = SPACE + 1;
    for (var form : forms.stream().flatMap(List::stream).toList()) {
      for (var b : form) {
        if (b != ' ' && classOf[folded(b)] == OTHER) {
          classOf[folded(b)] = count++;
        }
      }
    }
    for (var b = FOLDED; b < 256; b++) {
      classOf[b] = classOf[folded((byte) b)];
    }
    for (var b = 0; b < 256; b++) {
      if (b <= ' ') {
        classOf[b] = SPACE;
      } else if (b < 128 && Plain.dropped(b)) {
        classOf[b] = SKIP;
      } else if (b >= 'A' && b <= 'Z') {
        classOf[b] = classOf[b + 32];
      }
    }
    classes = count;
    var tree = new Tree(classes);
    for (var number = 0; number < texts.size(); number++) {
      for (var form : forms.get(number)) {
        tree.add(path(form), number);
      }
    }
    next = tree.close();
    found = tree.found();
    ends = new boolean[found.length];
    for (var state = 0; state < found.length; state++) {
      ends[state] = found[state].length > 0;
    }
  }

  /** Bytes beyond ASCII share 32 classes: what seems to be there by that is looked at closer. */
  private static int folded(byte b) {
    return b < 0 ? 128 + (b & 31) : b;
  }

  private int[] path(byte[] text) {
    return IntStream.range(0, Math.min(text.length, LONGEST))
        .map(at -> classOf[folded(text[at])])
        .toArray();
  }

  /**
   * Sets the number of every text that stands in these bytes up to the first line feed or carriage
   * return; returns where that is, or {@code to}.
   */
  public int search(byte[] bytes, int from, int to, BitSet hits) {
    var state = 0;
    var blank = true;
    var at = from;
    while (at < to) {
      var b = bytes[at];
      var kind = classOf[b & 255];
      at++;
      if (kind <= SPACE) {
        if (b == '\n' || b == '\r') {
          return at - 1;
        }
        if (b == ESC) {
          at = behindColour(bytes, at, to);
          continue;
        }
        if (kind == SKIP || (kind == SPACE && blank)) {
          continue;
        }
      }
      blank = kind == SPACE;
      state = next[state * classes + kind];
      if (ends[state]) {
        for (var number : found[state]) {
          hits.set(number);
        }
      }
    }
    return to;
  }

  /** The place behind a sequence that begins with ESC [ (ECMA-48, CSI). */
  private static int behindColour(byte[] bytes, int from, int to) {
    var at = from;
    if (at < to && bytes[at] == '[') {
      at++;
      while (at < to && (bytes[at] < '@' || bytes[at] > '~')) {
        at++;
      }
      at++;
    }
    return Math.min(at, to);
  }

  /** The tree of all texts while it grows; a row of the table holds a step for each class. */
  private static final class Tree {
    private static final int[] NONE = {};
    private final int classes;
    private final List<int[]> ends = new ArrayList<>();
    private int[] table;

    Tree(int classes) {
      this.classes = classes;
      this.table = new int[classes * 1024];
      ends.add(NONE);
    }

    private int grow() {
      ends.add(NONE);
      var needed = ends.size() * classes;
      if (needed > table.length) {
        table = Arrays.copyOf(table, needed + needed / 3);
      }
      return ends.size() - 1;
    }

    void add(int[] path, int number) {
      var state = 0;
      for (var kind : path) {
        if (table[state * classes + kind] == 0) {
          var fresh = grow();
          table[state * classes + kind] = fresh;
        }
        state = table[state * classes + kind];
      }
      ends.set(state, with(ends.get(state), new int[] {number}));
    }

    /** Joins every state to its longest proper suffix, breadth first. */
    char[] close() {
      var suffix = new int[ends.size()];
      var queue = new ArrayDeque<Integer>();
      for (var kind = 0; kind < classes; kind++) {
        if (table[kind] != 0) {
          queue.add(table[kind]);
        }
      }
      while (!queue.isEmpty()) {
        var state = queue.remove();
        var row = state * classes;
        var shorter = suffix[state] * classes;
        ends.set(state, with(ends.get(state), ends.get(suffix[state])));
        for (var kind = 0; kind < classes; kind++) {
          if (table[row + kind] == 0) {
            table[row + kind] = table[shorter + kind];
          } else {
            suffix[table[row + kind]] = table[shorter + kind];
            queue.add(table[row + kind]);
          }
        }
      }
      if (ends.size() > Character.MAX_VALUE) {
        throw new IllegalStateException(ends.size() + " states are too many for the table");
      }
      var small = new char[ends.size() * classes];
      for (var at = 0; at < small.length; at++) {
        small[at] = (char) table[at];
      }
      return small;
    }

    int[][] found() {
      return ends.toArray(int[][]::new);
    }

    private static int[] with(int[] some, int[] more) {
      if (more.length == 0) {
        return some;
      }
      var all = Arrays.copyOf(some, some.length + more.length);
      System.arraycopy(more, 0, all, some.length, more.length);
      return all;
    }
  }
}
