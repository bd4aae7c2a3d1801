package dev.gantry.login;

import dev.gantry.failure.Evidence;
import dev.gantry.wire.Scope;
import java.time.Instant;
import java.util.List;

/**
 * A bearer token in use.
 *
 * @param renewAt when it is too old to begin something with: nine tenths of its life
 * @param what how it was come by, as evidence tells it
 */
record Token(Secret secret, List<Scope> scopes, Instant renewAt, Evidence.Login what) {
  Token {
    scopes = List.copyOf(scopes);
  }

  /** Whether it allows all that is needed, and long enough. */
  boolean serves(List<Scope> needed, Instant now) {
    return now.isBefore(renewAt)
        && needed.stream().allMatch(want -> scopes.stream().anyMatch(have -> have.covers(want)));
  }
}
