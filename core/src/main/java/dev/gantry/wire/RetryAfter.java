package dev.gantry.wire;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What {@code Retry-After} asks for: seconds, or a date (RFC 9110 section 10.2.3). */
final class RetryAfter {
  /** A longer wait is as good as a refusal; it also keeps the arithmetic within its bounds. */
  private static final Duration LONGEST = Duration.ofDays(7);

  private RetryAfter() {}

  /**
   * How long to wait; empty for what is neither seconds nor a date.
   *
   * @param date what the answer's {@code Date} says, by which a date is understood: the host's
   *     clock may differ from ours
   * @param now by our clock, where there is no such header
   */
  static Optional<Duration> read(String value, Optional<String> date, Instant now) {
    return read(value, date.flatMap(RetryAfter::date).orElse(now));
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip())));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> read(String value, Instant now) {
    var text = value.strip();
    if (text.matches("\\d{1,18}(?:\\.\\d+)?")) {
      var seconds = Double.parseDouble(text);
      return Optional.of(shorter(Duration.ofMillis((long) Math.ceil(seconds * 1000))));
    }
    return date(text)
        .map(then -> Duration.between(now, then))
        .map(wait -> wait.isNegative() ? Duration.ZERO : shorter(wait));
  }

  private static Duration shorter(Duration wait) {
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
