package dev.gantry.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gantry.http.HttpFault.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the client trusts over TLS, and how it says why not. */
@Timeout(60)
final class TlsTest {
  private static final Handler OK = exchange -> exchange.respond(200, Headers.NONE, Body.NONE);
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  private final Authority authority = Authority.make("test authority");

  private static HttpServer server(Identity identity) throws IOException {
    return HttpServer.start(
        new InetSocketAddress("127.0.0.1", 0), ServerSettings.DEFAULT.with(identity), OK);
  }

  private Tls trusting() {
    return Tls.of(Tls.Rules.DEFAULT.trusting(List.of(authority.certificate())));
  }

  private static int status(Tls tls, URI uri) throws Exception {
    try (var client = new HttpClient(ClientSettings.DEFAULT.with(tls));
        var answer = client.send(Request.of("GET", uri))) {
      return answer.status();
    }
  }

  private static HttpFault fault(Tls tls, URI uri) {
    return catchThrowableOfType(HttpFault.class, () -> status(tls, uri));
  }

  @Test
  void trustsAnAuthorityOfOnesOwnForNamesAndAddresses() throws Exception {
    try (var server = server(authority.issue(List.of("localhost", "127.0.0.1")))) {
      assertThat(status(trusting(), server.uri())).isEqualTo(200);
      var byName = URI.create("https://localhost:" + server.port() + "/");
      assertThat(status(trusting(), byName)).isEqualTo(200);
    }
  }

  @Test
  void tellsFaultsApart() throws Exception {
    try (var good = server(authority.issue(List.of("127.0.0.1")));
        var otherName = server(authority.issue(List.of("registry.example")));
        var expired =
            server(
                authority.issue(
                    List.of("127.0.0.1"),
                    NOW.minus(9, ChronoUnit.DAYS),
                    NOW.minus(1, ChronoUnit.DAYS)));
        var future =
            server(
                authority.issue(
                    List.of("127.0.0.1"),
                    NOW.plus(1, ChronoUnit.DAYS),
                    NOW.plus(9, ChronoUnit.DAYS)));
        var plain = HttpServer.start(OK)) {
      assertThat(fault(Tls.DEFAULT, good.uri()).kind()).isEqualTo(Kind.TLS_TRUST);
      assertThat(fault(trusting(), otherName.uri()).kind()).isEqualTo(Kind.TLS_NAME);
      assertThat(fault(trusting(), expired.uri()).kind()).isEqualTo(Kind.TLS_DATES);
      assertThat(fault(trusting(), future.uri()).kind()).isEqualTo(Kind.TLS_DATES);
      var toPlain = fault(trusting(), URI.create("https://127.0.0.1:" + plain.port() + "/"));
      assertThat(toPlain.kind()).isEqualTo(Kind.TLS_PLAIN);
      assertThat(toPlain).hasMessageContaining("HTTP/1.1 400");
    }
  }

  @Test
  void aServerThatSpeaksFirstInPlainText() throws Exception {
    RawServer.Script ssh = line -> line.say("SSH-2.0-OpenSSH_9.2\r\n");
    try (var server = new RawServer(ssh)) {
      var fault = fault(Tls.DEFAULT, URI.create("https://127.0.0.1:" + server.port() + "/"));
      assertThat(fault.kind()).isEqualTo(Kind.TLS_PLAIN);
      assertThat(fault).hasMessageContaining("SSH-2.0");
    }
  }

  @Test
  void plainHttpToATlsPort() throws Exception {
    var alert = new String(new byte[] {0x15, 3, 1, 0, 2, 2, 70}, US_ASCII);
    RawServer.Script jdkLike =
        line -> {
          line.head();
          line.say(alert);
        };
    try (var server = new RawServer(jdkLike);
        var ours = server(authority.issue(List.of("127.0.0.1")))) {
      assertThat(fault(Tls.DEFAULT, server.uri("/")).kind()).isEqualTo(Kind.PLAIN_TLS);
      var plain = URI.create("http://127.0.0.1:" + ours.port() + "/");
      assertThat(status(Tls.DEFAULT, plain)).isEqualTo(400);
    }
  }

