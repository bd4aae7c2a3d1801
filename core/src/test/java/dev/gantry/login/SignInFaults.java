package dev.gantry.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.failure.Evidence;
import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.http.ClientSettings;
import dev.gantry.http.HttpClient;
import dev.gantry.wire.Call;
import dev.gantry.wire.Endpoint;
import dev.gantry.wire.Host;
import dev.gantry.wire.MovingTime;
import dev.gantry.wire.Reply;
import dev.gantry.wire.Scope;
import dev.gantry.wire.Wire;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Signing in to a registry, and what can go wrong with it. */
final class SignInFaults {
  private static final Credential.Password PASSWORD =
      new Credential.Password("me", new Secret("pa:ss"), "config.json auths[r]");
  private static final String BASIC = "Basic bWU6cGE6c3M=";

  private final Host host = new Host();
  private final Host tokens = new Host();
  private final HttpClient client = new HttpClient(ClientSettings.DEFAULT);
  private final MovingTime time = new MovingTime();

  @AfterEach
  void stop() {
    host.close();
    tokens.close();
    client.close();
  }

  private SignIn signIn(Credential credential) {
    return signIn(() -> credential);
  }

  private SignIn signIn(SignIn.Lookup lookup) {
    var base = URI.create("http://" + host.name());
    return new SignIn(new Wire(client, time, "gantry/test"), new Endpoint(base), time, lookup);
  }

  private Call call(String... scopes) {
    var needed = new ArrayList<Scope>();
    for (var scope : scopes) {
      needed.addAll(Scope.read(scope));
    }
    return Call.of("GET", host.uri().resolve("/v2/a/x"), Failure.Stage.SURVEY).with(needed);
  }

  private String bearer() {
    return "Bearer realm=\"" + tokens.uri().resolve("/token") + "\",service=\"the registry\"";
  }

  private Host.Answer challenge() {
    return Host.body(
        401, "{\"errors\":[{\"code\":\"UNAUTHORIZED\"}]}", "WWW-Authenticate", bearer());
  }

  private void wants(String token) {
    host.on(
        "GET",
        "/v2/a/x",
        (exchange, seen) ->
            (seen.authorization().filter(("Bearer " + token)::equals).isPresent()
                    ? Host.status(200)
                    : challenge())
                .to(exchange, seen));
    host.on("GET", "/v2/", challenge());
  }

  private static Evidence.Login login(Reply reply) {
    return reply.evidence().sent();
  }

  @Test
  void anonymousGetsAToken() throws Exception {
    wants("t1");
    tokens.on("GET", "/token", Host.body(200, "{\"token\":\"t1\"}"));
    try (var reply = signIn(Credential.ANONYMOUS).send(call("repository:a:pull"))) {
      assertThat(reply.status()).isEqualTo(200);
      assertThat(login(reply)).isEqualTo(new Evidence.Login("anonymous-bearer", "none"));
    }
    assertThat(tokens.lines())
        .containsExactly(
            "GET /token?service=the+registry&scope=repository%3Aa%3Apull&client_id=gantry");
    assertThat(tokens.seen().getFirst().authorization()).isEmpty();
  }

  @Test
  void nothingIsSignedWhereNothingIsAsked() throws Exception {
    host.on("GET", "/v2/a/x", Host.status(200));
    try (var reply = signIn(Credential.ANONYMOUS).send(call())) {
      assertThat(login(reply)).isEqualTo(Evidence.Login.NONE);
    }
    assertThat(host.lines()).containsExactly("GET /v2/a/x");
  }

  @Test
  void aPasswordGoesWithEveryRequestToBasic() throws Exception {
    host.on("GET", "/v2/", Host.status(401, "WWW-Authenticate", "Basic realm=\"r\""));
    host.on("GET", "/v2/a/x", Host.status(200));
    var signIn = signIn(PASSWORD);
    try (var reply = signIn.send(call())) {
      assertThat(login(reply)).isEqualTo(new Evidence.Login("basic", "config.json auths[r]"));
    }
    signIn.send(call()).close();
    assertThat(host.lines()).containsExactly("GET /v2/", "GET /v2/a/x", "GET /v2/a/x");
    assertThat(host.seen().getLast().authorization()).contains(BASIC);
  }

  @Test
  void aPasswordIsChangedForAToken() throws Exception {
    wants("t1");
    tokens.on("GET", "/token", Host.body(200, "{\"access_token\":\"t1\",\"expires_in\":300}"));
    try (var reply = signIn(PASSWORD).send(call("repository:a:pull,push", "repository:b:pull"))) {
      assertThat(reply.status()).isEqualTo(200);
      assertThat(login(reply)).isEqualTo(new Evidence.Login("bearer", "config.json auths[r]"));
    }
    var seen = tokens.seen().getFirst();
    assertThat(seen.authorization()).contains(BASIC);
    assertThat(seen.target())
        .contains("scope=repository%3Aa%3Apull%2Cpush&scope=repository%3Ab%3Apull&account=me");
  }

