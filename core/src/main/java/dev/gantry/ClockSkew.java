package dev.gantry;

import dev.gantry.login.TokenLook;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How far clocks are apart: this one, the registry's {@code Date}, and the times in a token. */
final class ClockSkew {
  /** Clocks this far apart break tokens (distribution's leeway is 60 s). */
  private static final Duration HARMLESS = Duration.ofSeconds(60);

  private ClockSkew() {}

  /** Seconds that a clock is ahead of the registry's; empty while tokens work. */
  static Optional<Long> seconds(TokenLook look, Instant now) {
    // Where nobody says what time it is there, the token's times are held against this clock.
    var there =
        look.asked().stream()
            .flatMap(one -> one.answer().stream())
            .flatMap(answer -> answer.headers().getOrDefault("date", List.of()).stream())
            .flatMap(text -> date(text).stream())
            .findFirst()
            .orElse(now);
    var times = new ArrayList<>(List.of(now));
    look.grants()
        .ifPresent(grants -> {
          grants.issued().ifPresent(times::add);
          grants.notBefore().filter(there::isBefore).ifPresent(times::add);
          grants.expires().filter(there::isAfter).ifPresent(times::add);
        });
    return times.stream()
        .map(time -> Duration.between(there, time).toSeconds())
        .filter(apart -> Math.abs(apart) > HARMLESS.toSeconds())
        .findFirst();
  }

  /** RFC 9110 section 5.6.7, the preferred form. */
  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip())));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
