package dev.gantry.login;

import dev.gantry.failure.Evidence;
import dev.gantry.failure.Failure;
import dev.gantry.oci.Json;
import dev.gantry.oci.Malformed;
import dev.gantry.wire.Call;
import dev.gantry.wire.Exchange;
import dev.gantry.wire.Reply;
import dev.gantry.wire.Scope;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The server that gives out a registry's tokens: asked by GET with Basic (distribution, "Token
 * Authentication Specification"), or by OAuth 2 POST ("OAuth2 Token Authentication"). A server that
 * knows only the other of the two answers 404 or 405, and is asked that way.
 */
final class TokenServer {
  private static final String CLIENT = "gantry";

  /** The longest answer read; tokens of ACR and GAR are a few KiB. */
  private static final int LONGEST = 1 << 20;

  /** Life of a token that does not say (same specification: "defaults to 60 seconds"). */
  private static final long UNSAID = 60;

  private final Exchange exchange;
  private final InstantSource clock;
  private final Way.Bearer way;

  TokenServer(Exchange exchange, InstantSource clock, Way.Bearer way) {
    this.exchange = exchange;
    this.clock = clock;
    this.way = way;
  }

  /** A token and the request that it came by; empty for one that was there already. */
  record Issued(Token token, Optional<Evidence> evidence) {}

  /** A fresh token for these scopes. */
  Token fetch(Credential credential, List<Scope> scopes) throws InterruptedException {
    return issue(credential, scopes).token();
  }

  /** The same with what was seen. */
  Issued issue(Credential credential, List<Scope> scopes) throws InterruptedException {
    return switch (credential) {
      case Credential.Anonymous _ ->
          finish(exchange.send(get(scopes)), scopes, "anonymous-bearer", "none");
      case Credential.Password password -> {
        var reply = exchange.send(basic(get(scopes, password.user()), password));
        if (otherWay(reply)) {
          reply.close();
          reply = exchange.send(post(scopes, password));
        }
        yield finish(reply, scopes, "bearer", password.source());
      }
      case Credential.IdentityToken identity -> {
        var reply = exchange.send(post(scopes, identity));
        if (otherWay(reply)) {
          reply.close();
          var pair = new Credential.Password("<token>", identity.secret(), identity.source());
          reply = exchange.send(basic(get(scopes), pair));
        }
        yield finish(reply, scopes, "identity-token", identity.source());
      }
      case Credential.RegistryToken ready ->
          new Issued(
              new Token(
                  ready.secret(),
                  scopes,
                  Instant.MAX,
                  new Evidence.Login("bearer", ready.source())),
              Optional.empty());
    };
  }

  private static boolean otherWay(Reply reply) {
    return reply.status() == 404 || reply.status() == 405;
  }

  private Call get(List<Scope> scopes) {
    return get(scopes, "");
  }

  private Call get(List<Scope> scopes, String account) {
    var query = new ArrayList<String>();
    way.service().ifPresent(service -> query.add("service=" + encoded(service)));
    for (var scope : scopes) {
      query.add("scope=" + encoded(scope.toString()));
    }
    if (!account.isEmpty()) {
      query.add("account=" + encoded(account));
    }
    query.add("client_id=" + CLIENT);
    var realm = way.realm().toString();
    var joint = way.realm().getRawQuery() == null ? "?" : "&";
    var url = URI.create(realm + joint + String.join("&", query));
    return Call.of("GET", url, Failure.Stage.SIGN_IN).as(Call.Kind.ASIDE);
  }

  private Call basic(Call call, Credential.Password password) {
    return call.signed(basic(password), new Evidence.Login("basic", password.source()));
  }

  /** The value of an {@code Authorization} by RFC 7617, in UTF-8. */
  static String basic(Credential.Password password) {
    var pair = password.user() + ":" + password.secret().reveal();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private Call post(List<Scope> scopes, Credential.Password password) {
    return post(
        scopes,
        List.of(
            "grant_type=password",
            "username=" + encoded(password.user()),
            "password=" + encoded(password.secret().reveal())),
        new Evidence.Login("basic", password.source()));
  }

  private Call post(List<Scope> scopes, Credential.IdentityToken identity) {
    return post(
        scopes,
        List.of("grant_type=refresh_token", "refresh_token=" + encoded(identity.secret().reveal())),
        new Evidence.Login("identity-token", identity.source()));
  }

  private Call post(List<Scope> scopes, List<String> grant, Evidence.Login what) {
    var form = new ArrayList<>(grant);
    way.service().ifPresent(service -> form.add("service=" + encoded(service)));
    form.add("client_id=" + CLIENT);
    var words = scopes.stream().map(Scope::toString).toList();
    if (!words.isEmpty()) {
      form.add("scope=" + encoded(String.join(" ", words)));
    }
    return Call.of("POST", way.realm(), Failure.Stage.SIGN_IN)
        .as(Call.Kind.ASIDE)
        .form(String.join("&", form))
        .told(what);
  }

  private Issued finish(Reply reply, List<Scope> scopes, String kind, String source)
      throws InterruptedException {
    try (reply) {
      if (!reply.ok()) {
        throw reply.rejected();
      }
      var evidence = reply.evidence(); // before its body, which holds the token, was read
      var json = object(reply);
      var token =
          Optional.of("token")
              .flatMap(json::text)
              .filter(text -> !text.isEmpty())
              .or(() -> json.text("access_token").filter(text -> !text.isEmpty()))
              .orElseThrow(() -> reply.offProtocol("the token server's answer has no token in it"));
      var life = Duration.ofSeconds(json.number("expires_in").filter(n -> n > 0).orElse(UNSAID));
      var renewAt = clock.instant().plus(life.multipliedBy(9).dividedBy(10));
      return new Issued(
          new Token(new Secret(token), scopes, renewAt, new Evidence.Login(kind, source)),
          Optional.of(evidence));
    }
  }

  private static Json.Obj object(Reply reply) throws InterruptedException {
    try {
      return Json.parseObject(reply.bytes(LONGEST));
    } catch (Malformed _) {
      throw reply.offProtocol("the token server's answer is no JSON object");
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
