package dev.gantry.wire;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import java.time.Duration;
import java.util.Optional;

/**
 * Holds calls back at the gate of their host, and tells the gate what the host answers. A call that
 * would wait longer than the budget allows fails at once with the answer that shut the gate.
 */
public final class Throttle implements Exchange {
  private final Exchange inner;
  private final Gates gates;
  private final Terms terms;

  public Throttle(Exchange inner, Gates gates, Terms terms) {
    this.inner = inner;
    this.gates = gates;
    this.terms = terms;
  }

  @Override
  public Reply send(Call call) throws InterruptedException {
    var gate = gates.to(call.url());
    var counted = call.kind() != Call.Kind.ASIDE;
    waitUntilOpen(gate, call);
    if (!counted) {
      return listen(gate, call);
    }
    gate.enter();
    try {
      waitUntilOpen(gate, call);
      return listen(gate, call);
    } finally {
      gate.leave();
    }
  }

  private Reply listen(Gate gate, Call call) throws InterruptedException {
    var started = terms.clock().instant();
    var reply = inner.send(call);
    var now = terms.clock().instant();
    Optional<Duration> wait =
        reply.status() == 429 || reply.status() == 503
            ? reply
                .header("Retry-After")
                .flatMap(value -> RetryAfter.read(value, reply.header("Date"), now))
            : Optional.empty();
    gate.heard(reply, started, now, wait);
    return reply;
  }

  private void waitUntilOpen(Gate gate, Call call) throws InterruptedException {
    var since = terms.clock().instant();
    var now = since;
    for (var shut = gate.shut(now); shut.isPresent(); shut = gate.shut(now)) {
      var until = shut.get().until();
      if (!terms.budget().allows(since, until)) {
        throw new PublishException(new Failure.Rejected(call.stage(), shut.get().by()));
      }
      terms.pause().of(Duration.between(now, until));
      now = terms.clock().instant();
    }
  }
}