  @Test
  void aTokenServerThatKnowsOnlyPostIsAskedSo() throws Exception {
    wants("t1");
    tokens.on("GET", "/token", Host.status(405));
    tokens.on("POST", "/token", Host.body(200, "{\"access_token\":\"t1\"}"));
    try (var reply = signIn(PASSWORD).send(call("repository:a:pull"))) {
      assertThat(reply.status()).isEqualTo(200);
    }
    assertThat(new String(tokens.seen().getLast().body(), StandardCharsets.UTF_8))
        .isEqualTo(
            "grant_type=password&username=me&password=pa%3Ass&service=the+registry&client_id=gantry&scope=repository%3Aa%3Apull");
  }

  @Test
  void anIdentityTokenIsPosted() throws Exception {
    wants("t1");
    tokens.on("POST", "/token", Host.body(200, "{\"access_token\":\"t1\"}"));
    var identity = new Credential.IdentityToken(new Secret("refresh"), "credsStore x");
    try (var reply = signIn(identity).send(call("repository:a:pull"))) {
      assertThat(login(reply)).isEqualTo(new Evidence.Login("identity-token", "credsStore x"));
    }
    assertThat(new String(tokens.seen().getLast().body(), StandardCharsets.UTF_8))
        .startsWith("grant_type=refresh_token&refresh_token=refresh&");
  }

  @Test
  void anIdentityTokenGoesByGetWhereThereIsNoPost() throws Exception {
    wants("t1");
    tokens.on("POST", "/token", Host.status(404));
    tokens.on("GET", "/token", Host.body(200, "{\"token\":\"t1\"}"));
    var identity = new Credential.IdentityToken(new Secret("refresh"), "x");
    try (var reply = signIn(identity).send(call("repository:a:pull"))) {
      assertThat(reply.status()).isEqualTo(200);
    }
    assertThat(tokens.seen().getLast().authorization()).contains("Basic PHRva2VuPjpyZWZyZXNo");
  }

  @Test
  void aRegistryTokenGoesAsItIs() throws Exception {
    wants("ready");
    var ready = new Credential.RegistryToken(new Secret("ready"), "config.json auths[r]");
    try (var reply = signIn(ready).send(call())) {
      assertThat(reply.status()).isEqualTo(200);
      assertThat(login(reply).kind()).isEqualTo("bearer");
    }
    assertThat(tokens.seen()).isEmpty();
  }

  @Test
  void aTokenIsUsedAgainAndRenewedBeforeItEnds() throws Exception {
    wants("t1");
    tokens.on("GET", "/token", Host.body(200, "{\"token\":\"t1\",\"expires_in\":100}"));
    var signIn = signIn(PASSWORD);
    signIn.send(call("repository:a:pull,push")).close();
    signIn.send(call("repository:a:pull")).close();
    time.pass(Duration.ofSeconds(89));
    signIn.send(call("repository:a:push")).close();
    assertThat(tokens.seen()).hasSize(1);
    time.pass(Duration.ofSeconds(2));
    signIn.send(call("repository:a:push")).close();
    assertThat(tokens.seen()).hasSize(2);
  }

  @Test
  void aTokenThatDoesNotSayLastsAMinute() throws Exception {
    wants("t1");
    tokens.on("GET", "/token", Host.body(200, "{\"token\":\"t1\"}"));
    var signIn = signIn(PASSWORD);
    signIn.send(call("repository:a:pull")).close();
    time.pass(Duration.ofSeconds(55));
    signIn.send(call("repository:a:pull")).close();
    assertThat(tokens.seen()).hasSize(2);
  }

  @Test
  void aTokenRefusedInTheMiddleIsRenewedOnce() throws Exception {
    wants("t1");
    tokens.on(
        "GET",
        "/token",
        Host.body(200, "{\"token\":\"t1\",\"expires_in\":3000}"),
        Host.body(200, "{\"token\":\"t2\",\"expires_in\":3000}"));
    var signIn = signIn(PASSWORD);
    signIn.send(call("repository:a:pull")).close();
    wants("t2");
    try (var reply = signIn.send(call("repository:a:pull"))) {
      assertThat(reply.status()).isEqualTo(200);
    }
    assertThat(tokens.seen()).hasSize(2);
  }

