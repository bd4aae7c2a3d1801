package dev.gantry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and certificates as openssl writes them, and what it thinks of ours. */
@Timeout(120)
final class OpensslInterop {
  @TempDir Path folder;

  @BeforeEach
  void needsOpenssl() {
    Programs.need("openssl");
  }

  private void openssl(String arguments) throws Exception {
    var command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments.split(" ", -1)));
    var result = Programs.run(folder, command);
    assertThat(result.exit()).as("%s: %s", arguments, result.err()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "genrsa -traditional -out key.pem 2048",
        "genrsa -out key.pem 2048",
        "ecparam -name prime256v1 -genkey -out key.pem",
        "ecparam -name secp384r1 -genkey -noout -out key.pem",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem",
        "genpkey -algorithm ED25519 -out key.pem"
      })
  void everyFormOfKeyServesTls(String making) throws Exception {
    openssl(making);
    openssl(
        "req -x509 -key key.pem -out cert.pem -days 2 -subj /CN=x -addext"
            + " subjectAltName=IP:127.0.0.1");
    var certificates = Files.readString(folder.resolve("cert.pem"));
    var identity = Identity.ofPem(certificates, Files.readString(folder.resolve("key.pem")));
    var trust = Tls.Rules.DEFAULT.trusting(Pem.certificates(certificates));
    try (var server =
            HttpServer.start(
                new InetSocketAddress("127.0.0.1", 0),
                ServerSettings.DEFAULT.with(identity),
                exchange -> exchange.respond(204, Headers.NONE, Body.NONE));
        var client = new HttpClient(ClientSettings.DEFAULT.with(Tls.of(trust)));
        var answer = client.send(Request.of("GET", server.uri()))) {
      assertThat(answer.status()).isEqualTo(204);
    }
  }

  @Test
  void certificatesMadeHereVerify() throws Exception {
    var authority = Authority.make("made here");
    var identity = authority.issue(List.of("registry.example", "10.1.2.3"));
    Files.writeString(folder.resolve("ca.pem"), Pem.of(List.of(authority.certificate())));
    Files.writeString(folder.resolve("leaf.pem"), identity.pem());
    openssl("verify -x509_strict -CAfile ca.pem -verify_hostname registry.example leaf.pem");
    openssl("verify -CAfile ca.pem -verify_ip 10.1.2.3 leaf.pem");
  }
}
