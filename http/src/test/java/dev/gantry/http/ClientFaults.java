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
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client makes of servers that break off, fall silent or lie. */
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

  static void await(CountDownLatch latch) throws InterruptedIOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
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
    try (var server = new RawServer(more, KeptConnectionFaults.ANSWERS)) {
      for (int i = 0; i < 2; i++) {
        try (var answer = client.send(Request.of("GET", server.uri("/")))) {
          assertThat(new String(answer.bytes(99), UTF_8)).isEqualTo("ok");
        }
      }
      assertThat(server.connections()).isEqualTo(2);
    }
  }
}
