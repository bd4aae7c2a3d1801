package dev.gantry.http;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a server behaves.
 *
 * @param head for how long a request head may take to arrive, and a TLS handshake
 * @param stall for how long nothing may happen while a body is read or an answer is written
 * @param idle for how long a connection is kept open between two requests
 * @param grace how long {@link HttpServer#close} waits for requests being answered
 * @param identity key and certificate; plain HTTP without
 * @param log told after every answer
 */
public record ServerSettings(
    Duration head,
    Duration stall,
    Duration idle,
    Duration grace,
    Limits limits,
    Optional<Identity> identity,
    Consumer<Answered> log) {

  /** Plain HTTP, 30 s for a head, 60 s of stall, 75 s idle, 2 s of grace, no log. */
  public static final ServerSettings DEFAULT =
      new ServerSettings(
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(75),
          Duration.ofSeconds(2),
          Limits.DEFAULT,
          Optional.empty(),
          _ -> {});

  /** The same under TLS. */
  public ServerSettings with(Identity tls) {
    return new ServerSettings(head, stall, idle, grace, limits, Optional.of(tls), log);
  }

  /** The same with this log. */
  public ServerSettings with(Consumer<Answered> told) {
    return new ServerSettings(head, stall, idle, grace, limits, identity, told);
  }

  /** The same with these limits. */
  public ServerSettings with(Limits other) {
    return new ServerSettings(head, stall, idle, grace, other, identity, log);
  }

  /** The same with these time limits. */
  public ServerSettings within(Duration newHead, Duration newStall, Duration newIdle) {
    return new ServerSettings(newHead, newStall, newIdle, grace, limits, identity, log);
  }
}
