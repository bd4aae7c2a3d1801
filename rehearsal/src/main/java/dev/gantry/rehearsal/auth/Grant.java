package dev.gantry.rehearsal.auth;

import java.time.Instant;
import java.util.List;

/**
 * What a token says.
 *
 * @param serial counts the tokens of this registry, by which they are revoked
 */
record Grant(long serial, String user, List<Scope> scopes, Instant issued, Instant expires) {
  Grant {
    scopes = List.copyOf(scopes);
  }

  boolean covers(Scope wanted) {
    return scopes.stream().anyMatch(scope -> scope.covers(wanted));
  }
}
