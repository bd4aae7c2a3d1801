package dev.gantry.cli;

/**
 * Something said to a person, in both languages. {@code {0}}, {@code {1}} … stand for values.
 *
 * @param en English
 * @param zh Chinese
 */
public record Text(String en, String zh) {

  /** The same words in both languages: names, numbers, code. */
  public static Text same(String words) {
    return new Text(words, words);
  }

  /** The words in a language, with the values in their places. */
  public String in(Lang lang, Object... values) {
    var words =
        switch (lang) {
          case EN -> en;
          case ZH -> zh;
        };
    return values.length == 0 ? words : filled(words, values);
  }

  private static String filled(String words, Object... values) {
    var text = new StringBuilder();
    int at = 0;
    while (at < words.length()) {
      char c = words.charAt(at);
      if (c == '{'
          && at + 2 < words.length()
          && words.charAt(at + 2) == '}'
          && Character.digit(words.charAt(at + 1), 10) >= 0
          && Character.digit(words.charAt(at + 1), 10) < values.length) {
        text.append(values[Character.digit(words.charAt(at + 1), 10)]);
        at += 3;
      } else {
        text.append(c);
        at++;
      }
    }
    return text.toString();
  }
}
