package dev.gantry.login;

import dev.gantry.failure.Evidence;
import dev.gantry.failure.Failure;
import dev.gantry.wire.Call;
import dev.gantry.wire.Endpoint;
import dev.gantry.wire.Exchange;
import dev.gantry.wire.Scope;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A look at what a registry's token server grants: the ping that names the server, the request for
 * a token, and what the token says. The token itself goes nowhere.
 *
 * @param asked the requests in their order
 * @param scheme what the registry wants: none, basic, bearer
 * @param grants what the token says; empty where there is none
 */
public record TokenLook(List<Evidence> asked, String scheme, Optional<Grants> grants) {

  public TokenLook {
    asked = List.copyOf(asked);
  }

  /**
   * Asks.
   *
   * @throws dev.gantry.failure.PublishException Rejected where the token server refuses, and what
   *     any request may throw
   */
  static TokenLook of(
      Exchange exchange,
      Endpoint endpoint,
      InstantSource clock,
      Credential credential,
      List<Scope> scopes)
      throws InterruptedException {
    var asked = new ArrayList<Evidence>();
    var ping = Call.of("GET", endpoint.at(""), Failure.Stage.SIGN_IN).as(Call.Kind.ASIDE);
    Optional<Way> way;
    try (var reply = exchange.send(ping)) {
      asked.add(reply.evidence());
      way =
          reply.status() == 401
              ? Way.best(reply, endpoint, Challenge.read(reply))
              : Optional.empty();
    }
    if (way.isEmpty() || !(way.get() instanceof Way.Bearer bearer)) {
      return new TokenLook(asked, way.isEmpty() ? "none" : "basic", Optional.empty());
    }
    var issued = new TokenServer(exchange, clock, bearer).issue(credential, scopes);
    issued.evidence().ifPresent(asked::add);
    return new TokenLook(asked, "bearer", Optional.of(Grants.read(issued.token().secret())));
  }
}
