package dev.gantry.explain;

import dev.gantry.oci.Json;
import java.util.Locale;

/** A text for people, in English and Chinese. */
public record Words(String en, String zh) {

  /** The text in the locale's language; English unless it is Chinese. */
  public String in(Locale locale) {
    return locale.getLanguage().equals("zh") ? zh : en;
  }

  /** The words with a value put in for every {name}. */
  Words filled(Blanks blanks) {
    return new Words(blanks.fill(en), blanks.fill(zh));
  }

  /** Reads {@code {"en": …, "zh": …}}. */
  static Words of(Json.Obj json) {
    return new Words(json.needText("en"), json.needText("zh"));
  }
}
