package dev.gantry.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client makes of answers that come before the body has gone out. */
@Timeout(60)
final class EarlyAnswerFaults {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final Timeouts SHORT =
      new Timeouts(
          Duration.ofSeconds(5),
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofMillis(100),
          Duration.ofSeconds(50));

  private final HttpClient client = new HttpClient(ClientSettings.DEFAULT);
  private final HttpClient hasty = new HttpClient(ClientSettings.DEFAULT.with(SHORT));

  @AfterEach
  void closeClients() {
    client.close();
    hasty.close();
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
          ClientFaults.await(release);
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
}
