package dev.gantry.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which redirects are followed, how far, and what is left behind on the way. */
@Timeout(60)
final class RedirectTest {
  private record Seen(String method, String target, Headers headers, String body) {}

  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private HttpServer other;
  private final HttpClient client = new HttpClient(ClientSettings.DEFAULT);

  @BeforeEach
  void start() throws Exception {
    other = HttpServer.start(this::handle);
    server = HttpServer.start(this::handle);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
    other.close();
  }

  /** {@code /STATUS?LOCATION} redirects; everything else is the end. */
  private void handle(ServerExchange exchange) throws java.io.IOException {
    var body = new String(exchange.body().readAllBytes(), UTF_8);
    seen.add(new Seen(exchange.method(), exchange.target(), exchange.headers(), body));
    if (exchange.path().equals("/loop")) {
      exchange.respond(302, Headers.of("Location", "/loop"), Body.NONE);
    } else if (exchange.path().matches("/(.*/)?30[0-9]")) {
      var path = exchange.path();
      int status = Integer.parseInt(path.substring(path.length() - 3));
      var headers =
          exchange.query().isEmpty() ? Headers.NONE : Headers.of("Location", exchange.query());
      exchange.respond(status, headers, new Body.Bytes("moved".getBytes(UTF_8)));
    } else {
      exchange.respond(200, Headers.NONE, new Body.Bytes("end".getBytes(UTF_8)));
    }
  }

  private Request request(String method, String target) {
    return Request.of(method, URI.create(server.uri().resolve("/") + target));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, 301, true",
    "GET, 302, true",
    "GET, 303, true",
    "GET, 307, true",
    "GET, 308, true",
    "HEAD, 301, true",
    "HEAD, 307, true",
    "GET, 300, false",
    "GET, 304, false",
    "GET, 305, false",
    "POST, 301, false",
    "POST, 302, false",
    "POST, 303, false",
    "POST, 307, true",
    "PUT, 302, false",
    "PUT, 307, true",
    "PATCH, 308, true",
    "DELETE, 301, false",
  })
  void followsOnlyWhatKeepsItsMeaning(String method, int status, boolean follows) throws Exception {
    var request = request(method, status + "?/end");
    if (method.startsWith("P")) {
      request = request.with(new Body.Bytes("content".getBytes(UTF_8)));
    }
    try (var answer = client.send(request)) {
      assertThat(answer.status()).isEqualTo(follows ? 200 : status);
      assertThat(answer.redirects()).hasSize(follows ? 1 : 0);
      assertThat(answer.uri().getPath()).isEqualTo(follows ? "/end" : "/" + status);
    }
    if (follows) {
      assertThat(seen.getLast().method()).isEqualTo(method);
      assertThat(seen.getLast().body()).isEqualTo(method.startsWith("P") ? "content" : "");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/end, /end",
    "end, /a/end",
    "../end, /end",
    "?x=1, /a/307?x=1",
    "//HOST/end, /end",
    "http://HOST/end?a=%2F#part, /end?a=%2F",
    "./end, /a/end",
  })
  void resolvesAgainstTheRequest(String location, String expected) throws Exception {
    var here = server.uri().getRawAuthority();
    // The bare query would lead to itself; it is looked at without being followed.
    var request = request("GET", "a/307?" + location.replace("HOST", here));
    if (location.startsWith("?")) {
      try (var raw = new HttpClient(ClientSettings.DEFAULT.following(0, false));
          var answer = raw.send(request)) {
        var next = Redirects.next(request, answer, false).orElseThrow().uri();
        assertThat(next.getRawPath() + "?" + next.getRawQuery()).isEqualTo(expected);
      }
      return;
    }
    client.send(request).close();
    assertThat(seen.getLast().target()).isEqualTo(expected);
  }

  @Test
  void credentialsStayWithTheirOrigin() throws Exception {
    var secrets =
        Headers.of(
            "Authorization",
            "Bearer s3cr3t",
            "Cookie",
            "a=s3cr3t",
            "Proxy-Authorization",
            "s3cr3t",
            "Accept",
            "x/y");
    client.send(request("GET", "307?/end").with(secrets)).close();
    assertThat(seen.getLast().headers().first("Authorization")).contains("Bearer s3cr3t");
    assertThat(seen.getLast().headers().first("Cookie")).isPresent();

    // Another port is another origin, and the way back does not bring them back.
    var back = "307?" + other.uri() + "307?" + server.uri() + "end";
    try (var answer = client.send(request("GET", back).with(secrets))) {
      assertThat(answer.redirects()).extracting(Redirected::status).containsExactly(307, 307);
      assertThat(answer.redirects().getFirst().to().getPort()).isEqualTo(other.port());
    }
    for (var hop : seen.subList(seen.size() - 2, seen.size())) {
      assertThat(hop.headers().toString()).doesNotContain("s3cr3t");
      assertThat(hop.headers().first("Accept")).contains("x/y");
    }
  }

  @Test
  void loopsEnd() {
    var fault = catchThrowableOfType(HttpFault.class, () -> client.send(request("GET", "loop")));
    assertThat(fault.kind()).isEqualTo(HttpFault.Kind.LIMIT);
    assertThat(seen).hasSizeLessThan(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://a/b", "file:///etc/passwd", "http://", "http://a:99999/", "mailto:a@b"})
  void uselessTargets(String location) {
    var fault =
        catchThrowableOfType(HttpFault.class, () -> client.send(request("GET", "302?" + location)));
    assertThat(fault.kind()).isEqualTo(HttpFault.Kind.PROTOCOL);
    assertThat(seen).hasSize(1);
  }

  @Test
  void withoutLocationTheAnswerIsTheCallers() throws Exception {
    try (var answer = client.send(request("GET", "307"))) {
      assertThat(answer.status()).isEqualTo(307);
      assertThat(new String(answer.bytes(99), UTF_8)).isEqualTo("moved");
    }
  }

  @Test
  void fromHttpsToHttpOnlyWhereAllowed() throws Exception {
    var identity = Identity.made(List.of("127.0.0.1"));
    var tls = Tls.of(Tls.Rules.DEFAULT.trusting(Pem.certificates(identity.pem())));
    var loopback = new InetSocketAddress("127.0.0.1", 0);
    try (var secure =
            HttpServer.start(loopback, ServerSettings.DEFAULT.with(identity), this::handle);
        var strict = new HttpClient(ClientSettings.DEFAULT.with(tls));
        var lax = new HttpClient(ClientSettings.DEFAULT.with(tls).following(3, true))) {
      var request = Request.of("GET", URI.create(secure.uri() + "302?" + server.uri() + "end"));
      var fault = catchThrowableOfType(HttpFault.class, () -> strict.send(request));
      assertThat(fault.kind()).isEqualTo(HttpFault.Kind.LIMIT);
      try (var answer = lax.send(request)) {
        assertThat(answer.status()).isEqualTo(200);
      }
    }
  }

  @Test
  void aChainOfTheLimitsLengthIsFollowed() throws Exception {
    var target = IntStream.range(0, 10).mapToObj(_ -> "307?/").reduce("", String::concat) + "end";
    try (var answer = client.send(request("GET", target))) {
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.redirects()).hasSize(10);
    }
    assertThat(seen).hasSize(11);
  }
}
