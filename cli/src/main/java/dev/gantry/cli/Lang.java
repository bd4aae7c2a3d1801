package dev.gantry.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A language that a person is spoken to in. */
public enum Lang {
  EN,
  ZH;

  /** The language named {@code en} or {@code zh}, in any case and with any country behind it. */
  static Optional<Lang> of(String name) {
    var plain = name.toLowerCase(Locale.ROOT);
    if (plain.equals("en") || plain.startsWith("en_") || plain.startsWith("en-")) {
      return Optional.of(EN);
    }
    if (plain.equals("zh") || plain.startsWith("zh_") || plain.startsWith("zh-")) {
      return Optional.of(ZH);
    }
    return Optional.empty();
  }

  /**
   * The language of the caller's surroundings: the first of LC_ALL, LC_MESSAGES and LANG that is
   * set decides (POSIX, "Environment Variables" 8.2); anything but Chinese is answered in English.
   */
  static Lang of(Map<String, String> environment) {
    for (var name : new String[] {"LC_ALL", "LC_MESSAGES", "LANG"}) {
      var value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return of(value).orElse(EN);
      }
    }
    return EN;
  }
}
