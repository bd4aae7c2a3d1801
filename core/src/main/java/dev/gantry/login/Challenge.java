package dev.gantry.login;

import dev.gantry.wire.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One way of signing in that a host offers in {@code WWW-Authenticate} (RFC 9110 section 11.6.1).
 * Several may stand in one field or in several, and commas stand between challenges as well as
 * between their parameters.
 *
 * @param scheme in lower case: {@code basic}, {@code bearer}
 * @param params names in lower case; the last of a name counts
 */
record Challenge(String scheme, Map<String, String> params) {

  Challenge {
    params = Map.copyOf(params);
  }

  Optional<String> param(String name) {
    return Optional.ofNullable(params.get(name));
  }

  /** All challenges of an answer, in their order. */
  static List<Challenge> read(Reply reply) {
    return read(reply.headers("WWW-Authenticate"));
  }

  static List<Challenge> read(List<String> values) {
    var all = new ArrayList<Challenge>();
    for (var value : values) {
      all.addAll(new Reader(value).read());
    }
    return List.copyOf(all);
  }

  /** Reads one field; what cannot be understood is passed over up to the next comma or space. */
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    List<Challenge> read() {
      var found = new ArrayList<Challenge>();
      var scheme = "";
      var params = new LinkedHashMap<String, String>();
      while (at < text.length()) {
        var word = word();
        if (word.isEmpty()) {
          at++;
        } else if (next() == '=' && !scheme.isEmpty()) {
          at = text.indexOf('=', at) + 1;
          params.put(word.toLowerCase(Locale.ROOT), value());
        } else {
          if (!scheme.isEmpty()) {
            found.add(new Challenge(scheme, params));
          }
          scheme = word.toLowerCase(Locale.ROOT);
          params = new LinkedHashMap<>();
        }
      }
      if (!scheme.isEmpty()) {
        found.add(new Challenge(scheme, params));
      }
      return found;
    }

    /** The token that begins here, after spaces and commas. */
    private String word() {
      while (at < text.length() && (text.charAt(at) == ',' || isSpace(text.charAt(at)))) {
        at++;
      }
      var start = at;
      while (at < text.length() && isTokenCharacter(text.charAt(at))) {
        at++;
      }
      return text.substring(start, at);
    }

    /** The first character that is no space, without going there. */
    private char next() {
      var ahead = at;
      while (ahead < text.length() && isSpace(text.charAt(ahead))) {
        ahead++;
      }
      return ahead < text.length() ? text.charAt(ahead) : ' ';
    }

    private String value() {
      while (at < text.length() && isSpace(text.charAt(at))) {
        at++;
      }
      if (at < text.length() && text.charAt(at) == '"') {
        return quoted();
      }
      var start = at;
      while (at < text.length() && text.charAt(at) != ',' && !isSpace(text.charAt(at))) {
        at++;
      }
      return text.substring(start, at);
    }

    private String quoted() {
      var value = new StringBuilder();
      for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        value.append(text.charAt(at));
      }
      at++;
      return value.toString();
    }

    private static boolean isSpace(char c) {
      return c == ' ' || c == '\t';
    }

    private static boolean isTokenCharacter(char c) {
      return c > ' ' && c < 127 && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0;
    }
  }
}
