package dev.gantry.http;

import java.io.IOException;
import java.util.ArrayList;

/** The start line and header section of one message, read by RFC 9112 without leniency. */
sealed interface Head {
  /** The digit behind {@code HTTP/1.} */
  int minor();

  Headers headers();

  /** What a server reads. */
  record OfRequest(String method, String target, int minor, Headers headers) implements Head {}

  /** What a client reads. */
  record OfResponse(int minor, int status, String reason, Headers headers) implements Head {}

  /** Reads a request head; a single empty line before it is skipped (section 2.2). */
  static OfRequest request(Inlet in, Limits limits) throws IOException {
    var line = in.line(limits.startLine(), 414, "request line");
    if (line.isEmpty()) {
      line = in.line(limits.startLine(), 414, "request line");
    }
    int first = line.indexOf(' ');
    int second = first < 0 ? -1 : line.indexOf(' ', first + 1);
    if (first < 1 || second < first + 2 || line.indexOf(' ', second + 1) >= 0) {
      throw BadMessage.syntax("not a request line: " + shown(line));
    }
    var method = line.substring(0, first);
    var target = line.substring(first + 1, second);
    if (!method.chars().allMatch(Headers::isToken)) {
      throw BadMessage.syntax("not a method: " + shown(method));
    }
    if (!target.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw BadMessage.syntax("not a request target: " + shown(target));
    }
    int minor = minor(line.substring(second + 1));
    return new OfRequest(method, target, minor, section(in, limits, "header section"));
  }

  /** Reads a response head. */
  static OfResponse response(Inlet in, Limits limits) throws IOException {
    var line = in.line(limits.startLine(), 500, "status line");
    int space = line.indexOf(' ');
    if (space < 0 || line.length() < space + 4) {
      throw BadMessage.syntax("not a status line: " + shown(line));
    }
    int minor = minor(line.substring(0, space));
    var code = line.substring(space + 1, space + 4);
    var rest = line.substring(space + 4);
    if (!code.chars().allMatch(c -> c >= '0' && c <= '9')
        || code.charAt(0) == '0'
        || !(rest.isEmpty() || rest.charAt(0) == ' ')) {
      throw BadMessage.syntax("not a status line: " + shown(line));
    }
    var headers = section(in, limits, "header section");
    return new OfResponse(minor, Integer.parseInt(code), rest.strip(), headers);
  }

  /** Reads fields up to and with the empty line. */
  static Headers section(Inlet in, Limits limits, String what) throws IOException {
    var fields = new ArrayList<Headers.Field>();
    int left = limits.headerBytes();
    while (true) {
      var line = in.line(left, 431, what);
      if (line.isEmpty()) {
        return new Headers(fields);
      }
      left -= line.length();
      if (fields.size() == limits.headerCount()) {
        throw BadMessage.limit(431, "more than " + limits.headerCount() + " fields in the " + what);
      }
      fields.add(field(line));
    }
  }

  private static Headers.Field field(String line) throws BadMessage {
    char first = line.charAt(0);
    if (first == ' ' || first == '\t') {
      throw BadMessage.syntax("a folded header line");
    }
    int colon = line.indexOf(':');
    if (colon < 1 || !line.substring(0, colon).chars().allMatch(Headers::isToken)) {
      throw BadMessage.syntax("not a header line: " + shown(line));
    }
    return new Headers.Field(line.substring(0, colon), trimmed(line.substring(colon + 1)));
  }

  /** Optional white space is space and tab only (RFC 9110 section 5.6.3). */
  private static String trimmed(String value) {
    int from = 0;
    int to = value.length();
    while (from < to && (value.charAt(from) == ' ' || value.charAt(from) == '\t')) {
      from++;
    }
    while (to > from && (value.charAt(to - 1) == ' ' || value.charAt(to - 1) == '\t')) {
      to--;
    }
    return value.substring(from, to);
  }

  private static int minor(String version) throws BadMessage {
    return switch (version) {
      case "HTTP/1.1" -> 1;
      case "HTTP/1.0" -> 0;
      default ->
          throw version.matches("HTTP/[0-9]\\.[0-9]")
              ? BadMessage.unknown(505, "version " + version)
              : BadMessage.syntax("not an HTTP version: " + shown(version));
    };
  }

  /** The first 40 characters at most: what stands behind the colon of a header may be a secret. */
  private static String shown(String text) {
    int colon = text.indexOf(':');
    var head = colon > 0 && !text.startsWith("HTTP/") ? text.substring(0, colon + 1) : text;
    return '"' + (head.length() > 40 ? head.substring(0, 40) + "…" : head) + '"';
  }
}
