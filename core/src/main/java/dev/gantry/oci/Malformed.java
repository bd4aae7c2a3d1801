package dev.gantry.oci;

import java.io.Serial;
import java.util.Optional;

/**
 * Text that is not what it should be: what is wrong, at which place, and the nearest right form.
 */
public final class Malformed extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1L;

  /** Characters of the text that the message repeats. */
  private static final int LONGEST_SHOWN = 400;

  private final String what;
  private final String text;
  private final int position;
  private final String nearest;

  /**
   * A refusal of text.
   *
   * @param what the fault in one clause, for example "the repository has upper case letters"
   * @param text the whole text as it was given
   * @param position index of the first offending character, counted from 0; -1 for the whole text
   * @param nearest the nearest right form
   */
  public Malformed(String what, String text, int position, Optional<String> nearest) {
    super(describe(what, text, position, nearest));
    this.what = what;
    this.text = text;
    this.position = position;
    this.nearest = nearest.orElse("");
  }

  public Malformed(String what, String text) {
    this(what, text, -1, Optional.empty());
  }

  public String what() {
    return what;
  }

  public String text() {
    return text;
  }

  /** Index of the first offending character, or -1 where the text is wrong as a whole. */
  public int position() {
    return position;
  }

  public Optional<String> nearest() {
    return nearest.isEmpty() ? Optional.empty() : Optional.of(nearest);
  }

  private static String describe(String what, String text, int position, Optional<String> nearest) {
    var shown = text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    var line = new StringBuilder(what).append(": '").append(shown).append('\'');
    if (position >= 0) {
      line.append(" (character ").append(position + 1).append(')');
    }
    nearest.ifPresent(right -> line.append("; nearest right form: '").append(right).append('\''));
    return line.toString();
  }
}
