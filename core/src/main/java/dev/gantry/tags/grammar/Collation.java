package dev.gantry.tags.grammar;

import java.text.Normalizer;
import java.util.Comparator;

/**
 * The order in which people expect names in a list: the root order of the Unicode collation
 * algorithm as ICU has it, for the characters that keys are made of. Blanks and signs come before
 * digits, digits before letters, and the case of a letter counts only where all else is equal.
 */
public final class Collation {
  private static final String SIGNS = "\t\n\u000b\f\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";

  /** The order itself. */
  public static final Comparator<String> ORDER =
      Comparator.comparing(Collation::primary)
          .thenComparing(Collation::accents)
          .thenComparing(Collation::cases)
          .thenComparing(Comparator.naturalOrder());

  private Collation() {}

  private static String primary(String text) {
    return weigh(text, c -> Character.getType(c) == Character.NON_SPACING_MARK ? 0 : weight(c));
  }

  private static String accents(String text) {
    return weigh(text, c -> Character.getType(c) == Character.NON_SPACING_MARK ? c : 1);
  }

  private static String cases(String text) {
    return weigh(text, c -> Character.isUpperCase(c) ? 2 : 1);
  }

  private static String weigh(String text, java.util.function.IntUnaryOperator weight) {
    var plain = text.chars().allMatch(c -> c < 128);
    var weights = new StringBuilder();
    (plain ? text : Normalizer.normalize(text, Normalizer.Form.NFD))
        .chars()
        .map(weight)
        .filter(w -> w > 0)
        .forEach(w -> weights.append((char) w));
    return weights.toString();
  }

  private static int weight(int c) {
    var sign = SIGNS.indexOf(c);
    if (sign >= 0) {
      return 1 + sign;
    }
    return c < 32 || c == 127 ? 0 : Character.toLowerCase(c) + 64;
  }
}
