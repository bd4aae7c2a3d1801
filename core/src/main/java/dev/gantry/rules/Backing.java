package dev.gantry.rules;

import java.util.List;

/**
 * What a fact rests on.
 *
 * @param sources addresses, or texts that begin with "observation: "; none where the confidence is
 *     inferred or unsourced
 */
public record Backing(Confidence confidence, List<String> sources) {
  public Backing {
    sources = List.copyOf(sources);
  }

  /** The first source, or how the fact is known where it has none. */
  public String source() {
    return sources.isEmpty() ? confidence.word() : sources.getFirst();
  }
}
