package dev.gantry.explain;

/**
 * A line that speaks for a cause or against it.
 *
 * @param where file:line, or what answered
 * @param text the line as it was, colours and prefixes removed
 * @param points how much it says; see {@link Sign}
 */
public record Seen(String where, String text, double points) {
  private static final int LONGEST = 400;

  /** The text in at most 400 characters. */
  public String excerpt() {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
