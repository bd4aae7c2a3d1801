package dev.gantry.tags.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** A date as a payload or git writes it: ISO 8601, or git's form with blanks. */
public final class JsDate {
  private JsDate() {}

  /**
   * Reads {@code 2020-01-10T00:30:00Z} and its shorter and offset forms, and {@code 2020-01-10
   * 00:30:00 +0100}.
   *
   * @param local the zone of a time without offset; a date alone is meant in UTC
   */
  public static Optional<Instant> parse(String written, ZoneId local) {
    var text = written.strip();
    if (text.startsWith("\"") && text.endsWith("\"") && text.length() > 2) {
      text = text.substring(1, text.length() - 1);
    }
    try {
      return Optional.of(read(text, local));
    } catch (DateTimeException | NumberFormatException | StringIndexOutOfBoundsException _) {
      return Optional.empty();
    }
  }

  private static Instant read(String text, ZoneId local) {
    var date = text.split("[T t]", 2);
    var parts = date[0].split("-", -1);
    var year = digits(parts[0], 4);
    var month = parts.length > 1 ? digits(parts[1], 2) : 1;
    var day = parts.length > 2 ? digits(parts[2], 2) : 1;
    if (parts.length > 3) {
      throw new DateTimeException(text);
    }
    if (date.length == 1) {
      return LocalDateTime.of(year, month, day, 0, 0).toInstant(ZoneOffset.UTC);
    }
    var time = date[1];
    var zoneAt = 0;
    while (zoneAt < time.length() && "0123456789:.".indexOf(time.charAt(zoneAt)) >= 0) {
      zoneAt++;
    }
    var clock = time.substring(0, zoneAt).split("[:.]", -1);
    var seconds = clock.length > 2 ? digits(clock[2], 2) : 0;
    var millis = clock.length > 3 ? Integer.parseInt((clock[3] + "00").substring(0, 3)) : 0;
    var hour = digits(clock[0], 2);
    var stamp =
        LocalDateTime.of(year, month, day, hour == 24 ? 0 : hour, digits(clock[1], 2), seconds)
            .plusDays(hour == 24 ? 1 : 0)
            .plusNanos(millis * 1_000_000L);
    var zone = time.substring(zoneAt).strip();
    if (zone.isEmpty()) {
      return stamp.atZone(local).toInstant();
    }
    return stamp.toInstant(zone.equalsIgnoreCase("Z") ? ZoneOffset.UTC : ZoneOffset.of(zone));
  }

  private static int digits(String text, int length) {
    if (text.length() != length) {
      throw new DateTimeException(text);
    }
    return Integer.parseInt(text);
  }
}
