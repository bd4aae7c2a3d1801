package dev.gantry.explain.log;

/**
 * The shapes of lines that were looked at before: their bytes with numbers made alike. A large log
 * repeats few shapes a million times, and a line whose shape said nothing needs no second look.
 * Statuses (400 to 599) stay apart, and so does how large a number is, for counters of seconds tell
 * something. What a progress bar draws, and a layer's identity before it, count for nothing.
 */
final class Shapes {
  private static final int SLOTS = 1 << 16;
  private static final int LONGEST = 2000;
  private static final int ENOUGH = 200;
  private static final long PRIME = 0x100000001b3L;
  private static final long START = 0xcbf29ce484222325L;

  private final long[] dull = new long[SLOTS];
  private final long[] drawn = new long[SLOTS];
  private final int[] times = new int[SLOTS];
  private long shape;
  private long drawing;

  /** Takes the line up; whether it may be passed over. */
  boolean known(byte[] bytes, int from, int to) {
    if (to - from > LONGEST) {
      shape = 0;
      drawing = 0;
      return false;
    }
    measure(bytes, from, to);
    return dull[slot(shape)] == shape || (drawing != 0 && enough());
  }

  /** The line that was taken up last said nothing. */
  void nothing() {
    if (shape != 0) {
      dull[slot(shape)] = shape;
    }
  }

  private boolean enough() {
    int slot = slot(drawing);
    if (drawn[slot] != drawing) {
      drawn[slot] = drawing;
      times[slot] = 0;
    }
    return ++times[slot] > ENOUGH;
  }

  private static int slot(long hash) {
    return (int) (hash >>> 48);
  }

  private void measure(byte[] bytes, int from, int to) {
    long exact = START;
    long rough = START;
    boolean bar = false;
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      if (b >= '0' && b <= '9') {
        int end = at + 1;
        while (end < to && bytes[end] >= '0' && bytes[end] <= '9') {
          end++;
        }
        int length = end - at;
        boolean status = length == 3 && (b == '4' || b == '5');
        for (int digit = at; status && digit < end; digit++) {
          exact = (exact ^ bytes[digit]) * PRIME;
        }
        exact = (exact ^ (length <= 4 ? length * 16L + b : length)) * PRIME;
        at = end - 1;
        continue;
      }
      bar |=
          (b == '/' && at > from && bytes[at - 1] == 'B')
              || (b == '=' && at > from && bytes[at - 1] == '[');
      exact = (exact ^ b) * PRIME;
      rough =
          b == '=' || b == '>' || b == ' ' || (b >= 'a' && b <= 'f') ? rough : (rough ^ b) * PRIME;
    }
    shape = exact;
    drawing = bar ? rough : 0;
  }
}
