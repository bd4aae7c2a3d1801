package dev.gantry.rehearsal.auth;

import static dev.gantry.rehearsal.Client.bytes;
import static dev.gantry.rehearsal.Client.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.gantry.rehearsal.Client;
import dev.gantry.rehearsal.Rehearsal;
import dev.gantry.rehearsal.Settings;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuthTest {
  private static final List<User> USERS =
      List.of(User.writer("ann", "correct"), User.reader("bob", "reading"));
  private static final String OPEN = "/v2/a/b/blobs/uploads/";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));

  private Settings bearer(boolean anonymousPull, Auth.Form form) {
    InstantSource clock = now::get;
    return Settings.plain()
        .with(new Auth.Bearer(USERS, anonymousPull, Duration.ofSeconds(60), form))
        .with(clock);
  }

  private static String basic(String name, String password) {
    var text = name + ":" + password;
    return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse<byte[]> open(Client client, String... headers) throws Exception {
    return client.send("POST", OPEN, new byte[0], headers);
  }

  private static String challenge(HttpResponse<byte[]> answer) {
    return answer.headers().firstValue("WWW-Authenticate").orElse("(no challenge)");
  }

  private static JsonObject json(HttpResponse<byte[]> answer) {
    return JsonParser.parseString(text(answer)).getAsJsonObject();
  }

  private static String token(Client client, String user, String password, String scope)
      throws Exception {
    var answer =
        client.get("/token?service=x&scope=" + scope, "Authorization", basic(user, password));
    assertThat(answer.statusCode()).isEqualTo(200);
    return "Bearer " + json(answer).get("token").getAsString();
  }

  @Test
  void basicAsksForAUserAndTakesARightOne() throws Exception {
    try (var registry = Rehearsal.start(Settings.plain().with(new Auth.Basic(USERS, false)));
        var client = new Client(registry.uri())) {
      var refused = open(client);
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(challenge(refused)).isEqualTo("Basic realm=\"gantry-rehearsal\"");
      assertThat(text(refused)).contains("\"code\":\"UNAUTHORIZED\"");
      assertThat(open(client, "Authorization", basic("ann", "wrong")).statusCode()).isEqualTo(401);
      assertThat(open(client, "Authorization", basic("eve", "correct")).statusCode())
          .isEqualTo(401);
      assertThat(open(client, "Authorization", "Basic !!!").statusCode()).isEqualTo(401);
      assertThat(open(client, "Authorization", basic("ann", "correct")).statusCode())
          .isEqualTo(202);
      assertThat(client.get("/v2/").statusCode()).isEqualTo(401);
      assertThat(client.get("/v2/", "Authorization", basic("bob", "reading")).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void aReaderMayNotPush() throws Exception {
    try (var registry = Rehearsal.start(Settings.plain().with(new Auth.Basic(USERS, true)));
        var client = new Client(registry.uri())) {
      var refused = open(client, "Authorization", basic("bob", "reading"));
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(text(refused)).contains("\"code\":\"DENIED\"").contains("\"Action\":\"push\"");
      assertThat(client.get("/v2/a/b/tags/list").statusCode()).as("anonymous").isEqualTo(404);
      assertThat(open(client).statusCode()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @EnumSource(Auth.Form.class)
  void theChallengeLeadsToATokenThatWorks(Auth.Form form) throws Exception {
    try (var registry = Rehearsal.start(bearer(false, form));
        var client = new Client(registry.uri())) {
      var refused = open(client);
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(challenge(refused))
          .isEqualTo(
              "Bearer realm=\"%stoken\",service=\"gantry-rehearsal\",scope=\"repository:a/b:pull,push\""
                  .formatted(registry.uri()));
      var token = token(client, "ann", "correct", "repository:a/b:pull,push");
      assertThat(open(client, "Authorization", token).statusCode()).isEqualTo(202);
      assertThat(token.split("\\.", -1)).hasSize(form == Auth.Form.OPAQUE ? 1 : 3);
      assertThat(open(client, "Authorization", token + "x").statusCode()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Auth.Form.class,
      names = {"HS256", "ES256"})
  void aChangedClaimBreaksTheSignature(Auth.Form form) throws Exception {
    try (var registry = Rehearsal.start(bearer(false, form));
        var client = new Client(registry.uri())) {
      var parts = token(client, "bob", "reading", "repository:a/b:pull,push").split("\\.", -1);
      var claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
      assertThat(claims).contains("\"actions\":[\"pull\"]").contains("\"exp\":1795262460");
      var forged = claims.replace("[\"pull\"]", "[\"pull\",\"push\"]");
      var encoded =
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(forged.getBytes(StandardCharsets.UTF_8));
      var answer = open(client, "Authorization", parts[0] + "." + encoded + "." + parts[2]);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(challenge(answer)).contains("error=\"invalid_token\"");
    }
  }

  @Test
  void lessThanAskedIsGrantedAndThenNotEnough() throws Exception {
    try (var registry = Rehearsal.start(bearer(false, Auth.Form.HS256));
        var client = new Client(registry.uri())) {
      var reading = token(client, "bob", "reading", "repository:a/b:pull,push");
      assertThat(challenge(open(client, "Authorization", reading)))
          .endsWith(",error=\"insufficient_scope\"");
      var elsewhere = token(client, "ann", "correct", "repository:c/d:pull,push");
      assertThat(challenge(open(client, "Authorization", elsewhere)))
          .endsWith(",error=\"insufficient_scope\"");
      var several =
          token(client, "ann", "correct", "repository:c/d:pull&scope=repository:a/b:pull,push");
      assertThat(open(client, "Authorization", several).statusCode()).isEqualTo(202);
      var star = token(client, "ann", "correct", "repository:a/b:*");
      assertThat(open(client, "Authorization", star).statusCode()).isEqualTo(202);
    }
  }

  @Test
  void tokensExpire() throws Exception {
    try (var registry = Rehearsal.start(bearer(false, Auth.Form.OPAQUE));
        var client = new Client(registry.uri())) {
      var token = token(client, "ann", "correct", "repository:a/b:pull,push");
      now.set(now.get().plusSeconds(59));
      assertThat(open(client, "Authorization", token).statusCode()).isEqualTo(202);
      now.set(now.get().plusSeconds(1));
      assertThat(challenge(open(client, "Authorization", token))).contains("invalid_token");
      var other = token(client, "ann", "correct", "repository:a/b:pull,push");
      registry.expireTokens();
      assertThat(open(client, "Authorization", other).statusCode()).isEqualTo(401);
      var third = token(client, "ann", "correct", "repository:a/b:pull,push");
      assertThat(open(client, "Authorization", third).statusCode()).isEqualTo(202);
    }
  }

  @Test
  void anonymousTokensPullWhereThatIsAllowed() throws Exception {
    try (var registry = Rehearsal.start(bearer(true, Auth.Form.OPAQUE));
        var client = new Client(registry.uri())) {
      var answer = client.get("/token?scope=repository:a/b:pull,push");
      var token = "Bearer " + json(answer).get("access_token").getAsString();
      assertThat(client.get("/v2/a/b/tags/list", "Authorization", token).statusCode())
          .isEqualTo(404);
      assertThat(open(client, "Authorization", token).statusCode()).isEqualTo(401);
      assertThat(client.get("/v2/a/b/tags/list").statusCode()).isEqualTo(401);
      var wrong = client.get("/token", "Authorization", basic("ann", "wrong"));
      assertThat(wrong.statusCode()).isEqualTo(401);
    }
  }

  @Test
  void tokensByPostAndByRefreshToken() throws Exception {
    try (var registry = Rehearsal.start(bearer(false, Auth.Form.ES256));
        var client = new Client(registry.uri())) {
      var scope = URLEncoder.encode("repository:a/b:pull,push", StandardCharsets.UTF_8);
      var first =
          post(
              client,
              "grant_type=password&username=ann&password=correct&access_type=offline&service=x&scope="
                  + scope);
      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(json(first).get("expires_in").getAsInt()).isEqualTo(60);
      assertThat(json(first).get("scope").getAsString()).isEqualTo("repository:a/b:pull,push");
      var refresh = json(first).get("refresh_token").getAsString();
      var second =
          post(client, "grant_type=refresh_token&refresh_token=" + refresh + "&scope=" + scope);
      var token = "Bearer " + json(second).get("access_token").getAsString();
      assertThat(open(client, "Authorization", token).statusCode()).isEqualTo(202);
      assertThat(post(client, "grant_type=refresh_token&refresh_token=none").statusCode())
          .isEqualTo(401);
      assertThat(post(client, "grant_type=magic").statusCode()).isEqualTo(400);
      var offline =
          client.get("/token?offline_token=true", "Authorization", basic("bob", "reading"));
      assertThat(json(offline).has("refresh_token")).isTrue();
    }
  }

  private static HttpResponse<byte[]> post(Client client, String form) throws Exception {
    return client.send(
        "POST", "/token", bytes(form), "Content-Type", "application/x-www-form-urlencoded");
  }

  @Test
  void deletingNeedsItsOwnRight() throws Exception {
    var pusher = new User("ci", Secret.plain("pushing"), java.util.Set.of("pull", "push"));
    var auth = new Auth.Bearer(List.of(pusher), false, Duration.ofMinutes(1), Auth.Form.OPAQUE);
    try (var registry = Rehearsal.start(Settings.plain().with(auth));
        var client = new Client(registry.uri())) {
      var token = token(client, "ci", "pushing", "repository:a/b:*");
      var answer =
          client.send("DELETE", "/v2/a/b/manifests/v1", new byte[0], "Authorization", token);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(challenge(answer)).contains("scope=\"repository:a/b:delete\"");
    }
  }

  @Test
  void aMountNeedsTheRightToReadItsSource() throws Exception {
    try (var registry = Rehearsal.start(bearer(false, Auth.Form.OPAQUE));
        var client = new Client(registry.uri())) {
      var digest = Client.digest(bytes("secret"));
      var from = token(client, "ann", "correct", "repository:from/x:pull,push");
      var pushed =
          client.send(
              "POST",
              "/v2/from/x/blobs/uploads/?digest=" + digest,
              bytes("secret"),
              "Authorization",
              from);
      assertThat(pushed.statusCode()).isEqualTo(201);
      var mount = OPEN + "?from=from/x&mount=" + digest;
      var here = token(client, "ann", "correct", "repository:a/b:pull,push");
      assertThat(client.send("POST", mount, new byte[0], "Authorization", here).statusCode())
          .isEqualTo(202);
      var both =
          token(client, "ann", "correct", "repository:a/b:pull,push&scope=repository:from/x:pull");
      assertThat(client.send("POST", mount, new byte[0], "Authorization", both).statusCode())
          .isEqualTo(201);
    }
  }

  @Test
  void secretsDoNotPrint() {
    assertThat(USERS.toString()).doesNotContain("correct").doesNotContain("reading");
    assertThat(new Credentials("ann", "correct").toString()).isEqualTo("ann");
  }
}
