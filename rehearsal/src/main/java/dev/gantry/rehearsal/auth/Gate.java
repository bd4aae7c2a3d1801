package dev.gantry.rehearsal.auth;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.gantry.http.Headers;
import dev.gantry.http.ServerExchange;
import dev.gantry.rehearsal.protocol.Access;
import dev.gantry.rehearsal.protocol.Asked;
import dev.gantry.rehearsal.protocol.Operation;
import dev.gantry.rehearsal.protocol.Problem;
import dev.gantry.rehearsal.protocol.Refusal;
import dev.gantry.rehearsal.protocol.Reply;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lets requests in or says how to sign in. */
public final class Gate {
  private final Auth auth;
  private final String path;
  private final String service;
  private final Optional<Tokens> tokens;
  private final Optional<TokenEndpoint> endpoint;

  /** A gate with its token endpoint at {@code /token}. */
  public Gate(Auth auth, String service, InstantSource clock) {
    this(auth, TokenEndpoint.PATH, service, TokenRules.NONE, clock);
  }

  /**
   * @param path of the token endpoint
   * @param service the name of this registry in challenges and tokens; {@code {host}} stands for
   *     the host that the client asked
   * @param rules of the token endpoint
   */
  public Gate(Auth auth, String path, String service, TokenRules rules, InstantSource clock) {
    this.auth = auth;
    this.path = path;
    this.service = service;
    if (auth instanceof Auth.Bearer bearer) {
      var issued = new Tokens(bearer, service, clock);
      tokens = Optional.of(issued);
      endpoint = Optional.of(new TokenEndpoint(bearer, service, rules, issued));
    } else {
      tokens = Optional.empty();
      endpoint = Optional.empty();
    }
  }

  /** The answer of the token endpoint; empty if the request is not for it. */
  public Optional<Reply> token(ServerExchange exchange) throws Refusal, IOException {
    if (endpoint.isEmpty() || !exchange.path().equals(path)) {
      return Optional.empty();
    }
    return Optional.of(endpoint.get().answer(exchange));
  }

  /** Makes every token issued so far count as expired. */
  public void expireTokens() {
    tokens.ifPresent(Tokens::expireAll);
  }

  /**
   * Who asks, if they may do what they ask for.
   *
   * @throws Refusal 401 with a challenge, or 403 where signing in differently would not help
   */
  public Access check(Asked asked) throws Refusal {
    return switch (auth) {
      case Auth.Open _ -> Access.ALL;
      case Auth.Basic basic -> basic(basic, asked);
      case Auth.Bearer _ -> bearer(asked);
    };
  }

  private Access basic(Auth.Basic basic, Asked asked) throws Refusal {
    var sent = asked.headers().first("Authorization");
    var challenge = Headers.of("WWW-Authenticate", "Basic realm=\"" + service + "\"");
    Set<String> actions;
    if (sent.isEmpty()) {
      boolean open = basic.anonymousPull() && !asked.operation().writes();
      if (!open || asked.operation() == Operation.PING) {
        throw unauthorized("not-logged-in", challenge, asked);
      }
      actions = Set.of("pull");
    } else {
      actions =
          Credentials.read(sent.get())
              .flatMap(credentials -> credentials.user(basic.users()))
              .orElseThrow(() -> unauthorized("bad-credentials", challenge, asked))
              .actions();
    }
    var needed = Access.action(asked.operation());
    if (asked.repository().isPresent() && !actions.contains(needed)) {
      throw new Refusal(
          "no-push",
          403,
          Headers.NONE,
          List.of(
              new Problem(
                  "DENIED",
                  "requested access to the resource is denied",
                  Optional.of(access(wanted(asked))))));
    }
    return (_, action) -> actions.contains(action);
  }

  private Access bearer(Asked asked) throws Refusal {
    var sent = asked.headers().first("Authorization");
    if (sent.isEmpty() || !sent.get().regionMatches(true, 0, "Bearer ", 0, 7)) {
      throw unauthorized("not-logged-in", challenge(asked, ""), asked);
    }
    var issued = tokens.orElseThrow();
    var grant =
        issued
            .read(sent.get().substring(7).strip())
            .filter(issued::alive)
            .orElseThrow(
                () -> unauthorized("token-expired", challenge(asked, "invalid_token"), asked));
    for (var scope : wanted(asked)) {
      if (!grant.covers(scope)) {
        throw unauthorized("no-push", challenge(asked, "insufficient_scope"), asked);
      }
    }
    return (repository, action) -> grant.covers(Scope.repository(repository, action));
  }

  private Headers challenge(Asked asked, String error) {
    var host = asked.headers().first("Host").orElse("localhost");
    var scheme = asked.exchange().secure() ? "https" : "http";
    var text = new StringBuilder("Bearer realm=\"");
    text.append(scheme).append("://").append(host).append(path).append('"');
    text.append(",service=\"").append(service.replace("{host}", host)).append('"');
    var scopes = wanted(asked).stream().map(Scope::toString).toList();
    if (!scopes.isEmpty()) {
      text.append(",scope=\"").append(String.join(" ", scopes)).append('"');
    }
    if (!error.isEmpty()) {
      text.append(",error=\"").append(error).append('"');
    }
    return Headers.of("WWW-Authenticate", text.toString());
  }

  /** The scopes that an operation needs. A mount's source is not among them: it may be refused. */
  private static List<Scope> wanted(Asked asked) {
    if (asked.operation() == Operation.CATALOG) {
      return List.of(Scope.catalog());
    }
    if (asked.repository().isEmpty()) {
      return List.of();
    }
    var name = asked.repository().get();
    return switch (Access.action(asked.operation())) {
      case "push" -> List.of(Scope.repository(name, "pull", "push"));
      case "delete" -> List.of(Scope.repository(name, "delete"));
      default -> List.of(Scope.repository(name, "pull"));
    };
  }

  private static Refusal unauthorized(String situation, Headers challenge, Asked asked) {
    var detail =
        wanted(asked).isEmpty()
            ? Optional.<JsonElement>empty()
            : Optional.of(access(wanted(asked)));
    return new Refusal(
        situation,
        401,
        challenge,
        List.of(new Problem("UNAUTHORIZED", "authentication required", detail)));
  }

  private static JsonElement access(List<Scope> scopes) {
    var list = new JsonArray();
    for (var scope : scopes) {
      for (var action : scope.actions()) {
        var entry = new JsonObject();
        entry.addProperty("Type", scope.type());
        entry.addProperty("Class", "");
        entry.addProperty("Name", scope.name());
        entry.addProperty("Action", action);
        list.add(entry);
      }
    }
    return list;
  }
}
