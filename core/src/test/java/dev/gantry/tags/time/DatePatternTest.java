package dev.gantry.tags.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dates in moment.js' letters; the expected texts come from moment 2.30. */
class DatePatternTest {
  private static final Optional<Instant> WHEN =
      Optional.of(Instant.parse("2024-12-31T23:59:58.987Z"));

  private static Zone zone(String name) {
    return Zone.find(name).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "YYYYMMDD-HHmmss | 20241231-235958",
        "YY.M.D Y YYYYY YYYYYY | 24.12.31 2024 02024 +002024",
        "Q Qo Mo Do DDDo wo Wo do | 4 4th 12th 31st 366th 1st 1st 2nd",
        "DDD DDDD MMM MMMM | 366 366 Dec December",
        "d dd ddd dddd e E | 2 Tu Tue Tuesday 2 2",
        "w ww W WW gg gggg GG GGGG | 1 01 1 01 25 2025 25 2025",
        "N NNNN y yo | AD Anno Domini 2024 2024th",
        "h hh H HH k kk a A | 11 11 23 23 23 23 pm PM",
        "hmm hmmss Hmm Hmmss | 1159 115958 2359 235958",
        "S SS SSS SSSS SSSSSSSSS | 9 98 987 9870 987000000",
        "X x | 1735689598 1735689598987",
        "Z ZZ z zz | +00:00 +0000 UTC UTC",
        "LT LTS L l | 11:59 PM 11:59:58 PM 12/31/2024 12/31/2024",
        "LL ll | December 31, 2024 Dec 31, 2024",
        "LLLL | Tuesday, December 31, 2024 11:59 PM",
        "[literal] YYYY[Q]Q | literal 2024Q4",
        "\\YYYY \\[x] | YYYY [1735689598987]",
        "ISO | I9O",
        "[a[b]c] | [pmb]c",
        "ggg | 25g"
      })
  void writesEachToken(String pattern, String expected) {
    assertThat(DatePattern.write(WHEN, Zone.UTC, pattern)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "Asia/Tokyo, 2025-01-01 08:59 +09:00 JST",
    "asia/tokyo, 2025-01-01 08:59 +09:00 JST",
    "America_New_York, 2024-12-31 18:59 -05:00 EST",
    "US/Pacific, 2024-12-31 15:59 -08:00 PST",
    "Europe/Berlin, 2025-01-01 00:59 +01:00 CET",
    "Asia/Kathmandu, 2025-01-01 05:44 +05:45 +0545",
    "Etc/GMT+5, 2024-12-31 18:59 -05:00 -05",
    "EST, 2024-12-31 18:59 -05:00 EST",
    "MST, 2024-12-31 16:59 -07:00 MST",
    "ROC, 2025-01-01 07:59 +08:00 CST",
    "America/Sao_Paulo, 2024-12-31 20:59 -03:00 -03"
  })
  void knowsZonesAndWhatTheyAreCalled(String name, String expected) {
    assertThat(DatePattern.write(WHEN, zone(name), "YYYY-MM-DD HH:mm Z z")).isEqualTo(expected);
  }

  @Test
  void abbreviationsFollowHistory() {
    var moscow = zone("Europe/Moscow");
    assertThat(moscow.abbreviation(Instant.parse("2009-07-01T00:00:00Z"))).isEqualTo("MSD");
    assertThat(moscow.abbreviation(Instant.parse("2012-07-01T00:00:00Z"))).isEqualTo("MSK");
    assertThat(moscow.abbreviation(Instant.parse("2020-07-01T00:00:00Z"))).isEqualTo("MSK");
  }

  @Test
  void unknownZonesAreUnknown() {
    assertThat(Zone.find("Mars/Base")).isEmpty();
    assertThat(Zone.find("+02:00")).isEmpty();
  }

  @Test
  void withoutPatternItIsIso() {
    assertThat(DatePattern.write(WHEN, Zone.UTC, "")).isEqualTo("2024-12-31T23:59:58Z");
    var local = Zone.local(ZoneOffset.UTC);
    assertThat(DatePattern.write(WHEN, local, "")).isEqualTo("2024-12-31T23:59:58+00:00");
    assertThat(DatePattern.write(Optional.empty(), Zone.UTC, "YYYY")).isEqualTo("Invalid date");
  }

  @ParameterizedTest
  @CsvSource({
    "2019-12-25T10:20:30Z, 2019-12-25T10:20:30Z",
    "2019-12-25T10:20:30.5Z, 2019-12-25T10:20:30.500Z",
    "2019-12-25T10:20:30+05:30, 2019-12-25T04:50:30Z",
    "2019-12-25 10:20:30 +0200, 2019-12-25T08:20:30Z",
    "2019-12-25, 2019-12-25T00:00:00Z",
    "2019-12-25T10:20, 2019-12-25T10:20:00Z"
  })
  void readsDatesOfPayloadsAndGit(String written, String expected) {
    assertThat(JsDate.parse(written, ZoneId.of("UTC"))).contains(Instant.parse(expected));
  }

  @ParameterizedTest
  @CsvSource({"bad", "2019-13-01", "2019-12-25Tx", "19-12-25"})
  void refusesOtherDates(String written) {
    assertThat(JsDate.parse(written, ZoneId.of("UTC"))).isEmpty();
  }
}
