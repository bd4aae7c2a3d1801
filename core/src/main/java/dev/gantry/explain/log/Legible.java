package dev.gantry.explain.log;

import dev.gantry.oci.Json;
import dev.gantry.oci.Malformed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a line of a log readable: the right letters, no colours, no prefixes that a CI system or a
 * wrapper put before the tool's own words.
 */
final class Legible {
  private static final char ESC = '\u001b';
  private static final Pattern STAMP =
      Pattern.compile(
          "^\\[?\\d{4}[-/]\\d{2}[-/]\\d{2}[T ]\\d{2}:\\d{2}:\\d{2}(?:[.,]\\d{1,9})?"
              + "(?:Z|[+-]\\d{2}:?\\d{2})?]?(?:[ \\t]\\d{2}[OE]\\+?)?[ \\t]*");
  private static final Pattern CLOCK =
      Pattern.compile("^\\[?\\d{2}:\\d{2}:\\d{2}(?:[.,]\\d{1,6})?]?[ \\t]+");
  private static final Pattern MARK =
      Pattern.compile("^(?:##\\[[a-z]{1,12}]|::(?:error|warning|notice|debug|group)[^:]{0,200}::)");
  private static final Pattern COMPOSE = Pattern.compile("^[a-z0-9][a-z0-9_.-]{0,60} {0,20} \\| ");
  private static final Pattern KLOG =
      Pattern.compile("^[IWEF]\\d{4} \\d{2}:\\d{2}:\\d{2}\\.\\d{1,9} +\\d{1,9} \\S{1,80}\\] ");
  private static final Pattern ENTITY = Pattern.compile("&(lt|gt|quot|amp|apos|nbsp|#\\d{2,4});");
  private static final Map<String, String> ENTITIES =
      Map.of("lt", "<", "gt", ">", "quot", "\"", "amp", "&", "apos", "'");
  private static final String SPEAKS_PLAIN = "server gave HTTP response to HTTPS client; ";
  private static final List<String> SPOKEN =
      List.of("msg", "message", "log", "error", "err", "text", "stderr", "status", "detail");

  /** An encoding in which UTF-8 or GBK text was read by mistake, or was written. */
  private static final List<Charset> MISREAD =
      List.of(
          Charset.forName("windows-1252"),
          Charset.forName("windows-1254"),
          StandardCharsets.ISO_8859_1);

  private static final Charset GBK = Charset.forName("GBK");

  private Legible() {}

