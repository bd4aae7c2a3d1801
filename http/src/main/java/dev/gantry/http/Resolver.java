package dev.gantry.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds the addresses of a name without holding up a caller that is interrupted. */
final class Resolver {
  private Resolver() {}

  /**
   * The addresses in the system's order, with the two families taking turns (RFC 8305 section 4).
   */
  static List<InetAddress> addresses(String host, Duration limit)
      throws HttpFault, InterruptedException {
    var literal = IpLiteral.parse(host);
    if (literal.isPresent()) {
      return List.of(literal.get());
    }
    var asked = new FutureTask<>(() -> List.of(InetAddress.getAllByName(host)));
    Thread.ofPlatform().daemon().name("gantry-http-resolve").start(asked);
    try {
      return inTurn(asked.get(limit.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException slow) {
      throw new HttpFault(
          HttpFault.Phase.RESOLVE,
          HttpFault.Kind.TIMEOUT,
          "no answer from the name servers about " + host + " within " + limit.toSeconds() + " s",
          0,
          slow);
    } catch (ExecutionException failed) {
      var cause = failed.getCause() instanceof UnknownHostException known ? known : failed;
      throw new HttpFault(
          HttpFault.Phase.RESOLVE,
          HttpFault.Kind.UNKNOWN_HOST,
          "the name " + host + " does not resolve",
          0,
          cause);
    }
  }

  static List<InetAddress> inTurn(List<InetAddress> found) {
    var first = found.stream().filter(a -> a.getClass() == found.getFirst().getClass()).toList();
    var second = found.stream().filter(a -> !first.contains(a)).toList();
    var mixed = new ArrayList<InetAddress>();
    for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
      if (i < first.size()) {
        mixed.add(first.get(i));
      }
      if (i < second.size()) {
        mixed.add(second.get(i));
      }
    }
    return mixed;
  }
}
