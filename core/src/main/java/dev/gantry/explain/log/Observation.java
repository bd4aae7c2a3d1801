package dev.gantry.explain.log;

import java.util.BitSet;

/**
 * One thing that was seen: a line of a log, an answer of a registry, a place in a pipeline file.
 *
 * @param source the file, or what it was
 * @param line counted from 1; 0 where there are no lines
 * @param text as a person reads it, colours and prefixes removed
 * @param plain the form that phrases are looked for in
 * @param phrases the numbers of the phrases that stand in it
 * @param own the facts of this very line
 * @param around the facts that hold here because of what stood before (the registry of the last
 *     push, the phase)
 * @param mild the tool itself took it lightly: a warning, a retry
 */
public record Observation(
    String source,
    long line,
    String text,
    String plain,
    BitSet phrases,
    Facts own,
    Facts around,
    boolean mild) {

  /** file:line, or the source alone. */
  public String where() {
    return line > 0 ? source + ":" + line : source;
  }
}
