package dev.gantry.rules;

import dev.gantry.oci.Malformed;
import java.util.Locale;

/** How well a fact of the registry book is known; the words of {@code docs/registry-book.md}. */
public enum Confidence {
  MEASURED,
  CODE,
  DOC,
  ISSUE,
  THIRDPARTY,
  INFERRED,
  UNSOURCED;

  /** The weight of a finding that rests on such a fact. */
  public Finding.Weight weight() {
    return switch (this) {
      case MEASURED, CODE, DOC, ISSUE -> Finding.Weight.BLOCKS;
      case THIRDPARTY, INFERRED, UNSOURCED -> Finding.Weight.WARNS;
    };
  }

  static Confidence parse(String word) {
    for (var confidence : values()) {
      if (confidence.word().equals(word)) {
        return confidence;
      }
    }
    throw new Malformed("not a word for how sure a fact is", word);
  }

  /** As it stands in the book. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