  /** The text of these bytes; GBK where they are no UTF-8 but could be GBK. */
  static String decode(byte[] bytes, int from, int to) {
    var ascii = true;
    for (var at = from; at < to && ascii; at++) {
      ascii = bytes[at] >= 0;
    }
    if (ascii) {
      return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
    var block = ByteBuffer.wrap(bytes, from, to - from);
    return strictly(StandardCharsets.UTF_8, block)
        .or(() -> strictly(GBK, block))
        .orElseGet(() -> new String(bytes, from, to - from, StandardCharsets.UTF_8));
  }

  private static Optional<String> strictly(Charset charset, ByteBuffer bytes) {
    try {
      return Optional.of(charset.newDecoder().decode(bytes.duplicate()).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  /** The line without what surrounds the tool's words. */
  static String clean(String raw) {
    var text = raw.indexOf(ESC) >= 0 ? withoutColours(raw) : raw;
    text = unlinked(unspoilt(named(text)));
    for (var round = 0; round < 4; round++) {
      var shorter = withoutPrefix(text);
      if (shorter.equals(text)) {
        break;
      }
      text = shorter;
    }
    return lastTry(spoken(text.strip()));
  }

  /**
   * Of a client that tried HTTPS and then plain HTTP, what it met at last: the registry was there,
   * and what it answered is the matter. ({@code go-containerregistry}, transport/ping.go, joins
   * both with a semicolon.)
   */
  static String lastTry(String text) {
    var at = text.indexOf(SPEAKS_PLAIN);
    var rest = at < 0 ? "" : text.substring(at + SPEAKS_PLAIN.length());
    return rest.contains("http://") ? rest : text;
  }

  private static String withoutPrefix(String text) {
    var start = text.stripLeading();
    var tab = start.lastIndexOf('\t', Math.min(160, start.length() - 1));
    if (tab > 0 && tab + 1 < start.length() && Character.isDigit(start.charAt(tab + 1))) {
      start = start.substring(tab + 1); // "job<TAB>step<TAB>time text", as gh run view prints it
    }
    start = without(STAMP, start, "[0123456789");
    start = without(CLOCK, start, "[0123456789");
    start = without(MARK, start, "#:");
    start = without(KLOG, start, "IWEF");
    return start.indexOf(" | ") > 0 ? COMPOSE.matcher(start).replaceFirst("") : start;
  }

  private static String without(Pattern prefix, String text, String beginnings) {
    return text.isEmpty() || beginnings.indexOf(text.charAt(0)) < 0
        ? text
        : prefix.matcher(text).replaceFirst("");
  }

  /** With the letters that a web page wrote as entities. */
  static String named(String text) {
    if (text.indexOf('&') < 0 || text.indexOf(';') < 0) {
      return text;
    }
    return ENTITY
        .matcher(text)
        .replaceAll(entity -> {
          var name = entity.group(1);
          var letter =
              name.startsWith("#")
                  ? Character.toString(Integer.parseInt(name.substring(1)))
                  : ENTITIES.getOrDefault(name, " ");
          return Matcher.quoteReplacement(letter);
        });
  }

  /** Without CSI and OSC sequences (ECMA-48). */
  static String withoutColours(String text) {
    var plain = new StringBuilder(text.length());
    var at = 0;
    while (at < text.length()) {
      if (text.charAt(at) == ESC && at + 1 < text.length()) {
        at = behindSequence(text, at + 1);
      } else {
        plain.append(text.charAt(at++));
      }
    }
    return plain.toString();
  }

  private static int behindSequence(String text, int kind) {
    var at = kind + 1;
    if (text.charAt(kind) == '[') {
      while (at < text.length() && (text.charAt(at) < '@' || text.charAt(at) > '~')) {
        at++;
      }
      return Math.min(at + 1, text.length());
    }
    if (text.charAt(kind) == ']') {
      while (at < text.length() && text.charAt(at) != 7 && text.charAt(at) != ESC) {
        at++;
      }
      return Math.min(at + 1, text.length());
    }
    return at;
  }

  /** Without Markdown links that a web page put in the middle of the text: their label stays. */
  static String unlinked(String text) {
    var link = text.indexOf("](http");
    if (link < 0) {
      return text;
    }
    var plain = new StringBuilder(text);
    while (link >= 0) {
      var open = plain.lastIndexOf("[", link);
      var close = plain.indexOf(")", link);
      if (open < 0 || close < 0) {
        return plain.toString();
      }
      plain.delete(link, close + 1).deleteCharAt(open);
      link = plain.indexOf("](http", Math.max(0, open - 1));
    }
    return plain.toString();
  }

  /** Undoes UTF-8 that was read as a one-byte encoding, when the result is clean. */
  static String unspoilt(String text) {
    var strange = 0;
    for (var at = 0; at < text.length() && strange < 3; at++) {
      strange += text.charAt(at) >= 0x80 ? 1 : 0;
    }
    if (strange < 3) {
      return text;
    }
    return MISREAD.stream()
        .flatMap(charset -> encoded(text, charset).stream())
        .flatMap(bytes -> strictly(StandardCharsets.UTF_8, ByteBuffer.wrap(bytes)).stream())
        .findFirst()
        .orElse(text);
  }

  private static Optional<byte[]> encoded(String text, Charset charset) {
    var bytes = new byte[text.length()];
    return encode(text, charset, bytes) ? Optional.of(bytes) : Optional.empty();
  }

  private static boolean encode(String text, Charset charset, byte[] into) {
    var encoder = charset.newEncoder();
    for (var at = 0; at < text.length(); at++) {
      var c = text.charAt(at);
      if (encoder.canEncode(c)) {
        into[at] = String.valueOf(c).getBytes(charset)[0];
      } else if (c < 256) {
        into[at] = (byte) c; // bytes that have no letter there keep their value
      } else {
        return false;
      }
    }
    return true;
  }

  /** What a JSON log line or a logfmt line says; the text itself when it is neither. */
  static String spoken(String text) {
    if (text.startsWith("{") && text.endsWith("}") && text.contains("\":")) {
      try {
        if (Json.parse(text) instanceof Json.Obj line) {
          var words = SPOKEN.stream().flatMap(name -> line.text(name).stream()).toList();
          if (!words.isEmpty()) {
            return withoutColours(String.join(" ", words)).strip();
          }
        }
      } catch (Malformed _) {
        return text; // braces alone do not make it JSON
      }
    }
    return text;
  }
}
