package dev.gantry.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.event.Event;
import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.http.ClientSettings;
import dev.gantry.http.HttpClient;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is tried again, how often, and after which pauses. */
final class RetryingFaults {
  private final Host host = new Host();
  private final HttpClient client = new HttpClient(ClientSettings.DEFAULT);
  private final MovingTime time = new MovingTime();
  private final List<Event> events = new ArrayList<>();
  private final Gates gates = new Gates(8);

  @AfterEach
  void stop() {
    host.close();
    client.close();
  }

  private Terms terms(Budget budget) {
    return new Terms(time, time, new Random(3), budget, 8, "gantry/test", events::add);
  }

  private Exchange exchange(Budget budget) {
    var terms = terms(budget);
    var wire = new Wire(client, time, terms.agent());
    return new Retrying(new Throttle(wire, gates, terms), gates, terms);
  }

  private Reply get(String path) throws InterruptedException {
    return exchange(Budget.USUAL).send(call("GET", path));
  }

  private Call call(String method, String path) {
    return Call.of(method, host.uri().resolve(path), Failure.Stage.SURVEY);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504, 521, 522, 523, 524})
  void whatPassesIsTriedAgain(int status) throws Exception {
    host.on("GET", "/a", Host.status(status), Host.status(status), Host.body(200, "done"));
    try (var reply = get("/a")) {
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.bytes(100).text()).isEqualTo("done");
      assertThat(reply.evidence().attempt()).isEqualTo(3);
    }
    assertThat(host.count("GET", "/a")).isEqualTo(3);
    assertThat(events).hasSize(2);
    assertThat(events.getFirst())
        .isInstanceOfSatisfying(
            Event.Retrying.class,
            retrying -> {
              assertThat(retrying.attempt()).isEqualTo(2);
              assertThat(retrying.why()).isEqualTo("status " + status);
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 409, 413, 416, 501, 507})
  void whatStaysIsNot(int status) throws Exception {
    host.on("GET", "/a", Host.status(status));
    try (var reply = get("/a")) {
      assertThat(reply.status()).isEqualTo(status);
    }
    assertThat(host.count("GET", "/a")).isEqualTo(1);
    assertThat(time.pauses()).isEmpty();
  }

  @Test
  void pausesGrowAndAreSpread() throws Exception {
    host.on(
        "GET",
        "/a",
        Host.status(503),
        Host.status(503),
        Host.status(503),
        Host.status(503),
        Host.status(200));
    get("/a").close();
    var most = List.of(500L, 1000L, 2000L, 4000L);
    assertThat(time.pauses()).hasSize(4);
    for (int i = 0; i < 4; i++) {
      assertThat(time.pauses().get(i).toMillis()).isBetween(most.get(i) / 2, most.get(i));
    }
  }

  @Test
  void patienceEnds() throws Exception {
    host.on("GET", "/a", Host.body(503, "{\"message\":\"down\"}"));
    try (var reply = get("/a")) {
      assertThat(reply.status()).isEqualTo(503);
    }
    assertThat(time.paused()).isLessThanOrEqualTo(Budget.USUAL.patience());
    assertThat(time.paused()).isGreaterThan(Duration.ofMinutes(4));
  }

  @Test
  void theDeadlineOfTheRunEndsItSooner() throws Exception {
    host.on("GET", "/a", Host.status(503));
    var budget = new Budget(Duration.ofMinutes(5), Optional.of(MovingTime.START.plusSeconds(3)));
    exchange(budget).send(call("GET", "/a")).close();
    assertThat(time.paused()).isLessThanOrEqualTo(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void retryAfterInSecondsIsObeyed(int status) throws Exception {
    host.on("GET", "/a", Host.status(status, "Retry-After", "17"), Host.status(200));
    get("/a").close();
    assertThat(time.paused()).isEqualTo(Duration.ofSeconds(17));
  }

  @Test
  void retryAfterAsADateIsObeyed() throws Exception {
    var date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            MovingTime.START.plusSeconds(40).atOffset(ZoneOffset.UTC));
    host.on("GET", "/a", Host.status(429, "Retry-After", date), Host.status(200));
    get("/a").close();
    assertThat(time.paused()).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void aDateCountsByTheHostsClock() throws Exception {
    host.on(
        "GET",
        "/a",
        Host.status(
            503,
            "Date",
            "Fri, 01 Feb 2030 00:00:00 GMT",
            "Retry-After",
            "Fri, 01 Feb 2030 00:00:25 GMT"),
        Host.status(503, "Date", "rubbish", "Retry-After", "soon"),
        Host.status(200));
    get("/a").close();
    assertThat(time.pauses().getFirst()).isEqualTo(Duration.ofSeconds(25));
    assertThat(time.paused()).isLessThan(Duration.ofSeconds(27));
  }

  @Test
  void noMoreThanTheWidthAreUnderWay() throws Exception {
    host.on("GET", "/a", Host.status(200));
    var inside = new AtomicInteger();
    var most = new AtomicInteger();
    var wire = new Wire(client, time, "gantry/test");
    Exchange counting =
        call -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          try {
            return wire.send(call);
          } finally {
            inside.decrementAndGet();
          }
        };
    var throttle = new Throttle(counting, new Gates(2), terms(Budget.USUAL));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<Integer>>();
      for (int i = 0; i < 40; i++) {
        all.add(
            threads.submit(() -> {
              try (var reply = throttle.send(call("GET", "/a"))) {
                return reply.status();
              }
            }));
      }
      for (var one : all) {
        assertThat(one.get()).isEqualTo(200);
      }
    }
    assertThat(most.get()).isBetween(1, 2);
  }

  @Test
  void aCallAsideTakesNoPlace() throws Exception {
    host.on("GET", "/a", Host.status(200));
    host.on("GET", "/b", Host.status(200));
    var one = new Gates(1);
    var wire = new Wire(client, time, "gantry/test");
    var aside = new Throttle(wire, one, terms(Budget.USUAL));
    var throttle =
        new Throttle(
            call -> {
              aside.send(call("GET", "/b").as(Call.Kind.ASIDE)).close();
              return wire.send(call);
            },
            one,
            terms(Budget.USUAL));
    throttle.send(call("GET", "/a")).close();
    assertThat(host.lines()).containsExactly("GET /b", "GET /a");
  }

  @Test
  void retryAfterHoldsForAllThatGoesToTheHost() throws Exception {
    host.on("GET", "/a", Host.status(429, "Retry-After", "30"));
    host.on("GET", "/b", Host.status(200));
    var terms = terms(Budget.USUAL);
    var throttle = new Throttle(new Wire(client, time, "gantry/test"), gates, terms);
    throttle.send(call("GET", "/a")).close();
    throttle.send(call("GET", "/b")).close();
    assertThat(time.pauses()).containsExactly(Duration.ofSeconds(30));
    assertThat(gates.width(host.uri())).isEqualTo(4);
  }

  @Test
  void aWaitBeyondPatienceIsARefusal() throws Exception {
    host.on("GET", "/a", Host.status(429, "Retry-After", "86400"));
    try (var reply = get("/a")) {
      assertThat(reply.status()).isEqualTo(429);
    }
    assertThatThrownBy(() -> get("/b"))
        .isInstanceOfSatisfying(
            PublishException.class,
            failed ->
                assertThat(failed.failure().seen().orElseThrow().answer().orElseThrow().status())
                    .isEqualTo(429));
    assertThat(host.lines()).containsExactly("GET /a");
    assertThat(time.pauses()).isEmpty();
  }

  @Test
  void fewerAtATimeAfter429AndMoreAgainLater() throws Exception {
    host.on("GET", "/a", Host.status(429));
    host.on("GET", "/b", Host.status(200));
    var terms = terms(Budget.USUAL);
    var throttle = new Throttle(new Wire(client, time, "gantry/test"), gates, terms);
    throttle.send(call("GET", "/a")).close();
    assertThat(gates.width(host.uri())).isEqualTo(4);
    time.pass(Duration.ofSeconds(1));
    throttle.send(call("GET", "/a")).close();
    assertThat(gates.width(host.uri())).isEqualTo(2);
    for (int i = 0; i < 2; i++) {
      throttle.send(call("GET", "/b")).close();
    }
    assertThat(gates.width(host.uri())).isEqualTo(3);
    for (int i = 0; i < 100; i++) {
      throttle.send(call("GET", "/b")).close();
    }
    assertThat(gates.width(host.uri())).isEqualTo(8);
  }

  @Test
  void aCutConnectionIsTriedAgain() throws Exception {
    host.on("GET", "/warm", Host.status(200));
    host.on("PUT", "/a", Host.cut(), Host.cut(), Host.status(201));
    get("/warm").close();
    try (var reply = exchange(Budget.USUAL).send(call("PUT", "/a"))) {
      assertThat(reply.status()).isEqualTo(201);
    }
    assertThat(time.pauses()).isNotEmpty();
  }

  @Test
  void aCallOfASessionGoesThroughOnce() {
    host.on("PUT", "/a", Host.cut());
    var call = call("PUT", "/a").as(Call.Kind.SESSION);
    assertThatThrownBy(() -> exchange(Budget.USUAL).send(call))
        .isInstanceOfSatisfying(
            PublishException.class,
            failed -> assertThat(failed.failure()).isInstanceOf(Failure.Unreachable.class));
    assertThat(time.pauses()).isEmpty();
  }

  @Test
  void aHostThatNeverAnsweredIsTriedThreeTimes() throws Exception {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    var call = Call.of("GET", URI.create("http://127.0.0.1:" + port), Failure.Stage.SURVEY);
    assertThatThrownBy(() -> exchange(Budget.USUAL).send(call))
        .isInstanceOfSatisfying(
            PublishException.class,
            failed ->
                assertThat(failed.failure())
                    .isInstanceOfSatisfying(
                        Failure.Unreachable.class,
                        fault -> {
                          assertThat(fault.why()).isEqualTo(Failure.Why.CONNECT);
                          assertThat(fault.evidence().attempt()).isEqualTo(3);
                        }));
    assertThat(time.pauses()).hasSize(2);
    assertThat(time.paused()).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void anInterruptedCallEnds() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> get("/a")).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }
}
