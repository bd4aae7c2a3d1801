package dev.gantry.rehearsal.auth;

import com.google.gson.JsonObject;
import dev.gantry.http.Headers;
import dev.gantry.http.ServerExchange;
import dev.gantry.rehearsal.protocol.Problem;
import dev.gantry.rehearsal.protocol.Query;
import dev.gantry.rehearsal.protocol.Refusal;
import dev.gantry.rehearsal.protocol.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Issues tokens: by GET with Basic (distribution, "Token Authentication Specification") and by POST
 * of a form (the same, "OAuth2"), where a refresh token stands for the password. A scope that the
 * user has no right to is left out of the token and not refused, unless the rules are others.
 */
final class TokenEndpoint {
  /** Where it is unless a likeness puts it elsewhere. */
  static final String PATH = "/token";

  /** A form is a few hundred bytes; a refresh token may be a few thousand. */
  private static final int LARGEST_FORM = 1 << 16;

  private final Auth.Bearer bearer;
  private final String service;
  private final TokenRules rules;
  private final Tokens tokens;

  TokenEndpoint(Auth.Bearer bearer, String service, TokenRules rules, Tokens tokens) {
    this.bearer = bearer;
    this.service = service;
    this.rules = rules;
    this.tokens = tokens;
  }

  Reply answer(ServerExchange exchange) throws Refusal, IOException {
    return switch (exchange.method()) {
      case "GET", "HEAD" -> get(exchange);
      case "POST" -> post(exchange);
      default ->
          throw new Refusal("no-method", 405, "UNSUPPORTED", "a token is asked for by GET or POST");
    };
  }

  private Reply get(ServerExchange exchange) throws Refusal, IOException {
    var query = Query.parse(exchange.query());
    var asked = scopes(query);
    var sent = exchange.headers().first("Authorization");
    var user = Optional.<User>empty();
    if (sent.isPresent()) {
      user = Credentials.read(sent.get()).flatMap(found -> found.user(bearer.users()));
      if (user.isEmpty()) {
        throw wrongPassword();
      }
    }
    var scopes = granted(user, asked);
    var json = token(user, scopes);
    if (user.isPresent() && query.first("offline_token").filter("true"::equals).isPresent()) {
      json.addProperty("refresh_token", tokens.issueRefresh(user.get().name()));
    }
    return Reply.json(200, Headers.of("Cache-Control", "no-store"), json);
  }

  private Reply post(ServerExchange exchange) throws Refusal, IOException {
    var bytes = exchange.body().readNBytes(LARGEST_FORM + 1);
    if (bytes.length > LARGEST_FORM) {
      throw new Refusal(
          "form", 413, "UNSUPPORTED", "the form is longer than " + LARGEST_FORM + " bytes");
    }
    var form = Query.parse(new String(bytes, StandardCharsets.UTF_8));
    var asked = scopes(form);
    var kind = form.first("grant_type").orElse("");
    User user;
    String refresh;
    switch (kind) {
      case "password" -> {
        user = byPassword(form);
        boolean offline = form.first("access_type").filter("offline"::equals).isPresent();
        refresh = offline ? tokens.issueRefresh(user.name()) : "";
      }
      case "refresh_token" -> {
        refresh = form.first("refresh_token").orElse("");
        user = byRefresh(refresh);
      }
      default ->
          throw new Refusal(
              "form",
              400,
              "UNSUPPORTED",
              "grant_type is password or refresh_token, not '" + kind + "'");
    }
    var scopes = granted(Optional.of(user), asked);
    var json = token(Optional.of(user), scopes);
    json.remove("token");
    json.addProperty("scope", String.join(" ", scopes.stream().map(Scope::toString).toList()));
    if (!refresh.isEmpty()) {
      json.addProperty("refresh_token", refresh);
    }
    return Reply.json(200, Headers.of("Cache-Control", "no-store"), json);
  }

  private User byPassword(Query form) throws Refusal {
    var name = form.first("username").orElse("");
    var password = form.first("password").orElse("");
    return new Credentials(name, password).user(bearer.users()).orElseThrow(() -> wrongPassword());
  }

  private User byRefresh(String token) throws Refusal {
    return tokens
        .userOfRefresh(token)
        .flatMap(
            name -> bearer.users().stream().filter(user -> user.name().equals(name)).findFirst())
        .orElseThrow(() -> wrongPassword());
  }

  private Refusal wrongPassword() {
    return new Refusal(
        "bad-credentials",
        401,
        Headers.of("WWW-Authenticate", "Basic realm=\"" + service + "\""),
        List.of(new Problem("UNAUTHORIZED", "incorrect username or password")));
  }

  private List<Scope> scopes(Query query) throws Refusal {
    var scopes = Scope.parseAll(query.all("scope"));
    for (var scope : scopes) {
      if (scope.type().equals("repository")) {
        rules.scope(scope.name(), scope.actions());
      }
    }
    return scopes;
  }

  private List<Scope> granted(Optional<User> user, List<Scope> asked) throws Refusal, IOException {
    var anonymous = bearer.anonymousPull() ? Set.of("pull") : Set.<String>of();
    var actions = user.map(User::actions).orElse(anonymous);
    var granted = new ArrayList<Scope>();
    for (var scope : asked) {
      if (scope.type().equals("repository")) {
        rules
            .actions(scope.name(), scope.actionsOf(actions), actions)
            .ifPresent(listed -> granted.add(new Scope(scope.type(), scope.name(), listed)));
      } else if (user.isPresent() && Scope.catalog().equals(scope)) {
        granted.add(scope);
      }
    }
    return granted;
  }

  private JsonObject token(Optional<User> user, List<Scope> scopes) {
    var issued = tokens.issue(user.map(User::name).orElse(""), scopes);
    var json = new JsonObject();
    json.addProperty("token", issued.text());
    json.addProperty("access_token", issued.text());
    json.addProperty("expires_in", issued.expiry().toSeconds());
    json.addProperty("issued_at", issued.at().toString());
    return json;
  }
}
