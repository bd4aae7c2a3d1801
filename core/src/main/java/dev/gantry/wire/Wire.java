package dev.gantry.wire;

import dev.gantry.http.HttpFault;
import dev.gantry.http.Request;
import dev.gantry.http.Transport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The innermost exchange: puts a call on the wire, and turns a fault into a failure. */
public final class Wire implements Exchange {
  private final Transport transport;
  private final InstantSource clock;
  private final String agent;

  /**
   * Over this transport.
   *
   * @param agent what is sent as {@code User-Agent}, for example {@code gantry/0.1.0}
   */
  public Wire(Transport transport, InstantSource clock, String agent) {
    this.transport = transport;
    this.clock = clock;
    this.agent = agent;
  }

  @Override
  public Reply send(Call call) throws InterruptedException {
    var started = clock.instant();
    var left = new AtomicLong();
    var request =
        new Request(
            call.method(),
            call.url(),
            call.headers().with("User-Agent", agent),
            call.body(),
            count -> {
              left.set(count);
              call.sent().accept(count);
            });
    try {
      var response = transport.send(request);
      var took = Duration.between(started, clock.instant());
      return Reply.of(call, response, took, left.get());
    } catch (HttpFault fault) {
      var took = Duration.between(started, clock.instant());
      var evidence = Witness.of(call, took, fault.bytesSent(), Optional.empty(), new byte[0]);
      throw Witness.fault(call, evidence, fault);
    }
  }
}
