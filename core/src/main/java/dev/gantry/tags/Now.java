package dev.gantry.tags;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * The time of the plan.
 *
 * @param zone this machine's own
 */
public record Now(Instant instant, ZoneId zone) {
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
          .withZone(java.time.ZoneOffset.UTC);

  /** The time in UTC with milliseconds, as 2020-01-10T00:30:00.000Z. */
  public String iso() {
    return ISO.format(instant);
  }
}
