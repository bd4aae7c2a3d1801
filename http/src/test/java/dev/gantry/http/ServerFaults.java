package dev.gantry.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What our server makes of clients that lie, stall or go away, and how it misbehaves on wish. */
@Timeout(60)
final class ServerFaults {
  @TempDir Path folder;

  private final AtomicInteger handled = new AtomicInteger();
  private final BlockingQueue<Answered> log = new LinkedBlockingQueue<>();
  private final HttpClient client = new HttpClient(ClientSettings.DEFAULT);

  @AfterEach
  void closeClient() {
    client.close();
  }

  private HttpServer server(Handler handler) throws IOException {
    return HttpServer.start(
        new InetSocketAddress("127.0.0.1", 0),
        ServerSettings.DEFAULT
            .with(log::add)
            .within(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofSeconds(20)),
        exchange -> {
          handled.incrementAndGet();
          handler.handle(exchange);
        });
  }

  private static final Handler READS =
      exchange -> {
        var body = exchange.body().readAllBytes();
        exchange.respond(200, Headers.NONE, new Body.Bytes(body));
      };

  private static final Handler IGNORES =
      exchange -> exchange.respond(403, Headers.NONE, new Body.Bytes("no".getBytes(US_ASCII)));

  /** Everything that the server says to these bytes until it closes. */
  private static String said(HttpServer server, String bytes) throws IOException {
    try (var socket = new Socket("127.0.0.1", server.port())) {
      socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static int answers(String said) {
    return said.split("HTTP/1\\.1 ", -1).length - 1;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\nHost: a\n\n",
        "GET /\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nA : b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "POST / HTTP/1.1\r\n"
            + "Host: a\r\n"
            + "Content-Length: 4\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1e3\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003"
      })
  void aMalformedRequestIsRefusedAndNothingBehindItIsRead(String bytes) throws Exception {
    try (var server = server(READS)) {
      var said = said(server, bytes + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(said).startsWith("HTTP/1.1 400 Bad Request\r\n").contains("Connection: close");
      assertThat(answers(said)).isEqualTo(1);
      assertThat(handled).hasValue(0);
      assertThat(log.take().status()).isEqualTo(400);
    }
  }

  @Test
  void otherRefusals() throws Exception {
    try (var server = server(READS)) {
      var host = " HTTP/1.1\r\nHost: a\r\n";
      assertThat(said(server, "GET /" + "a".repeat(20_000) + host + "\r\n"))
          .startsWith("HTTP/1.1 414 ");
      assertThat(said(server, "GET /" + host + "A: " + "a".repeat(70_000) + "\r\n\r\n"))
          .startsWith("HTTP/1.1 431 ");
      assertThat(said(server, "GET /" + host + "A: b\r\n".repeat(300) + "\r\n"))
          .startsWith("HTTP/1.1 431 ");
      assertThat(said(server, "GET / HTTP/2.0\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 505 ");
      assertThat(said(server, "GET /" + host + "Expect: magic\r\n\r\n"))
          .startsWith("HTTP/1.1 417 ");
      assertThat(said(server, "POST /" + host + "Transfer-Encoding: gzip\r\n\r\n"))
          .startsWith("HTTP/1.1 501 ");
      assertThat(said(server, "POST /" + host + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n"))
          .startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void severalRequestsInOneGo() throws Exception {
    try (var server = server(READS)) {
      var said =
          said(
              server,
              "POST / HTTP/1.1\r\n"
                  + "Host: a\r\n"
                  + "Content-Length: 3\r\n\r\n"
                  + "abcPOST / HTTP/1.1\r\n"
                  + "Host: a\r\n"
                  + "Transfer-Encoding: chunked\r\n\r\n"
                  + "2\r\n"
                  + "de\r\n"
                  + "0\r\n\r\n"
                  + "GET http://other/path?q HTTP/1.1\r\n"
                  + "Host: a\r\n"
                  + "Connection: close\r\n\r\n"
                  + "GET /never HTTP/1.1\r\n"
                  + "Host: a\r\n\r\n");
      assertThat(answers(said)).isEqualTo(3);
      assertThat(said).contains("\r\n\r\nabcHTTP").contains("\r\n\r\ndeHTTP");
      assertThat(handled).hasValue(3);
    }
  }

  @Test
  void whatTheHandlerLeavesOfABodyIsDrainedOrTheConnectionCloses() throws Exception {
    try (var server = server(IGNORES)) {
      var small =
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000);
      assertThat(answers(said(server, small + small))).isEqualTo(2);
      var large =
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 400000\r\n\r\n" + "x".repeat(400_000);
      assertThat(answers(said(server, large + large))).isEqualTo(1);
    }
  }

  @Test
  void aRefusalReachesAClientThatIsStillSending() throws Exception {
    try (var server = server(IGNORES)) {
      for (int i = 0; i < 20; i++) {
        var body = new Body.Stream(InputStream::nullInputStream, OptionalLong.empty());
        var large = new Body.Bytes(new byte[3 << 20]);
        for (var each : List.of(body, large)) {
          var put = Request.of("PUT", server.uri()).with(each);
          try (var answer = client.send(put)) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(new String(answer.bytes(9), US_ASCII)).isEqualTo("no");
          }
        }
      }
    }
  }

  @Test
  void theGoAheadIsSaidAtTheFirstReadAndNeverAfterAnAnswer() throws Exception {
    var ask = "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
    try (var server = server(READS)) {
      assertThat(said(server, ask + "ab"))
          .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")
          .endsWith("\r\n\r\nab");
    }
    try (var server = server(IGNORES)) {
      assertThat(said(server, ask))
          .startsWith("HTTP/1.1 403 ")
          .contains("Connection: close")
          .doesNotContain("100 Continue");
    }
  }

  @Test
  void aSlowHeadAndASlowBodyAreCut() throws Exception {
    try (var server = server(READS);
        var head = new Socket("127.0.0.1", server.port());
        var body = new Socket("127.0.0.1", server.port())) {
      head.getOutputStream().write("GET / HT".getBytes(US_ASCII));
      assertThat(head.getInputStream().read()).isEqualTo(-1);
      body.getOutputStream()
          .write("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab".getBytes(US_ASCII));
      assertThatThrownBy(
              () -> {
                if (body.getInputStream().read() < 0) {
                  throw new IOException("closed");
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aHandlerThatThrowsOrForgetsAnswers500AndIsTold() throws Exception {
    Handler bad =
        exchange -> {
          if (exchange.path().equals("/throw")) {
            throw new IllegalStateException("defect");
          }
        };
    try (var server = server(bad)) {
      for (var path : List.of("/throw", "/forget")) {
        try (var answer = client.send(Request.of("GET", server.uri().resolve(path)))) {
          assertThat(answer.status()).isEqualTo(500);
        }
        var line = log.take();
        assertThat(line.defect().isPresent()).isEqualTo(path.equals("/throw"));
        assertThat(line.target()).isEqualTo(path);
      }
    }
  }

  @Test
  void cutsAtAnyByteOnWish() throws Exception {
    var cut = new AtomicInteger();
    Handler cutting =
        exchange -> {
          var all = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd".getBytes(US_ASCII);
          exchange.raw().write(all, 0, cut.get());
          exchange.cut();
        };
    try (var server = server(cutting)) {
      for (int i = 0; i < 42; i++) {
        cut.set(i);
        var fault =
            catchThrowableOfType(
                HttpFault.class,
                () -> {
                  try (var answer = client.send(Request.of("GET", server.uri()))) {
                    answer.body().readAllBytes();
                  }
                });
        assertThat(fault.kind()).as("cut at %d", i).isEqualTo(HttpFault.Kind.RESET);
      }
    }
  }

  @Test
  void liesOnWish() throws Exception {
    Handler lying =
        exchange ->
            exchange.respond(200, Headers.of("Content-Length", "10"), new Body.Bytes(new byte[4]));
    try (var server = server(lying)) {
      try (var answer = client.send(Request.of("GET", server.uri()))) {
        var fault = catchThrowableOfType(HttpFault.class, () -> answer.body().readAllBytes());
        assertThat(fault.kind()).isEqualTo(HttpFault.Kind.RESET);
      }
      try (var answer = client.send(Request.of("HEAD", server.uri()))) {
        assertThat(answer.headers().first("Content-Length")).contains("10");
      }
    }
  }

  @Test
  void anAnswerThatEndsTooSoonIsCutAndNotEndedWell() throws Exception {
    Handler shorter =
        exchange -> {
          try (var out = exchange.respond(200, Headers.NONE, OptionalLong.of(10))) {
            out.write(new byte[4]);
          }
        };
    try (var server = server(shorter);
        var answer = client.send(Request.of("GET", server.uri()))) {
      assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(HttpFault.class);
    }
  }

  @Test
  void closesGracefully() throws Exception {
    var inside = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    Handler slow =
        exchange -> {
          inside.countDown();
          go.await();
          exchange.respond(200, Headers.NONE, Body.NONE);
        };
    var server = server(slow);
    var answered = new LinkedBlockingQueue<Integer>();
    Thread.ofVirtual()
        .start(() -> {
          try (var answer = client.send(Request.of("GET", server.uri()))) {
            answered.add(answer.status());
          } catch (IOException | InterruptedException e) {
            answered.add(-1);
          }
        });
    inside.await();
    var closing = Thread.ofVirtual().start(server::close);
    go.countDown();
    assertThat(answered.take()).isEqualTo(200);
    closing.join();
    server.await();
    assertThatThrownBy(() -> client.send(Request.of("GET", server.uri())))
        .isInstanceOf(HttpFault.class);
  }

  @Test
  void aUnixSocketIsRemovedAtTheEnd() throws Exception {
    var path = folder.resolve("socket");
    try (var server = HttpServer.start(path, ServerSettings.DEFAULT, READS);
        var unix = new HttpClient(ClientSettings.DEFAULT.on(path));
        var answer = unix.send(Request.of("GET", server.uri()))) {
      assertThat(answer.status()).isEqualTo(200);
      assertThat(Files.exists(path)).isTrue();
    }
    assertThat(Files.exists(path)).isFalse();
  }
}
