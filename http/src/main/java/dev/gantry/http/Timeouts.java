package dev.gantry.http;

import java.time.Duration;

/**
 * How long a client waits.
 *
 * @param connect for one connection to stand: name, TCP, proxy and TLS each
 * @param answer for the head of the answer, once the request has left
 * @param stall for the next bytes of a body to leave or to come; never for a body as a whole
 * @param proceed for {@code 100 Continue}; then the body is sent without it
 * @param idle how long an unused connection is kept
 */
public record Timeouts(
    Duration connect, Duration answer, Duration stall, Duration proceed, Duration idle) {
  /** 15 s, 5 min (a registry may hash gigabytes before it answers), 60 s, 1 s, 50 s. */
  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(15),
          Duration.ofMinutes(5),
          Duration.ofSeconds(60),
          Duration.ofSeconds(1),
          Duration.ofSeconds(50));

  Duration shortest() {
    var shorter = connect.compareTo(stall) < 0 ? connect : stall;
    return shorter.compareTo(answer) < 0 ? shorter : answer;
  }
}
