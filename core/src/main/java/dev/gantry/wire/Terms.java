package dev.gantry.wire;

import dev.gantry.event.Event;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * How hosts are spoken to in one run: its clock, its patience, and who hears of it. Made once, in
 * the front door's wiring.
 *
 * @param random spreads the pauses of many streams
 * @param concurrency requests to one host at a time, at most; at least 1
 * @param agent what is sent as {@code User-Agent}, for example {@code gantry/0.1.0}
 */
public record Terms(
    InstantSource clock,
    Pause pause,
    RandomGenerator random,
    Budget budget,
    int concurrency,
    String agent,
    Consumer<Event> events) {

  /** Eight streams keep a 10 Gbit/s line busy; most registries' own limit is higher. */
  public static final int USUAL_CONCURRENCY = 8;

  public Terms {
    if (concurrency < 1) {
      throw new IllegalArgumentException("at least one request at a time, not " + concurrency);
    }
  }

  /** Real time, the usual patience and concurrency. */
  public static Terms usual(String agent, Consumer<Event> events) {
    return new Terms(
        InstantSource.system(),
        Pause.REAL,
        RandomGenerator.getDefault(),
        Budget.USUAL,
        USUAL_CONCURRENCY,
        agent,
        events);
  }
}
