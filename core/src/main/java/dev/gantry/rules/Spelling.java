package dev.gantry.rules;

import java.util.List;
import java.util.Optional;

/** Which of the known words somebody meant. */
final class Spelling {
  private Spelling() {}

  /**
   * The known word that is one slip away, or two where the word is longer than eight letters. A
   * slip is a letter too many, missing, wrong, or two that changed places.
   */
  static Optional<String> nearest(String word, List<String> known) {
    var allowed = word.length() > 8 ? 2 : 1;
    var best = Optional.<String>empty();
    for (var candidate : known) {
      var slips = slips(word, candidate);
      if (slips > 0 && slips <= allowed) {
        allowed = slips - 1;
        best = Optional.of(candidate);
      }
    }
    return best;
  }

  /** The optimal string alignment distance. */
  static int slips(String from, String to) {
    var rows = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      rows[i][0] = i;
    }
    for (int j = 0; j <= to.length(); j++) {
      rows[0][j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      for (int j = 1; j <= to.length(); j++) {
        var wrong = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        rows[i][j] =
            Math.min(Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1), rows[i - 1][j - 1] + wrong);
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
        }
      }
    }
    return rows[from.length()][to.length()];
  }
}
