package dev.gantry.tags.time;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.WeekFields;
import java.util.Optional;

/**
 * A date's form in moment.js' letters (momentjs.com, display, format), in English. Letters that
 * mean something are replaced wherever they stand; text between square brackets is left alone.
 */
public final class DatePattern {
  private static final String ISO = "YYYY-MM-DDTHH:mm:ssZ";
  private static final String[] MONTHS = {
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"
  };
  private static final String[] DAYS = {
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"
  };

  /** What is tried at each place, in this order (moment.js, formattingTokens). */
  private static final String[] TOKENS = {
    "Hmmss",
    "hmmss",
    "Hmm",
    "hmm",
    "Mo",
    "MMMM",
    "MMM",
    "MM",
    "M",
    "Do",
    "DDDo",
    "DDDD",
    "DDD",
    "DD",
    "D",
    "dddd",
    "ddd",
    "dd",
    "do",
    "d",
    "wo",
    "ww",
    "w|",
    "w",
    "Wo",
    "WW",
    "W|",
    "W",
    "Qo",
    "Q",
    "NNNNN",
    "NNNN",
    "NNN",
    "NN",
    "N",
    "YYYYYY",
    "YYYYY",
    "YYYY",
    "YY",
    "yyyy",
    "yyy",
    "yy",
    "yo",
    "y",
    "ggggg",
    "gggg",
    "gg",
    "GGGGG",
    "GGGG",
    "GG",
    "e",
    "E",
    "a",
    "A",
    "hh",
    "h",
    "HH",
    "H",
    "kk",
    "k",
    "mm",
    "m",
    "ss",
    "s",
    "SSSSSSSSS",
    "SSSSSSSS",
    "SSSSSSS",
    "SSSSSS",
    "SSSSS",
    "SSSS",
    "SSS",
    "SS",
    "S",
    "x",
    "X",
    "zz",
    "z",
    "ZZ",
    "Z",
    "Y"
  };

  private static final String[] LONG_FORMS = {
    "LTS", "LT", "LLLL", "LLL", "LL", "L", "llll", "lll", "ll", "l"
  };

  private final Instant when;
  private final Zone zone;
  private final LocalDateTime time;

  private DatePattern(Instant when, Zone zone) {
    this.when = when;
    this.zone = zone;
    this.time = LocalDateTime.ofInstant(when, ZoneOffset.ofTotalSeconds(zone.offset(when) * 60));
  }

  /**
   * Writes a date.
   *
   * @param when empty for one that could not be read, which is written 'Invalid date'
   * @param pattern empty for ISO 8601
   */
  public static String write(Optional<Instant> when, Zone zone, String pattern) {
    return when.map(date -> new DatePattern(date, zone).write(pattern)).orElse("Invalid date");
  }

  private String write(String pattern) {
    if (pattern.isEmpty()) {
      var iso = write(ISO);
      return zone.names().isEmpty() ? iso : iso.replace("+00:00", "Z");
    }
    var expanded = expand(pattern);
    var out = new StringBuilder();
    var at = 0;
    while (at < expanded.length()) {
      var literal = literalEnd(expanded, at);
      if (literal > at) {
        out.append(expanded, at + 1, literal - 1);
        at = literal;
        continue;
      }
      var escaped = expanded.charAt(at) == '\\' && at + 1 < expanded.length();
      var token = token(expanded, escaped ? at + 1 : at, TOKENS);
      var end = (escaped ? at + 1 : at) + Math.max(1, token.length());
      var c = expanded.charAt(end - 1);
      if (escaped && token.isEmpty() && (c == '\n' || c == '\r')) {
        end--;
      } else if (token.isEmpty() || escaped) {
        var text = expanded.substring(escaped ? at + 1 : at, end);
        out.append(text.equals("\n") || text.equals("\r") || text.equals("\\") ? "" : text);
      } else {
        out.append(value(token));
      }
      at = end;
    }
    return out.toString();
  }

  /** The end of text in brackets that begins here, or the same place. */
  private static int literalEnd(String pattern, int at) {
    if (pattern.charAt(at) != '[') {
      return at;
    }
    var next = pattern.indexOf('[', at + 1);
    var close = pattern.lastIndexOf(']', next < 0 ? pattern.length() : next);
    return close > at ? close + 1 : at;
  }

  private static String token(String pattern, int at, String[] tokens) {
    for (var token : tokens) {
      if (pattern.startsWith(token, at)) {
        return token;
      }
    }
    return "";
  }

  /** Replaces the long forms, as LT, by what they stand for in English. */
  private static String expand(String pattern) {
    if (pattern.indexOf('L') < 0 && pattern.indexOf('l') < 0) {
      return pattern;
    }
    var out = new StringBuilder();
    var at = 0;
    while (at < pattern.length()) {
      var end = literalEnd(pattern, at);
      var escaped = pattern.charAt(at) == '\\';
      var form = end > at ? "" : token(pattern, escaped ? at + 1 : at, LONG_FORMS);
      if (form.isEmpty()) {
        end = Math.max(end, at + 1);
        out.append(pattern, at, end);
      } else if (escaped) {
        end = at + 1 + form.length();
        out.append(pattern, at, end);
      } else {
        end = at + form.length();
        out.append(longForm(form));
      }
      at = end;
    }
    return out.toString();
  }

