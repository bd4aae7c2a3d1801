package dev.gantry.explain.phrase;

/**
 * The form of a text in which phrases are looked for: lower case, no quotes, back ticks or
 * backslashes, every run of blanks one space. Quoting differs from tool to tool and doubles in
 * wrappers and JSON, while the words stay.
 */
public final class Plain {
  /** Longer lines are cut: what a tool says about a failure stands in front. */
  public static final int LONGEST = 6000;

  private Plain() {}

  public static String of(String text) {
    var plain = new StringBuilder(Math.min(text.length(), LONGEST));
    var blank = true;
    for (var at = 0; at < text.length() && plain.length() < LONGEST; at++) {
      var c = text.charAt(at);
      if (dropped(c)) {
        continue;
      }
      var space = c <= ' ' || c == '\u00a0' || c == '\u3000';
      if (!space) {
        plain.append(Character.toLowerCase(c));
      } else if (!blank) {
        plain.append(' ');
      }
      blank = space;
    }
    return plain.toString().stripTrailing();
  }

  /** Whether the character carries no meaning for a phrase. */
  static boolean dropped(int c) {
    return c == '"'
        || c == '\''
        || c == '`'
        || c == '\\'
        || c == '\u201c'
        || c == '\u201d'
        || c == '\u2018'
        || c == '\u2019';
  }
}
