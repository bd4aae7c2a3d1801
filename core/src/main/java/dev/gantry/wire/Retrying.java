package dev.gantry.wire;

import dev.gantry.failure.PublishException;

/**
 * Makes a stateless call again when what stopped it is likely to pass. A call on an upload session
 * goes through once, whatever comes of it: only the upload knows where it stands.
 */
public final class Retrying implements Exchange {
  private final Exchange inner;
  private final Gates gates;
  private final Terms terms;

  public Retrying(Exchange inner, Gates gates, Terms terms) {
    this.inner = inner;
    this.gates = gates;
    this.terms = terms;
  }

  @Override
  public Reply send(Call call) throws InterruptedException {
    if (call.kind() == Call.Kind.SESSION) {
      return inner.send(call);
    }
    for (var tries = new Tries(gates, terms); ; ) {
      try {
        var reply = inner.send(call.attempt(tries.number()));
        if (!tries.again(reply)) {
          return reply;
        }
        reply.close();
      } catch (PublishException failed) {
        if (!tries.again(call, failed)) {
          throw failed;
        }
      }
    }
  }
}
