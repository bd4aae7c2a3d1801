package dev.gantry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which proxy the variables choose, and how it is spoken to. */
@Timeout(60)
final class ProxyTest {
  private static String chosen(Map<String, String> environment, String uri) {
    return Proxies.from(environment).of(Origin.of(URI.create(uri))).map(Proxy::shown).orElse("-");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http_proxy=http://p:1                         | http://r.example/      | http://p:1",
        "http_proxy=http://p:1                         | https://r.example/     | -",
        "https_proxy=p:1                               | https://r.example/     | http://p:1",
        "HTTPS_PROXY=p:1                               | https://r.example/     | http://p:1",
        "HTTPS_PROXY=p:1 https_proxy=q:2               | https://r.example/     | http://q:2",
        "HTTP_PROXY=p:1                                | http://r.example/      | http://p:1",
        "HTTP_PROXY=p:1 REQUEST_METHOD=GET             | http://r.example/      | -",
        "http_proxy=p:1 REQUEST_METHOD=GET             | http://r.example/      | http://p:1",
        "ALL_PROXY=socks5h://s                         | https://r.example/     | socks5://s:1080",
        "all_proxy=socks5://s:9 https_proxy=p:1        | https://r.example/     | http://p:1",
        "https_proxy=https://p                         | https://r.example/     | https://p:443",
        "https_proxy=http://u:x@[::1]:3128/            | https://r.example/     |"
            + " http://[::1]:3128",
        "https_proxy=p                                 | https://r.example/     | http://p:1080",
        "https_proxy=p:1                               | https://127.0.0.1/     | -",
        "https_proxy=p:1                               | https://localhost:5000/| -",
        "https_proxy=p:1                               | https://[::1]:5000/    | -",
        "https_proxy=p:1 no_proxy=*                    | https://r.example/     | -",
        "https_proxy=p:1 no_proxy=r.example            | https://r.example/     | -",
        "https_proxy=p:1 NO_PROXY=R.Example            | https://r.example/     | -",
        "https_proxy=p:1 no_proxy=example              | https://r.example/     | -",
        "https_proxy=p:1 no_proxy=.example             | https://r.example/     | -",
        "https_proxy=p:1 no_proxy=*.example            | https://r.example/     | -",
        "https_proxy=p:1 no_proxy=xample               | https://r.example/     | http://p:1",
        "https_proxy=p:1 no_proxy=a,b,,r.example       | https://r.example/     | -",
        "https_proxy=p:1 no_proxy=r.example:443        | https://r.example/     | -",
        "https_proxy=p:1 no_proxy=r.example:5000       | https://r.example/     | http://p:1",
        "https_proxy=p:1 no_proxy=r.example:5000       | https://r.example:5000/| -",
        "https_proxy=p:1 no_proxy=10.0.0.0/8           | https://10.9.8.7/      | -",
        "https_proxy=p:1 no_proxy=10.0.0.0/8           | https://11.0.0.1/      | http://p:1",
        "https_proxy=p:1 no_proxy=10.0.0.0/33          | https://10.0.0.1/      | http://p:1",
        "https_proxy=p:1 no_proxy=fd00::/8             | https://[fd12::1]/     | -",
        "https_proxy=p:1 no_proxy=fd00::/8             | https://10.0.0.1/      | http://p:1",
        "https_proxy=p:1 no_proxy=10.0.0.1             | https://10.0.0.1/      | -",
        "https_proxy=p:1 no_proxy=[fd00::1]:443        | https://[fd00::1]/     | -",
        "https_proxy=p:1 no_proxy=fd00::1              | https://[FD00:0::1]/   | -",
        "https_proxy=p:1 no_proxy=1                    | https://10.0.0.1/      | http://p:1",
      })
  void choosesByTheVariables(String variables, String uri, String expected) {
    var environment = new java.util.HashMap<String, String>();
    for (var each : variables.split(" ", -1)) {
      environment.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
    }
    assertThat(chosen(environment, uri)).isEqualTo(expected);
  }

  @Test
  void emptyVariablesAreNone() {
    assertThat(chosen(Map.of("https_proxy", " ", "no_proxy", ""), "https://a/")).isEqualTo("-");
    assertThat(chosen(Map.of(), "https://a/")).isEqualTo("-");
  }

  @Test
  void readsTheUser() {
    var proxy = Proxy.parse("http://me%40corp:p%3Aw+d%20@proxy.example:3128");
    assertThat(proxy.user()).contains(new Proxy.User("me@corp", "p:w+d "));
    assertThat(proxy.toString()).contains("proxy.example").doesNotContain("p:w+d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socks4://u:s3cr3t@h:1",
        "ftp://h",
        "http://u:s3cr3t@",
        "http://h:99999",
        ":80",
        "a b"
      })
  void refusesOthersWithoutTellingThePassword(String text) {
    assertThatThrownBy(() -> Proxy.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("s3cr3t");
  }

  private static final Handler ECHO =
      exchange -> {
        var body = exchange.body().readAllBytes();
        exchange.respond(
            200,
            Headers.of(
                "X-Target",
                exchange.target(),
                "X-Proxy-Authorization",
                exchange.headers().first("Proxy-Authorization").orElse("none")),
            new Body.Bytes(body));
      };

  private static HttpServer secure(Identity identity) throws Exception {
    return HttpServer.start(
        new InetSocketAddress("127.0.0.1", 0), ServerSettings.DEFAULT.with(identity), ECHO);
  }

  private static ClientSettings through(String proxy, Identity identity) {
    return ClientSettings.DEFAULT
        .with(Proxies.all(Proxy.parse(proxy)))
        .with(Tls.of(Tls.Rules.DEFAULT.trusting(Pem.certificates(identity.pem()))));
  }

  @Test
  void connectAndSocksCarryTls() throws Exception {
    // The name exists at the proxy only: it answers every name with the loopback address.
    var identity = Identity.made(List.of("registry.invalid"));
    try (var server = secure(identity);
        var proxy = new TestProxy("me", "s3cr3t")) {
      for (var kind : List.of("http", "socks5")) {
        var address = kind + "://me:s3cr3t@127.0.0.1:" + proxy.port();
        try (var client = new HttpClient(through(address, identity))) {
          var uri = URI.create("https://registry.invalid:" + server.port() + "/v2/?a=b");
          for (int i = 0; i < 2; i++) {
            var put = Request.of("PUT", uri).with(new Body.Bytes(new byte[200_000]));
            try (var answer = client.send(put)) {
              assertThat(answer.headers().first("X-Target")).contains("/v2/?a=b");
              assertThat(answer.headers().first("X-Proxy-Authorization")).contains("none");
              assertThat(answer.body().readAllBytes()).hasSize(200_000);
            }
          }
        }
        assertThat(proxy.seen().getLast()).isEqualTo(kind + " registry.invalid:" + server.port());
      }
      assertThat(proxy.seen()).hasSize(2);
    }
  }

  @Test
  void plainHttpGoesThroughSocksAsUsualAndThroughHttpWhole() throws Exception {
    var identity = Identity.made(List.of("unused"));
    try (var server = HttpServer.start(ECHO);
        var socks = new TestProxy("", "");
        var http = HttpServer.start(ECHO)) {
      var socksAddress = "socks5h://127.0.0.1:" + socks.port();
      try (var client = new HttpClient(through(socksAddress, identity));
          var answer = client.send(Request.of("GET", server.uri().resolve("/a?b")))) {
        assertThat(answer.headers().first("X-Target")).contains("/a?b");
      }
      var httpAddress = "http://u:p@127.0.0.1:" + http.port();
      try (var client = new HttpClient(through(httpAddress, identity));
          var answer = client.send(Request.of("GET", URI.create("http://r.invalid:81/a?b")))) {
        assertThat(answer.headers().first("X-Target")).contains("http://r.invalid:81/a?b");
        assertThat(answer.headers().first("X-Proxy-Authorization")).contains("Basic dTpw");
      }
    }
  }

  @Test
  void tlsToTheProxyToo() throws Exception {
    var identity = Identity.made(List.of("127.0.0.1"));
    try (var server = secure(identity);
        var inner = new TestProxy("", "");
        var outer = new TlsFront(identity, inner.port());
        var client = new HttpClient(through("https://127.0.0.1:" + outer.port(), identity));
        var answer = client.send(Request.of("GET", server.uri()))) {
      assertThat(answer.status()).isEqualTo(200);
      assertThat(inner.seen()).containsExactly("http 127.0.0.1:" + server.port());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://me:wrong-s3cr3t", "http://", "socks5://me:wrong-s3cr3t", "socks5://"})
  void aProxyThatRefuses(String user) throws Exception {
    var identity = Identity.made(List.of("registry.invalid"));
    try (var proxy = new TestProxy("me", "right")) {
      var address = user + (user.endsWith("/") ? "" : "@") + "127.0.0.1:" + proxy.port();
      try (var client = new HttpClient(through(address, identity))) {
        var request = Request.of("GET", URI.create("https://registry.invalid/"));
        var fault = catchThrowableOfType(HttpFault.class, () -> client.send(request));
        assertThat(fault.phase()).isEqualTo(HttpFault.Phase.PROXY);
        assertThat(fault.kind()).isEqualTo(HttpFault.Kind.PROXY_REFUSED);
        assertThat(fault)
            .hasMessageContaining("registry.invalid:443")
            .hasMessageNotContaining("s3cr3t");
      }
    }
  }

  @Test
  void aProxyThatCannotReachTheOriginOrSpeaksSomethingElse() throws Exception {
    var identity = Identity.made(List.of("x"));
    RawServer.Script nonsense = line -> line.say("220 mail.example ESMTP\r\n");
    try (var proxy = new TestProxy("", "");
        var mail = new RawServer(nonsense)) {
      for (var kind : List.of("http", "socks5")) {
        try (var client =
            new HttpClient(through(kind + "://127.0.0.1:" + proxy.port(), identity))) {
          var dead = Request.of("GET", URI.create("https://127.0.0.1:1/"));
          var fault = catchThrowableOfType(HttpFault.class, () -> client.send(dead));
          assertThat(fault.kind()).isEqualTo(HttpFault.Kind.PROXY_REFUSED);
        }
        try (var client = new HttpClient(through(kind + "://127.0.0.1:" + mail.port(), identity))) {
          var any = Request.of("GET", URI.create("https://a.invalid/"));
          var fault = catchThrowableOfType(HttpFault.class, () -> client.send(any));
          assertThat(fault.phase()).isEqualTo(HttpFault.Phase.PROXY);
          assertThat(fault.kind()).isIn(HttpFault.Kind.PROTOCOL, HttpFault.Kind.RESET);
        }
      }
    }
  }
}
