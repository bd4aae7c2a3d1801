package dev.gantry.rehearsal.fault;

import dev.gantry.rehearsal.protocol.Operation;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** One line of a script: an occasion, its turns and the fault. Counts the requests it matched. */
final class Mishap {
  private final Occasion occasion;
  private final Turns turns;
  private final Fault fault;
  private final AtomicLong matched = new AtomicLong();

  Mishap(Occasion occasion, Turns turns, Fault fault) {
    this.occasion = occasion;
    this.turns = turns;
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }

  /** The fault if it hits this request; counts it if it matches at all. */
  Optional<Fault> meets(String method, String path, Optional<Operation> operation) {
    if (!occasion.matches(method, path, operation)) {
      return Optional.empty();
    }
    return turns.include(matched.incrementAndGet()) ? Optional.of(fault) : Optional.empty();
  }
}