  @Test
  void aHandshakeThatFallsSilent() throws Exception {
    var release = new CountDownLatch(1);
    RawServer.Script silent =
        line -> {
          line.in().read();
          try {
            release.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        };
    var limits = Timeouts.DEFAULT;
    var shorter =
        new Timeouts(
            Duration.ofMillis(300),
            limits.answer(),
            limits.stall(),
            limits.proceed(),
            limits.idle());
    try (var server = new RawServer(silent);
        var client = new HttpClient(ClientSettings.DEFAULT.with(shorter))) {
      var uri = URI.create("https://127.0.0.1:" + server.port() + "/");
      var fault =
          catchThrowableOfType(HttpFault.class, () -> client.send(Request.of("GET", uri)).close());
      assertThat(fault.kind()).isEqualTo(Kind.TIMEOUT);
      assertThat(fault.phase()).isEqualTo(HttpFault.Phase.TLS);
      release.countDown();
    }
  }

  @Test
  void insecureForOneHostOnly() throws Exception {
    try (var server = server(authority.issue(List.of("registry.example")))) {
      var here = Map.of("127.0.0.1:" + server.port(), Tls.Rules.DEFAULT.unchecked());
      assertThat(status(new Tls(here, Tls.Rules.DEFAULT), server.uri())).isEqualTo(200);
      var other = Map.of("127.0.0.1:1", Tls.Rules.DEFAULT.unchecked());
      assertThat(fault(new Tls(other, Tls.Rules.DEFAULT), server.uri()).kind())
          .isEqualTo(Kind.TLS_TRUST);
    }
  }

  @Test
  void showsAClientCertificate() throws Exception {
    var own = Authority.make("clients").issue(List.of("somebody"));
    var identity = authority.issue(List.of("127.0.0.1"));
    var context =
        TlsContexts.context(
            TlsContexts.keyManagers(identity),
            new TrustManager[] {
              Trust.of(Tls.Rules.DEFAULT.trusting(List.of(own.chain().getLast())))
            });
    var shown = new LinkedBlockingQueue<String>();
    try (var listener =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      listener.setNeedClientAuth(true);
      Thread.ofVirtual().start(() -> serveOnce(listener, shown));
      var rules = Tls.Rules.DEFAULT.trusting(List.of(authority.certificate())).as(own);
      var uri = URI.create("https://127.0.0.1:" + listener.getLocalPort() + "/");
      assertThat(status(Tls.of(rules), uri)).isEqualTo(204);
      assertThat(shown.take()).isEqualTo("CN=somebody");
    }
  }

  private static void serveOnce(SSLServerSocket listener, LinkedBlockingQueue<String> shown) {
    try (var socket = (SSLSocket) listener.accept()) {
      Head.request(new Inlet(socket.getInputStream()), Limits.DEFAULT);
      var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      shown.add(certificate.getSubjectX500Principal().toString());
      socket.getOutputStream().write("HTTP/1.1 204 \r\n\r\n".getBytes(US_ASCII));
    } catch (IOException e) {
      shown.add(e.toString());
    }
  }

  @Test
  void anEarlyRefusalOverTls() throws Exception {
    var release = new CountDownLatch(1);
    Handler refusing =
        exchange -> {
          exchange.respond(413, Headers.NONE, new Body.Bytes("much".getBytes(US_ASCII)));
          release.await();
        };
    var loopback = new InetSocketAddress("127.0.0.1", 0);
    var settings = ServerSettings.DEFAULT.with(authority.issue(List.of("127.0.0.1")));
    try (var server = HttpServer.start(loopback, settings, refusing);
        var client = new HttpClient(ClientSettings.DEFAULT.with(trusting()));
        var answer =
            client.send(Request.of("PUT", server.uri()).with(new Body.Bytes(new byte[64 << 20])))) {
      assertThat(answer.status()).isEqualTo(413);
      assertThat(new String(answer.bytes(4), US_ASCII)).isEqualTo("much");
      release.countDown();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA", "Ed25519"})
  void readsKeysInPkcs8(String kind) throws Exception {
    var key = KeyPairGenerator.getInstance(kind).generateKeyPair().getPrivate();
    assertThat(Pem.key("Bag Attributes\n" + Pem.of(key)).getEncoded()).isEqualTo(key.getEncoded());
  }

  @Test
  void certificatesReadBackAndBadTextsAreRefused() throws Exception {
    var identity = authority.issue(List.of("a.example", "10.0.0.1", "::1"));
    assertThat(Pem.certificates("text\n" + identity.pem())).isEqualTo(identity.chain());
    identity.chain().getFirst().verify(authority.certificate().getPublicKey());
    assertThat(identity.chain().getFirst().getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .containsExactly("a.example", "10.0.0.1", "0:0:0:0:0:0:0:1");
    assertThatThrownBy(() -> Pem.certificates("nothing")).hasMessageContaining("CERTIFICATE");
    assertThatThrownBy(() -> Pem.key(identity.pem())).hasMessageContaining("PRIVATE KEY");
    assertThatThrownBy(() ->
            Pem.key(
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----"))
        .hasMessageContaining("encrypted");
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(Pem.key(Pem.of(identity.key())));
    signature.update((byte) 1);
    var signed = signature.sign();
    signature.initVerify(identity.chain().getFirst());
    signature.update((byte) 1);
    assertThat(signature.verify(signed)).isTrue();
    assertThat(identity.toString()).doesNotContain("PRIVATE");
  }
}
