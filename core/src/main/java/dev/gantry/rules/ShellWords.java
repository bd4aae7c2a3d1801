package dev.gantry.rules;

import java.util.List;
import java.util.regex.Pattern;

/** Words as a POSIX shell reads them. */
public final class ShellWords {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9@%+=:,./_-]+");

  private ShellWords() {}

  /** One command line; words that a shell would change stand in single quotes. */
  public static String line(List<String> words) {
    return String.join(" ", words.stream().map(ShellWords::quote).toList());
  }

  static String quote(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