  private static String longForm(String form) {
    return switch (form) {
      case "LTS" -> "h:mm:ss A";
      case "LT" -> "h:mm A";
      case "L" -> "MM/DD/YYYY";
      case "LL" -> "MMMM D, YYYY";
      case "LLL" -> "MMMM D, YYYY h:mm A";
      case "LLLL" -> "dddd, MMMM D, YYYY h:mm A";
      case "l" -> "M/D/YYYY";
      case "ll" -> "MMM D, YYYY";
      case "lll" -> "MMM D, YYYY h:mm A";
      default -> "ddd, MMM D, YYYY h:mm A";
    };
  }

  private String value(String token) {
    return switch (token.charAt(0)) {
      case 'M', 'Q', 'D', 'd', 'e', 'E' -> day(token);
      case 'Y', 'y', 'N', 'g', 'G', 'w', 'W' -> year(token);
      case 'X' -> Long.toString(when.getEpochSecond());
      case 'x' -> Long.toString(when.toEpochMilli());
      case 'z' -> zone.abbreviation(when);
      case 'Z' -> offset(token.equals("Z") ? ":" : "");
      case 'S' -> fraction(token.length());
      default -> clock(token);
    };
  }

  private String day(String token) {
    var month = time.getMonthValue();
    var weekday = time.getDayOfWeek().getValue() % 7;
    return switch (token) {
      case "M" -> "" + month;
      case "Mo" -> ordinal(month);
      case "MM" -> pad(month, 2);
      case "MMM" -> MONTHS[month - 1].substring(0, 3);
      case "MMMM" -> MONTHS[month - 1];
      case "Q" -> "" + time.get(IsoFields.QUARTER_OF_YEAR);
      case "Qo" -> ordinal(time.get(IsoFields.QUARTER_OF_YEAR));
      case "D" -> "" + time.getDayOfMonth();
      case "Do" -> ordinal(time.getDayOfMonth());
      case "DD" -> pad(time.getDayOfMonth(), 2);
      case "DDD" -> "" + time.getDayOfYear();
      case "DDDo" -> ordinal(time.getDayOfYear());
      case "DDDD" -> pad(time.getDayOfYear(), 3);
      case "d", "e" -> "" + weekday;
      case "do" -> ordinal(weekday);
      case "dd" -> DAYS[weekday].substring(0, 2);
      case "ddd" -> DAYS[weekday].substring(0, 3);
      case "dddd" -> DAYS[weekday];
      default -> "" + time.getDayOfWeek().getValue();
    };
  }

  private String year(String token) {
    var year = time.getYear();
    var us = WeekFields.of(DayOfWeek.SUNDAY, 1);
    return switch (token) {
      case "Y" -> year <= 9999 ? pad(year, 4) : "+" + year;
      case "YY" -> pad(year % 100, 2);
      case "YYYY", "YYYYY" -> pad(year, token.length());
      case "YYYYYY" -> "+" + pad(year, 6);
      case "yo" -> ordinal(year);
      case "y", "yy", "yyy", "yyyy" -> pad(year, token.length());
      case "NNNN" -> "Anno Domini";
      case "N", "NN", "NNN", "NNNNN" -> "AD";
      case "gg" -> pad(time.get(us.weekBasedYear()) % 100, 2);
      case "gggg", "ggggg" -> pad(time.get(us.weekBasedYear()), token.length());
      case "GG" -> pad(time.get(IsoFields.WEEK_BASED_YEAR) % 100, 2);
      case "GGGG", "GGGGG" -> pad(time.get(IsoFields.WEEK_BASED_YEAR), token.length());
      case "w" -> "" + time.get(us.weekOfWeekBasedYear());
      case "wo" -> ordinal(time.get(us.weekOfWeekBasedYear()));
      case "ww" -> pad(time.get(us.weekOfWeekBasedYear()), 2);
      case "W" -> "" + time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case "Wo" -> ordinal(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case "WW" -> pad(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2);
      default -> token;
    };
  }

  private String clock(String token) {
    var hour = time.getHour();
    var half = hour % 12 == 0 ? 12 : hour % 12;
    var minutes = pad(time.getMinute(), 2);
    var seconds = pad(time.getSecond(), 2);
    return switch (token) {
      case "H" -> "" + hour;
      case "HH" -> pad(hour, 2);
      case "h" -> "" + half;
      case "hh" -> pad(half, 2);
      case "k" -> "" + (hour == 0 ? 24 : hour);
      case "kk" -> pad(hour == 0 ? 24 : hour, 2);
      case "hmm" -> half + minutes;
      case "hmmss" -> half + minutes + seconds;
      case "Hmm" -> hour + minutes;
      case "Hmmss" -> hour + minutes + seconds;
      case "a" -> hour < 12 ? "am" : "pm";
      case "A" -> hour < 12 ? "AM" : "PM";
      case "m" -> "" + time.getMinute();
      case "mm" -> minutes;
      case "s" -> "" + time.getSecond();
      default -> seconds;
    };
  }

  private String offset(String separator) {
    var minutes = zone.offset(when);
    var size = Math.abs(minutes);
    return (minutes < 0 ? "-" : "+") + pad(size / 60, 2) + separator + pad(size % 60, 2);
  }

  /** Parts of a second; the clock counts milliseconds, further digits are zeros. */
  private String fraction(int digits) {
    var millis = pad(time.get(ChronoField.MILLI_OF_SECOND), 3);
    return digits <= 3 ? millis.substring(0, digits) : millis + "0".repeat(digits - 3);
  }

  private static String ordinal(int number) {
    var tens = number % 100 / 10;
    return number
        + switch (tens == 1 ? 0 : number % 10) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
  }

  private static String pad(int number, int width) {
    var digits = Integer.toString(Math.abs(number));
    return (number < 0 ? "-" : "") + "0".repeat(Math.max(0, width - digits.length())) + digits;
  }
}
