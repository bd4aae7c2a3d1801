package dev.gantry.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until something pauses; then it has moved by that much. */
public final class MovingTime implements InstantSource, Pause {
  public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public void of(Duration time) {
    pauses.add(time);
    now.updateAndGet(instant -> instant.plus(time));
  }

  /** Moves on without anybody having paused. */
  public void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  /** Every pause that was made. */
  public List<Duration> pauses() {
    return List.copyOf(pauses);
  }

  /** All of them together. */
  public Duration paused() {
    return pauses.stream().reduce(Duration.ZERO, Duration::plus);
  }
}
