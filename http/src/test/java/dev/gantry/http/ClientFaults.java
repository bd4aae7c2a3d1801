package dev.gantry.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gantry.http.HttpFault.Kind;
import dev.gantry.http.HttpFault.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client makes of servers that break off, fall silent, refuse early or lie. */
@Timeout(60)
final class ClientFaults {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final Timeouts SHORT =
      new Timeouts(
          Duration.ofSeconds(5),
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofMillis(100),
          Duration.ofSeconds(50));

  @TempDir Path folder;

  private final HttpClient client = new HttpClient(ClientSettings.DEFAULT);
  private final HttpClient hasty = new HttpClient(ClientSettings.DEFAULT.with(SHORT));

  @AfterEach
  void closeClients() {
    client.close();
    hasty.close();
  }

  private static HttpFault fault(Transport client, Request request) {
    return catchThrowableOfType(HttpFault.class, () -> client.send(request).close());
  }

  private static Body endless() {
    return new Body.Stream(Endless::new, OptionalLong.empty());
  }

  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 'x';
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return length;
    }
  }

  @Test
  void nobodyListens() throws Exception {
    int port;
    try (var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    var fault = fault(client, Request.of("GET", URI.create("http://127.0.0.1:" + port + "/")));
    assertThat(fault.phase()).isEqualTo(Phase.CONNECT);
    assertThat(fault.kind()).isEqualTo(Kind.REFUSED);
    assertThat(fault).hasMessageContaining("127.0.0.1 port " + port);
  }

  @Test
  void everyAddressOfANameIsTriedAndTold() throws Exception {
    int port;
    try (var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    var fault = fault(client, Request.of("GET", URI.create("http://localhost:" + port + "/")));
    assertThat(fault.kind()).isEqualTo(Kind.REFUSED);
    for (var address : InetAddress.getAllByName("localhost")) {
      assertThat(fault).hasMessageContaining(address.getHostAddress());
    }
  }

  @Test
  void noSuchName() {
    var fault = fault(client, Request.of("GET", URI.create("http://nobody.invalid/")));
    assertThat(fault.phase()).isEqualTo(Phase.RESOLVE);
    assertThat(fault.kind()).isEqualTo(Kind.UNKNOWN_HOST);
  }

  @Test
  void noSuchSocket() {
    try (var unix = new HttpClient(ClientSettings.DEFAULT.on(folder.resolve("none")))) {
      var fault = fault(unix, Request.of("GET", URI.create("http://localhost/")));
      assertThat(fault.kind()).isEqualTo(Kind.REFUSED);
      assertThat(fault).hasMessageContaining(folder.resolve("none").toString());
    }
  }

  @Test
  void cutAtEveryByteOfTheAnswer() throws Exception {
    var whole =
        "HTTP/1.1 200 OK\r\n"
            + "X: y\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "4\r\n"
            + "abcd\r\n"
            + "2\r\n"
            + "ef\r\n"
            + "0\r\n\r\n";
    for (int cut = 0; cut < whole.length(); cut++) {
      var part = whole.substring(0, cut);
      RawServer.Script script =
          line -> {
            line.head();
            line.say(part);
          };
      try (var server = new RawServer(script)) {
        var request = Request.of("POST", server.uri("/")).with(new Body.Bytes(new byte[3]));
        var fault =
            catchThrowableOfType(
                HttpFault.class,
                () -> {
                  try (var answer = client.send(request)) {
                    answer.body().readAllBytes();
                  }
                });
        assertThat(fault).as("cut after %d bytes", cut).isNotNull();
        assertThat(fault.kind()).as("cut after %d bytes", cut).isEqualTo(Kind.RESET);
        assertThat(fault.bytesSent()).isEqualTo(3);
      }
    }
  }

  @Test
  void silenceBeforeTheAnswer() throws Exception {
    try (var server = new RawServer(RawServer.Line::untilClosed)) {
      var fault = fault(hasty, Request.of("GET", server.uri("/")));
      assertThat(fault.phase()).isEqualTo(Phase.WAIT);
      assertThat(fault.kind()).isEqualTo(Kind.TIMEOUT);
    }
  }

  @Test
  void silenceInTheAnswer() throws Exception {
    RawServer.Script script =
        line -> {
          line.head();
          line.say("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
          line.untilClosed();
        };
    try (var server = new RawServer(script);
        var answer = hasty.send(Request.of("GET", server.uri("/")))) {
      var fault = catchThrowableOfType(HttpFault.class, () -> answer.body().readAllBytes());
      assertThat(fault.phase()).isEqualTo(Phase.RECEIVE);
      assertThat(fault.kind()).isEqualTo(Kind.TIMEOUT);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void silenceWhileTheBodyGoesOut(boolean file) throws Exception {
    var release = new CountDownLatch(1);
    RawServer.Script script =
        line -> {
          line.head();
          await(release);
        };
    var path = folder.resolve("big");
    try (var big = new java.io.RandomAccessFile(path.toFile(), "rw")) {
      big.setLength(64L << 20);
    }
    var body = file ? new Body.FileRegion(path, 0, 64L << 20) : endless();
    try (var server = new RawServer(script)) {
      var fault = fault(hasty, Request.of("PUT", server.uri("/")).with(body));
      assertThat(fault.phase()).isEqualTo(Phase.SEND);
      assertThat(fault.kind()).isEqualTo(Kind.TIMEOUT);
      assertThat(fault.bytesSent()).isPositive();
      release.countDown();
    }
  }

  private static void await(CountDownLatch latch) throws InterruptedIOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {307, 401, 403, 413, 429, 500})
  void anEarlyRefusalIsReadThoughTheServerResetsAfterwards(int status) throws Exception {
    RawServer.Script script =
        line -> {
          line.head();
          line.say("HTTP/1.1 " + status + " No\r\nContent-Length: 6\r\n\r\nreason");
          line.read(1000);
          line.socket().shutdownOutput();
          line.read(100_000);
          line.reset();
        };
    for (int i = 0; i < 20; i++) {
      try (var server = new RawServer(script);
          var answer = client.send(Request.of("PUT", server.uri("/")).with(endless()))) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(new String(answer.bytes(99), UTF_8)).isEqualTo("reason");
      }
    }
  }

  @Test
  void anEarlyRefusalWakesASenderThatIsBlocked() throws Exception {
    var release = new CountDownLatch(1);
    RawServer.Script script =
        line -> {
          line.head();
          line.say("HTTP/1.1 413 No\r\nContent-Length: 0\r\n\r\n");
          await(release);
        };
    try (var server = new RawServer(script);
        var answer = client.send(Request.of("PUT", server.uri("/")).with(endless()))) {
      assertThat(answer.status()).isEqualTo(413);
      release.countDown();
    }
  }

  @Test
  void aGoodAnswerThatComesEarlyDoesNotStopTheBody() throws Exception {
    var content = new byte[3 << 20];
    var got = new AtomicLong();
    RawServer.Script script =
        line -> {
          line.head();
          line.say("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
          got.set(line.in().readNBytes(content.length).length);
          line.head();
          line.say(OK);
        };
    try (var server = new RawServer(script)) {
      var put = Request.of("PUT", server.uri("/")).with(new Body.Bytes(content));
      client.send(put).close();
      try (var second = client.send(Request.of("GET", server.uri("/")))) {
        assertThat(second.status()).isEqualTo(200);
      }
      assertThat(got.get()).isEqualTo(content.length);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void aConnectionRefusedEarlyIsNotUsedAgain() throws Exception {
    RawServer.Script script =
        line -> {
          line.head();
          line.say("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
          line.untilClosed();
        };
    try (var server = new RawServer(script)) {
      for (int i = 1; i <= 3; i++) {
        client.send(Request.of("PUT", server.uri("/")).with(endless())).close();
        assertThat(server.connections()).isEqualTo(i);
      }
    }
  }

  @Test
  void expectWaitsForTheGoAhead() throws Exception {
    var order = new ArrayList<String>();
    RawServer.Script script =
        line -> {
          order.add(line.head().contains("Expect: 100-continue") ? "asked" : "not asked");
          order.add(line.socket().getInputStream().available() + " waiting");
          line.say("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hint\r\nLink: x\r\n\r\n");
          order.add(line.read(4));
          line.say(OK);
        };
    try (var server = new RawServer(script);
        var answer = client.send(expecting(server.uri("/")))) {
      assertThat(answer.status()).isEqualTo(200);
      assertThat(order).containsExactly("asked", "0 waiting", "body");
    }
  }

  private static Request expecting(URI uri) {
    return Request.of("PUT", uri)
        .with(new Body.Bytes("body".getBytes(UTF_8)))
        .plus("Expect", "100-continue");
  }

  @Test
  void expectSendsAnywayAfterAWhile() throws Exception {
    RawServer.Script script =
        line -> {
          line.head();
          line.say(line.read(4).equals("body") ? OK : "nonsense");
        };
    try (var server = new RawServer(script);
        var answer = hasty.send(expecting(server.uri("/")))) {
      assertThat(answer.status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 401, 417})
  void aFinalAnswerInPlaceOfTheGoAheadKeepsTheBodyHere(int status) throws Exception {
    var after = new CompletableFuture<Integer>();
    RawServer.Script script =
        line -> {
          line.head();
          line.say("HTTP/1.1 " + status + " X\r\nContent-Length: 2\r\n\r\nno");
          after.complete(line.in().read());
        };
    try (var server = new RawServer(script);
        var answer = client.send(expecting(server.uri("/")))) {
      assertThat(answer.status()).isEqualTo(status);
      assertThat(new String(answer.bytes(9), UTF_8)).isEqualTo("no");
      assertThat(after.get()).as("closed, without a byte of the body").isEqualTo(-1);
    }
  }

  @Test
  void aKeptConnectionThatWasClosedIsNotUsed() throws Exception {
    RawServer.Script once =
        line -> {
          line.head();
          line.say(OK);
        };
    try (var server = new RawServer(once)) {
      for (int i = 1; i <= 3; i++) {
        try (var answer = client.send(Request.of("POST", server.uri("/")))) {
          assertThat(answer.bytes(9)).hasSize(2);
        }
        server.awaitEnd();
      }
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  /** Closes on the second request, as a server does whose idle time ends at that moment. */
  private static final RawServer.Script DIES_ON_SECOND =
      line -> {
        line.head();
        line.say(OK);
        line.head();
      };

  private static final RawServer.Script ANSWERS =
      line -> {
        while (!line.head().isEmpty()) {
          line.say(OK);
        }
      };

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "DELETE", "PUT"})
  void aSafeRequestIsSentOnceMore(String method) throws Exception {
    try (var server = new RawServer(DIES_ON_SECOND, ANSWERS)) {
      try (var answer = client.send(Request.of("GET", server.uri("/")))) {
        assertThat(answer.bytes(9)).hasSize(2);
      }
      try (var answer = client.send(Request.of(method, server.uri("/")))) {
        assertThat(answer.status()).isEqualTo(200);
      }
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH", "PUT"})
  void anUnsafeRequestIsNot(String method) throws Exception {
    try (var server = new RawServer(DIES_ON_SECOND, ANSWERS)) {
      try (var answer = client.send(Request.of("GET", server.uri("/")))) {
        assertThat(answer.bytes(9)).hasSize(2);
      }
      var request = Request.of(method, server.uri("/")).with(new Body.Bytes(new byte[9]));
      assertThat(fault(client, request).kind()).isEqualTo(Kind.RESET);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void aFreshConnectionThatDiesIsNotTriedAgain() throws Exception {
    try (var server = new RawServer(RawServer.Line::head)) {
      assertThat(fault(client, Request.of("GET", server.uri("/"))).kind()).isEqualTo(Kind.RESET);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void interruptEndsTheWaitAndTheConnection() throws Exception {
    for (var body : List.of(Body.NONE, endless())) {
      var arrived = new CountDownLatch(1);
      var closed = new CountDownLatch(1);
      RawServer.Script script =
          line -> {
            line.head();
            arrived.countDown();
            try {
              line.untilClosed();
            } finally {
              closed.countDown();
            }
          };
      try (var server = new RawServer(script)) {
        var thrown = new AtomicReference<Throwable>();
        var caller =
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    client.send(Request.of("PUT", server.uri("/")).with(body)).close();
                  } catch (IOException | InterruptedException e) {
                    thrown.set(e);
                  }
                });
        arrived.await();
        caller.interrupt();
        caller.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        closed.await();
      }
    }
  }

  @Test
  void interruptEndsTheReadingOfABodyAndItsConnection() throws Exception {
    var arrived = new CountDownLatch(1);
    RawServer.Script script =
        line -> {
          line.head();
          line.say("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
          line.untilClosed();
        };
    try (var server = new RawServer(script)) {
      var thrown = new AtomicReference<Throwable>();
      var flag = new AtomicReference<Boolean>();
      var caller =
          Thread.ofVirtual()
              .start(() -> {
                try (var answer = client.send(Request.of("GET", server.uri("/")))) {
                  answer.bytes(3);
                  arrived.countDown();
                  answer.body().read();
                } catch (IOException | InterruptedException e) {
                  thrown.set(e);
                  flag.set(Thread.currentThread().isInterrupted());
                }
              });
      arrived.await();
      caller.interrupt();
      caller.join();
      assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class);
      assertThat(flag.get()).isTrue();
      server.awaitEnd();
    }
  }

  @Test
  void closingTheClientCutsWhatIsOpen() throws Exception {
    var arrived = new CountDownLatch(1);
    RawServer.Script script =
        line -> {
          line.head();
          arrived.countDown();
          line.untilClosed();
        };
    try (var server = new RawServer(script)) {
      var own = new HttpClient(ClientSettings.DEFAULT);
      var thrown = new CompletableFuture<HttpFault>();
      Thread.ofVirtual()
          .start(() -> thrown.complete(fault(own, Request.of("GET", server.uri("/")))));
      arrived.await();
      own.close();
      assertThat(thrown.get().kind()).isEqualTo(Kind.RESET);
      assertThat(fault(own, Request.of("GET", server.uri("/")))).isNotNull();
    }
  }

  @Test
  void theOtherTransportTellsTheSameFaults() throws Exception {
    RawServer.Script broken =
        line -> {
          line.head();
          line.say("HTTP/1.1 2x0 OK\r\n\r\n");
        };
    try (var jdk = new JdkTransport(ClientSettings.DEFAULT.with(SHORT), false);
        var patient = new JdkTransport(ClientSettings.DEFAULT, false);
        var silent = new RawServer(RawServer.Line::untilClosed);
        var cutting = new RawServer(RawServer.Line::head);
        var lying = new RawServer(broken)) {
      var uris = List.of(URI.create("http://127.0.0.1:1/"), silent.uri("/"), cutting.uri("/"));
      var kinds = uris.stream().map(uri -> fault(jdk, Request.of("POST", uri)).kind()).toList();
      assertThat(kinds).containsExactly(Kind.REFUSED, Kind.TIMEOUT, Kind.RESET);
      var nobody = Request.of("GET", URI.create("http://nobody.invalid/"));
      assertThat(fault(patient, nobody).kind()).isEqualTo(Kind.UNKNOWN_HOST);
      assertThat(fault(jdk, Request.of("GET", lying.uri("/")))).isNotNull();
      var none = new Body.FileRegion(folder.resolve("none"), 0, 9);
      var source = fault(jdk, Request.of("PUT", silent.uri("/")).with(none));
      assertThat(source.kind()).isEqualTo(Kind.SOURCE);
    }
  }

  @Test
  void contentThatCannotBeReadIsOurFault() throws Exception {
    var shorter = Files.write(folder.resolve("short"), new byte[50_000]);
    var bodies =
        List.of(
            new Body.FileRegion(folder.resolve("none"), 0, 9),
            new Body.FileRegion(shorter, 1, 50_000),
            new Body.Stream(() -> InputStream.nullInputStream(), OptionalLong.of(20_000)),
            new Body.Stream(Endless::new, OptionalLong.of(20_000)),
            new Body.Stream(
                () -> {
                  throw new IOException("disk gone");
                },
                OptionalLong.empty()));
    RawServer.Script sink = RawServer.Line::untilClosed;
    try (var server = new RawServer(sink)) {
      for (var body : bodies) {
        var fault = fault(client, Request.of("PUT", server.uri("/")).with(body));
        assertThat(fault.kind()).as("%s", body).isEqualTo(Kind.SOURCE);
      }
    }
  }

  @Test
  void tooManyInterimAnswers() throws Exception {
    RawServer.Script script =
        line -> {
          line.head();
          line.say("HTTP/1.1 102 Wait\r\n\r\n".repeat(100));
        };
    try (var server = new RawServer(script)) {
      assertThat(fault(client, Request.of("GET", server.uri("/"))).kind()).isEqualTo(Kind.LIMIT);
    }
  }

  @Test
  void aClosedAnswerCutsTheConnectionUnlessItHasEnded() throws Exception {
    RawServer.Script chunked =
        line -> {
          while (!line.head().isEmpty()) {
            line.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
          }
        };
    try (var server = new RawServer(chunked)) {
      for (int i = 0; i < 3; i++) {
        try (var answer = client.send(Request.of("GET", server.uri("/")))) {
          assertThat(answer.bytes(2)).hasSize(2);
        }
        assertThat(server.connections()).isEqualTo(1);
      }
      var unread = client.send(Request.of("GET", server.uri("/")));
      unread.close();
      assertThatThrownBy(() -> unread.body().read()).isInstanceOf(IOException.class);
      client.send(Request.of("GET", server.uri("/"))).close();
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void bytesThatNobodyAskedForAreNeverTakenForAnAnswer() throws Exception {
    RawServer.Script more =
        line -> {
          line.head();
          line.say(OK + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison");
          line.untilClosed();
        };
    try (var server = new RawServer(more, ANSWERS)) {
      for (int i = 0; i < 2; i++) {
        try (var answer = client.send(Request.of("GET", server.uri("/")))) {
          assertThat(new String(answer.bytes(99), UTF_8)).isEqualTo("ok");
        }
      }
      assertThat(server.connections()).isEqualTo(2);
    }
  }
}