  @Test
  void aFreshTokenRefusedIsTheEnd() throws Exception {
    wants("something else");
    tokens.on("GET", "/token", Host.body(200, "{\"token\":\"t1\"}"));
    try (var reply = signIn(PASSWORD).send(call("repository:a:pull"))) {
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.said("UNAUTHORIZED")).isTrue();
      assertThat(login(reply).kind()).isEqualTo("bearer");
    }
    assertThat(tokens.seen()).hasSize(1);
    assertThat(host.count("GET", "/v2/a/x")).isEqualTo(1);
  }

  @Test
  void aWrongPasswordIsTheEnd() throws Exception {
    host.on("GET", "/v2/", Host.status(401, "WWW-Authenticate", "Basic realm=\"r\""));
    host.on("GET", "/v2/a/x", Host.status(401, "WWW-Authenticate", "Basic realm=\"r\""));
    try (var reply = signIn(PASSWORD).send(call())) {
      assertThat(reply.status()).isEqualTo(401);
    }
    assertThat(host.count("GET", "/v2/a/x")).isEqualTo(1);
  }

  @Test
  void aPasswordThatChangedMeanwhileIsLookedUpAgain() throws Exception {
    host.on("GET", "/v2/", Host.status(401, "WWW-Authenticate", "Basic realm=\"r\""));
    host.on(
        "GET",
        "/v2/a/x",
        (exchange, seen) ->
            Host.status(seen.authorization().filter(BASIC::equals).isPresent() ? 200 : 401)
                .to(exchange, seen));
    var found = new ArrayList<Credential>();
    var old = new Credential.Password("me", new Secret("old"), "x");
    var signIn =
        signIn(() -> {
          found.add(found.isEmpty() ? old : PASSWORD);
          return found.getLast();
        });
    try (var reply = signIn.send(call())) {
      assertThat(reply.status()).isEqualTo(200);
    }
    assertThat(found).hasSize(2);
  }

  @Test
  void aTokenServersNoIsARejection() {
    wants("t1");
    tokens.on("GET", "/token", Host.body(401, "{\"details\":\"incorrect username or password\"}"));
    assertThatThrownBy(() -> signIn(PASSWORD).send(call("repository:a:pull")))
        .isInstanceOfSatisfying(
            PublishException.class,
            failed -> {
              assertThat(failed.failure().stage()).isEqualTo(Failure.Stage.SIGN_IN);
              var evidence = failed.failure().seen().orElseThrow();
              assertThat(evidence.answer().orElseThrow().errors().getFirst().message())
                  .isEqualTo("incorrect username or password");
              assertThat(evidence.sent().source()).isEqualTo("config.json auths[r]");
              assertThat(failed.toString()).doesNotContain("pa:ss").doesNotContain("bWU6cGE6c3M");
            });
  }

  @Test
  void anAnswerWithoutATokenIsOffProtocol() {
    wants("t1");
    for (var body : List.of("{}", "<html>", "{\"token\":\"\"}", "[]")) {
      tokens.on("GET", "/token", Host.body(200, body));
      assertThatThrownBy(() -> signIn(PASSWORD).send(call("repository:a:pull")))
          .isInstanceOfSatisfying(
              PublishException.class,
              failed -> assertThat(failed.failure()).isInstanceOf(Failure.OffProtocol.class));
    }
  }

  @Test
  void missingScopesAreAskedForOnce() throws Exception {
    host.on("GET", "/v2/", challenge());
    host.on(
        "GET",
        "/v2/a/x",
        Host.status(
            403,
            "WWW-Authenticate",
            bearer() + ",error=\"insufficient_scope\",scope=\"repository:a:delete\""));
    tokens.on("GET", "/token", Host.body(200, "{\"token\":\"t1\"}"));
    try (var reply = signIn(PASSWORD).send(call("repository:a:pull"))) {
      assertThat(reply.status()).isEqualTo(403);
    }
    assertThat(tokens.lines()).hasSize(2);
    assertThat(tokens.lines().getLast()).contains("scope=repository%3Aa%3Adelete%2Cpull");
  }

  @Test
  void credentialsGoToNoOtherHost() throws Exception {
    wants("t1");
    tokens.on("GET", "/token", Host.body(200, "{\"token\":\"t1\"}"));
    var signIn = signIn(PASSWORD);
    signIn.send(call("repository:a:pull")).close();
    try (var other = new Host()) {
      other.on("PUT", "/upload", Host.status(201));
      var call = Call.of("PUT", other.uri().resolve("/upload"), Failure.Stage.UPLOAD);
      signIn.send(call).close();
      assertThat(other.seen().getFirst().authorization()).isEmpty();
    }
  }

  @Test
  void aRealmInPlainHttpElsewhereIsRefused() {
    host.on(
        "GET",
        "/v2/",
        Host.status(401, "WWW-Authenticate", "Bearer realm=\"http://auth.example/token\""));
    assertThatThrownBy(() -> signIn(PASSWORD).send(call()))
        .isInstanceOfSatisfying(
            PublishException.class,
            failed -> {
              assertThat(failed.failure()).isInstanceOf(Failure.Refused.class);
              assertThat(failed.toString()).contains("plain HTTP to auth.example");
            });
  }

  @Test
  void otherSchemesAreLeftAlone() throws Exception {
    host.on("GET", "/v2/", Host.status(401, "WWW-Authenticate", "Negotiate"));
    host.on("GET", "/v2/a/x", Host.status(401, "WWW-Authenticate", "Negotiate"));
    try (var reply = signIn(PASSWORD).send(call())) {
      assertThat(reply.status()).isEqualTo(401);
      assertThat(login(reply)).isEqualTo(Evidence.Login.NONE);
    }
  }
}
