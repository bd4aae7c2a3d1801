package dev.gantry.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Client and server with each other: every body, over TCP, TLS and a Unix socket. */
final class ClientServerTest {
  @TempDir Path folder;

  private static final Handler ECHO =
      exchange -> {
        byte[] body = exchange.body().readAllBytes();
        var headers =
            Headers.of(
                "X-Method",
                exchange.method(),
                "X-Target",
                exchange.target(),
                "X-Length",
                exchange.bodyLength().toString());
        exchange.respond(200, headers, new Body.Bytes(body));
      };

  enum Way {
    TCP,
    TLS,
    UNIX
  }

  static Stream<Way> ways() {
    return Stream.of(Way.values());
  }

  @ParameterizedTest
  @MethodSource("ways")
  void carriesEveryBody(Way way) throws Exception {
    var content = new byte[700_001];
    new Random(7).nextBytes(content);
    var file = Files.write(folder.resolve("content"), content);
    var bodies =
        List.of(
            Body.NONE,
            new Body.Bytes("short".getBytes(UTF_8)),
            new Body.Bytes(content),
            new Body.FileRegion(file, 1000, 600_000),
            new Body.FileRegion(file, 0, content.length),
            new Body.FileRegion(file, 10, 10),
            new Body.Stream(() -> new ByteArrayInputStream(content), OptionalLong.empty()),
            new Body.Stream(
                () -> new ByteArrayInputStream(content), OptionalLong.of(content.length)));
    try (var world = world(way, ECHO)) {
      for (var body : bodies) {
        for (var expect : List.of(Headers.NONE, Headers.of("Expect", "100-continue"))) {
          var request = Request.of("PUT", world.uri("/a/b?x=1")).with(body).with(expect);
          try (var answer = world.client().send(request)) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers().first("X-Target")).contains("/a/b?x=1");
            assertThat(answer.headers().first("X-Length")).contains(body.length().toString());
            assertThat(answer.body().readAllBytes()).isEqualTo(bytes(body));
          }
        }
      }
      assertThat(world.connections().get()).isEqualTo(1);
    }
  }

  private static byte[] bytes(Body body) throws Exception {
    return switch (body) {
      case Body.Empty _ -> new byte[0];
      case Body.Bytes bytes -> bytes.bytes();
      case Body.FileRegion region -> {
        var all = Files.readAllBytes(region.file());
        yield java.util.Arrays.copyOfRange(
            all, (int) region.offset(), (int) (region.offset() + region.count()));
      }
      case Body.Stream stream -> stream.opener().open().readAllBytes();
    };
  }

  @Test
  void headHasNoBodyAndKeepsTheConnection() throws Exception {
    try (var world =
        world(Way.TCP, e -> e.respond(200, Headers.NONE, new Body.Bytes(new byte[9])))) {
      for (int i = 0; i < 3; i++) {
        try (var answer = world.client().send(Request.of("HEAD", world.uri("/")))) {
          assertThat(answer.headers().first("Content-Length")).contains("9");
          assertThat(answer.body().readAllBytes()).isEmpty();
        }
      }
      assertThat(world.connections().get()).isEqualTo(1);
    }
  }

  @Test
  void speaksToAnIpv6Literal() throws Exception {
    var loopback = new InetSocketAddress("::1", 0);
    HttpServer server;
    try {
      server = HttpServer.start(loopback, ServerSettings.DEFAULT, ECHO);
    } catch (java.io.IOException noIpv6) {
      assumeTrue(false, "this machine has no IPv6: " + noIpv6.getMessage());
      return;
    }
    try (server;
        var client = new HttpClient(ClientSettings.DEFAULT);
        var answer = client.send(Request.of("GET", server.uri()))) {
      assertThat(server.uri().getHost()).isEqualTo("[0:0:0:0:0:0:0:1]");
      assertThat(answer.status()).isEqualTo(200);
    }
  }

  record World(HttpServer server, HttpClient client, AtomicInteger connections)
      implements AutoCloseable {
    URI uri(String path) {
      return server.uri().resolve(path);
    }

    @Override
    public void close() {
      client.close();
      server.close();
    }
  }

  /** The client's connections are counted by the addresses that the server sees. */
  private World world(Way way, Handler handler) throws Exception {
    var seen = java.util.concurrent.ConcurrentHashMap.<String>newKeySet();
    var count = new AtomicInteger();
    Handler counting =
        exchange -> {
          if (way == Way.UNIX ? count.get() == 0 : seen.add(exchange.remote().toString())) {
            count.incrementAndGet();
          }
          handler.handle(exchange);
        };
    var loopback = new InetSocketAddress("127.0.0.1", 0);
    return switch (way) {
      case TCP -> {
        var server = HttpServer.start(loopback, ServerSettings.DEFAULT, counting);
        yield new World(server, new HttpClient(ClientSettings.DEFAULT), count);
      }
      case UNIX -> {
        var socket = folder.resolve("socket");
        var server = HttpServer.start(socket, ServerSettings.DEFAULT, counting);
        yield new World(server, new HttpClient(ClientSettings.DEFAULT.on(socket)), count);
      }
      case TLS -> {
        var identity = Identity.made(List.of("127.0.0.1"));
        var server = HttpServer.start(loopback, ServerSettings.DEFAULT.with(identity), counting);
        var tls = Tls.of(Tls.Rules.DEFAULT.trusting(Pem.certificates(identity.pem())));
        yield new World(server, new HttpClient(ClientSettings.DEFAULT.with(tls)), count);
      }
    };
  }
}
