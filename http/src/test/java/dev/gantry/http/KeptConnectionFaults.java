package dev.gantry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gantry.http.HttpFault.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client does about connections that are kept, die, or are cut by an interrupt. */
@Timeout(60)
final class KeptConnectionFaults {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final HttpClient client = new HttpClient(ClientSettings.DEFAULT);

  @AfterEach
  void closeClients() {
    client.close();
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

  static final RawServer.Script ANSWERS =
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
}
