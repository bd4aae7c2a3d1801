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

  /** How long to wait from now on; empty for what is neither seconds nor a date. */
  static Optional<Duration> read(String value, Instant now) {
    var text = value.strip();
    if (text.matches("\\d{1,18}(?:\\.\\d+)?")) {
      var seconds = Double.parseDouble(text);
      return Optional.of(shorter(Duration.ofMillis((long) Math.ceil(seconds * 1000))));
    }
    try {
      var then = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
      var wait = Duration.between(now, then);
      return Optional.of(wait.isNegative() ? Duration.ZERO : shorter(wait));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Duration shorter(Duration wait) {
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
