package dev.gantry.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our client and java.net.http against our server and the JDK's: four pairs, one expectation. What
 * only our own two sides agree on would fail here.
 */
@Timeout(120)
final class TransportContract {
  @TempDir Path folder;

  private record Seen(String method, String target, byte[] body, String header) {}

  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  record Pair(boolean ourClient, boolean ourServer) {}

  static Stream<Pair> pairs() {
    return Stream.of(true, false)
        .flatMap(client -> Stream.of(true, false).map(server -> new Pair(client, server)));
  }

  private static Transport client(boolean ours) {
    return ours
        ? new HttpClient(ClientSettings.DEFAULT)
        : new JdkTransport(ClientSettings.DEFAULT, false);
  }

  private record Running(URI uri, Runnable stop) implements AutoCloseable {
    @Override
    public void close() {
      stop.run();
    }
  }

  private Running server(boolean ours) throws IOException {
    if (ours) {
      var server = HttpServer.start(this::answer);
      return new Running(server.uri(), server::close);
    }
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var server = com.sun.net.httpserver.HttpServer.create(address, 0);
    server.createContext("/", this::answer);
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.start();
    return new Running(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"),
        () -> {
          server.stop(0);
          threads.close();
        });
  }

  /** The answer's form comes from the path: {@code /status/sized|chunked/length}. */
  private void answer(ServerExchange exchange) throws IOException {
    seen.add(
        new Seen(
            exchange.method(),
            exchange.target(),
            exchange.body().readAllBytes(),
            exchange.headers().first("X-Sent").orElse("")));
    var parts = exchange.path().split("/", -1);
    int status = Integer.parseInt(parts[1]);
    var content = content(Integer.parseInt(parts[3]));
    var headers = Headers.of("X-Answer", "a, b");
    if (parts[2].equals("sized")) {
      exchange.respond(status, headers, new Body.Bytes(content));
    } else {
      try (var out = exchange.respond(status, headers, OptionalLong.empty())) {
        out.write(content);
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    var uri = exchange.getRequestURI();
    var header = exchange.getRequestHeaders().getFirst("X-Sent");
    var target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    seen.add(
        new Seen(
            exchange.getRequestMethod(),
            target,
            exchange.getRequestBody().readAllBytes(),
            header == null ? "" : header));
    var parts = uri.getPath().split("/", -1);
    int status = Integer.parseInt(parts[1]);
    var content = content(Integer.parseInt(parts[3]));
    exchange.getResponseHeaders().add("X-Answer", "a, b");
    boolean none =
        exchange.getRequestMethod().equals("HEAD") || status == 204 || content.length == 0;
    exchange.sendResponseHeaders(status, none ? -1 : parts[2].equals("sized") ? content.length : 0);
    if (!none) {
      exchange.getResponseBody().write(content);
    }
    exchange.close();
  }

  private static byte[] content(int length) {
    var content = new byte[length];
    new Random(length).nextBytes(content);
    return content;
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everyRequestArrivesAndEveryAnswerComesBack(Pair pair) throws Exception {
    try (var server = server(pair.ourServer());
        var client = client(pair.ourClient())) {
      for (var method : List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")) {
        for (var target : targets()) {
          for (var body : method.startsWith("P") ? bodies() : List.of(Body.NONE)) {
            exchange(client, server.uri(), method, target, body);
          }
        }
      }
    }
  }

  private static List<String> targets() {
    return List.of(
        "200/sized/5",
        "200/chunked/5",
        "200/sized/300000",
        "200/chunked/300000",
        "201/sized/0",
        "204/sized/0",
        "404/sized/40",
        "503/chunked/9",
        "200/sized/1?a=b&c=%2F%20%C3%A4");
  }

  private List<Body> bodies() throws IOException {
    var content = content(150_000);
    var file = Files.write(folder.resolve("content"), content);
    return List.of(
        Body.NONE,
        new Body.Bytes("short".getBytes(UTF_8)),
        new Body.FileRegion(file, 77, 140_000),
        new Body.Stream(() -> new ByteArrayInputStream(content), OptionalLong.empty()),
        new Body.Stream(() -> new ByteArrayInputStream(content), OptionalLong.of(content.length)));
  }

  private void exchange(Transport client, URI server, String method, String target, Body body)
      throws Exception {
    var what = method + " " + target + " " + body;
    var progress = new ArrayList<Long>();
    LongConsumer told = progress::add;
    var request =
        new Request(method, server.resolve(target), Headers.of("X-Sent", "v; w"), body, told);
    try (var answer = client.send(request)) {
      var parts = target.split("[/?]", -1);
      assertThat(answer.status()).as(what).isEqualTo(Integer.parseInt(parts[0]));
      assertThat(answer.headers().all("x-answer")).as(what).containsExactly("a, b");
      var expected = method.equals("HEAD") ? new byte[0] : content(Integer.parseInt(parts[2]));
      assertThat(answer.body().readAllBytes()).as(what).isEqualTo(expected);
    }
    var last = seen.getLast();
    assertThat(last.method()).as(what).isEqualTo(method);
    assertThat(last.target()).as(what).isEqualTo("/" + target);
    assertThat(last.header()).as(what).isEqualTo("v; w");
    var sent =
        switch (body) {
          case Body.Empty _ -> new byte[0];
          case Body.Bytes bytes -> bytes.bytes();
          case Body.FileRegion region -> {
            var all = content(150_000);
            yield java.util.Arrays.copyOfRange(all, 77, (int) (77 + region.count()));
          }
          case Body.Stream _ -> content(150_000);
        };
    assertThat(last.body()).as(what).isEqualTo(sent);
    if (sent.length > 0) {
      assertThat(progress.getLast()).as(what).isEqualTo(sent.length);
      assertThat(progress).as(what).isSorted();
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void manyAtOnce(Pair pair) throws Exception {
    try (var server = server(pair.ourServer());
        var client = client(pair.ourClient());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<java.util.concurrent.Future<Integer>>();
      for (int i = 0; i < 60; i++) {
        var request =
            Request.of("PUT", server.uri().resolve("201/sized/100?" + i))
                .with(new Body.Bytes(content(100_000)));
        all.add(
            threads.submit(() -> {
              try (var answer = client.send(request)) {
                answer.body().readAllBytes();
                return answer.status();
              }
            }));
      }
      for (var each : all) {
        assertThat(each.get()).isEqualTo(201);
      }
      assertThat(seen.stream().map(Seen::target).distinct()).hasSize(60);
    }
  }
}
