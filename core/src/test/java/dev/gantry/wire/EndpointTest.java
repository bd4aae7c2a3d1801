package dev.gantry.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.failure.Failure;
import dev.gantry.http.ClientSettings;
import dev.gantry.http.HttpClient;
import dev.gantry.oci.Registry;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where bytes go, and in which scheme. */
final class EndpointTest {

  @ParameterizedTest
  @CsvSource({
    "localhost:5000, http://localhost:5000",
    "127.0.0.1:5000, http://127.0.0.1:5000",
    "[::1]:5000, http://[::1]:5000",
    "ghcr.io, https://ghcr.io",
    "docker.io, https://registry-1.docker.io",
    "reg.local:5000, http://reg.local:5000",
    "reg.local:5001, https://reg.local:5001",
    "other.local:1, http://other.local:1",
    "127.evil.example, https://127.evil.example",
  })
  void schemes(String name, String base) {
    var plain = Set.of("reg.local:5000", "other.local");
    assertThat(Endpoint.of(Registry.parse(name), plain)).hasToString(base);
  }

  @ParameterizedTest
  @CsvSource({
    "https://r.example, https://r.example/v2/, true",
    "https://r.example, https://R.example:443/v2/, true",
    "https://r.example, http://r.example/v2/, false",
    "https://r.example, https://r.example:444/v2/, false",
    "https://r.example, https://r.example.evil/v2/, false",
    "http://localhost:5000, https://localhost:5000/v2/, true",
    "http://localhost:5000, https://localhost:5001/v2/, false",
  })
  void serves(String base, String url, boolean serves) {
    assertThat(new Endpoint(URI.create(base)).serves(URI.create(url))).isEqualTo(serves);
  }

  @ParameterizedTest
  @CsvSource({"ftp://a", "https://a/b", "https://u@a", "https://a?b", "mailto:a"})
  void refused(String text) {
    var uri = URI.create(text);
    assertThatThrownBy(() -> new Endpoint(uri)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "Client sent an HTTP request to an HTTPS server.",
    "<title>400 The plain HTTP request was sent to HTTPS port</title>",
    "Reason: You're speaking plain HTTP to an SSL-enabled server port.",
  })
  void aLoopbackHostThatWantsTlsGetsIt(String words) throws Exception {
    try (var host = new Host();
        var client = new HttpClient(ClientSettings.DEFAULT)) {
      host.on("GET", "/v2/", Host.body(400, words));
      var asked = new ArrayList<String>();
      var wire = new Wire(client, new MovingTime(), "gantry/test");
      var exchange =
          new PlainFirst(call -> {
            asked.add(call.url().getScheme());
            return wire.send(call.to(host.uri().resolve("/v2/")));
          });
      var call = Call.of("GET", host.uri().resolve("/v2/"), Failure.Stage.SURVEY);
      exchange.send(call).close();
      exchange.send(call).close();
      assertThat(asked).isEqualTo(List.of("http", "https", "https"));
    }
  }

  @Test
  void anotherHostIsLeftAlone() throws Exception {
    try (var host = new Host();
        var client = new HttpClient(ClientSettings.DEFAULT)) {
      host.on("GET", "/v2/", Host.body(400, "Client sent an HTTP request to an HTTPS server."));
      var wire = new Wire(client, new MovingTime(), "gantry/test");
      var exchange = new PlainFirst(call -> wire.send(call.to(host.uri().resolve("/v2/"))));
      var call = Call.of("GET", URI.create("http://reg.example/v2/"), Failure.Stage.SURVEY);
      try (var reply = exchange.send(call)) {
        assertThat(reply.status()).isEqualTo(400);
      }
      assertThat(host.seen()).hasSize(1);
    }
  }
}
