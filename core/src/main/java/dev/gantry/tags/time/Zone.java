package dev.gantry.tags.time;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A time zone of the tz database with what its offsets are called.
 *
 * @param names the abbreviations, in the form of {@code zones.txt}; empty for a machine's own zone,
 *     which has no name here
 */
public record Zone(ZoneId id, String names) {
  /** Names of the tz database that a JDK does not take. */
  private static final Map<String, String> MISSING =
      Map.of("EST", "-05:00", "MST", "-07:00", "HST", "-10:00", "ROC", "Asia/Taipei");

  /** Coordinated universal time. */
  public static final Zone UTC = new Zone(ZoneOffset.UTC, "0=UTC");

  /** A machine's own zone; {@code z} writes nothing for it. */
  public static Zone local(ZoneId id) {
    return new Zone(id, "");
  }

  /**
   * Finds a zone by its name, old names included; letters in any case, and an underscore does for a
   * slash, as moment-timezone has it.
   */
  public static Optional<Zone> find(String name) {
    var wanted = plain(name);
    if (wanted.equals("utc")) {
      return Optional.of(UTC);
    }
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Zone.class.getResourceAsStream("zones.txt")),
                StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var bar = line.indexOf(" | ");
        if (bar < 0) {
          continue;
        }
        for (var zone : line.substring(bar + 3).split(" ", -1)) {
          if (plain(zone).equals(wanted)) {
            return Optional.of(new Zone(ZoneId.of(zone, MISSING), line.substring(0, bar)));
          }
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace('/', '_');
  }

  /** Minutes east of Greenwich at that time. */
  public int offset(Instant when) {
    return id.getRules().getOffset(when).getTotalSeconds() / 60;
  }

  /** What the zone's time is called then, as CET; empty when it has no name. */
  public String abbreviation(Instant when) {
    var key = offset(when) + "=";
    for (var entry : names.split(" ", -1)) {
      if (entry.startsWith(key)) {
        for (var name : entry.substring(key.length()).split(",", -1)) {
          var end = name.indexOf('<');
          if (end < 0 || when.getEpochSecond() < Long.parseLong(name.substring(end + 1))) {
            return end < 0 ? name : name.substring(0, end);
          }
        }
      }
    }
    return "";
  }
}
