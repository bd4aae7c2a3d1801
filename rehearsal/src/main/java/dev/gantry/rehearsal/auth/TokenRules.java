package dev.gantry.rehearsal.auth;

import dev.gantry.rehearsal.protocol.Refusal;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** What a token endpoint does beyond the specification, asked for every repository in a scope. */
public interface TokenRules {
  /** No demands, and whatever is asked for and allowed. */
  TokenRules NONE = new TokenRules() {};

  /** Asked before anybody's password is looked at. */
  default void scope(String repository, Set<String> asked) throws Refusal {}

  /**
   * The actions that a token is to list, which may be none; empty leaves the repository out.
   *
   * @param asked the actions in the scope, without {@code *}
   * @param allowed what whoever asks may do everywhere
   * @throws IOException if something was to be made and the disk failed
   */
  default Optional<Set<String>> actions(String repository, Set<String> asked, Set<String> allowed)
      throws Refusal, IOException {
    return Optional.of(both(asked, allowed));
  }

  /** What is asked for and allowed, in the order in which it was asked for. */
  static Set<String> both(Set<String> asked, Set<String> allowed) {
    var both = new java.util.LinkedHashSet<>(asked);
    both.retainAll(allowed);
    return both;
  }
}
