package dev.gantry.login;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.wire.Endpoint;
import dev.gantry.wire.Reply;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** How a registry wants to be signed in to, as its challenges say. */
sealed interface Way {

  /** User name and password with every request (RFC 7617). */
  record Basic() implements Way {}

  /** A token from the server at {@code realm} (distribution, "Token Authentication"). */
  record Bearer(URI realm, Optional<String> service) implements Way {}

  /**
   * The best way among those offered: a token before a password. Empty if there is none that can be
   * gone.
   *
   * @param refused the answer that had the challenges
   * @throws PublishException Refused where the token server named is one that no password may be
   *     sent to
   */
  static Optional<Way> best(Reply refused, Endpoint endpoint, List<Challenge> challenges) {
    for (var challenge : challenges) {
      var realm = challenge.param("realm");
      if (challenge.scheme().equals("bearer") && realm.isPresent()) {
        return Optional.of(
            new Bearer(
                realm(refused, endpoint, realm.get()),
                challenge.param("service").filter(service -> !service.isEmpty())));
      }
    }
    return challenges.stream().anyMatch(challenge -> challenge.scheme().equals("basic"))
        ? Optional.of(new Basic())
        : Optional.empty();
  }

  private static URI realm(Reply refused, Endpoint endpoint, String text) {
    URI realm;
    try {
      realm = refused.url().resolve(URI.create(text));
    } catch (IllegalArgumentException _) {
      throw refused.offProtocol("the realm in WWW-Authenticate is no address");
    }
    if (realm.getHost() == null) {
      throw refused.offProtocol("the realm in WWW-Authenticate has no host");
    }
    if (!safe(realm, endpoint)) {
      throw new PublishException(
          new Failure.Refused(
              Failure.Stage.SIGN_IN,
              new Failure.Problem(
                  "server.misconfigured",
                  "the registry wants credentials sent in plain HTTP to " + realm.getHost(),
                  "WWW-Authenticate of " + endpoint,
                  "let the registry's realm begin with https:// (behind a proxy: pass"
                      + " X-Forwarded-Proto on)")));
    }
    return realm;
  }

  /**
   * Whether a password may go there: by HTTPS anywhere; in plain HTTP only within this machine, or
   * to the registry's own host where that is spoken to in plain HTTP by the user's word.
   */
  private static boolean safe(URI realm, Endpoint endpoint) {
    if ("https".equalsIgnoreCase(realm.getScheme())) {
      return true;
    }
    if (!"http".equalsIgnoreCase(realm.getScheme())) {
      return false;
    }
    return endpoint.base().getScheme().equals("http")
        && (realm.getHost().equalsIgnoreCase(endpoint.base().getHost())
            || (Endpoint.loopback(realm) && Endpoint.loopback(endpoint.base())));
  }
}
