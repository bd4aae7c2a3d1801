package dev.gantry.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** curl as a client of our server. */
@Timeout(120)
final class CurlInterop {
  @TempDir Path folder;

  @BeforeEach
  void needsCurl() {
    Programs.need("curl");
  }

  private static final Handler ECHO =
      exchange -> {
        if (exchange.path().equals("/refuse")) {
          exchange.respond(413, Headers.NONE, new Body.Bytes("too much".getBytes(UTF_8)));
          return;
        }
        var body = exchange.body().readAllBytes();
        var length = exchange.bodyLength();
        var headers =
            Headers.of("X-Length", length.isPresent() ? "" + length.getAsLong() : "chunked");
        if (exchange.query().equals("chunked")) {
          try (var out = exchange.respond(200, headers, OptionalLong.empty())) {
            out.write(body);
          }
        } else {
          exchange.respond(200, headers, new Body.Bytes(body));
        }
      };

  private Programs.Result curl(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("curl", "-sS", "--noproxy", "*", "--max-time", "60"));
    command.addAll(List.of(arguments));
    return Programs.run(folder, command);
  }

  @Test
  void sendsAndReceivesEveryWay() throws Exception {
    var content = new byte[2_000_000];
    new java.util.Random(1).nextBytes(content);
    Files.write(folder.resolve("content"), content);
    try (var server = HttpServer.start(ECHO)) {
      var uri = server.uri().toString();
      for (var way :
          List.of(
              List.of("-T", "content"),
              List.of("-T", "content", "-H", "Transfer-Encoding: chunked"),
              List.of("-T", "content", "-H", "Expect:"),
              List.of("-X", "POST", "--data-binary", "@content"),
              List.of("-0", "-T", "content"))) {
        for (var query : List.of("", "?chunked")) {
          var arguments = new ArrayList<>(way);
          arguments.addAll(List.of("-f", "-o", "got", uri + query));
          var result = curl(arguments.toArray(String[]::new));
          assertThat(result.exit()).as("%s %s", arguments, result.err()).isZero();
          assertThat(Files.readAllBytes(folder.resolve("got"))).isEqualTo(content);
        }
      }
    }
  }

  @Test
  void keepsTheConnectionOverHeadAndSmallAnswers() throws Exception {
    try (var server = HttpServer.start(ECHO)) {
      var uri = server.uri().toString();
      var result =
          curl("-v", uri, uri + "?chunked", "-d", "x", "-o", "/dev/null", "-o", "/dev/null");
      assertThat(result.exit()).isZero();
      assertThat(result.err()).containsPattern("Re-using existing connection");
      assertThat(curl("-I", uri).out()).startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void hearsAnEarlyRefusal() throws Exception {
    Files.write(folder.resolve("content"), new byte[30_000_000]);
    try (var server = HttpServer.start(ECHO)) {
      var uri = server.uri() + "refuse";
      for (var expect : List.of("Expect: 100-continue", "Expect:")) {
        var result = curl("-T", "content", "-H", expect, "-w", " %{http_code}", uri);
        assertThat(result.out()).as(result.err()).isEqualTo("too much 413");
      }
    }
  }

  @Test
  void trustsACertificateMadeHere() throws Exception {
    var identity = Identity.made(List.of("127.0.0.1", "localhost"));
    Files.writeString(folder.resolve("ca.pem"), identity.pem());
    Files.writeString(folder.resolve("body"), "over TLS");
    var loopback = new InetSocketAddress("127.0.0.1", 0);
    try (var server = HttpServer.start(loopback, ServerSettings.DEFAULT.with(identity), ECHO)) {
      var uri = server.uri().toString();
      var result = curl("--cacert", "ca.pem", "-T", "body", uri);
      assertThat(result.out()).as(result.err()).isEqualTo("over TLS");
      assertThat(curl(uri).exit()).as("not trusted without").isEqualTo(60);
      assertThat(curl("http://127.0.0.1:" + server.port()).out()).contains("speaks TLS");
    }
  }

  @Test
  void speaksToAUnixSocket() throws Exception {
    var socket = folder.resolve("socket");
    try (var server = HttpServer.start(socket, ServerSettings.DEFAULT, ECHO)) {
      var result = curl("--unix-socket", "socket", "-d", "by file", server.uri().toString());
      assertThat(result.out()).as(result.err()).isEqualTo("by file");
    }
  }
}
