package dev.gantry.oci;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A guess at what somebody meant who wrote a name that is none. Every guess has been read again and
 * is right; where there is none, nothing is said.
 */
final class Nearest {
  /** Longer text is not worth a guess. */
  private static final int LONGEST = 1024;

  private Nearest() {}

  static Optional<String> reference(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    var plain = plain(text);
    var at = plain.indexOf('@');
    var digest = at < 0 ? "" : digest(plain.substring(at));
    var name = at < 0 ? plain : plain.substring(0, at);
    var late = tagBehindDigest(plain, at);
    var slash = name.indexOf('/');
    var head = slash > 0 ? name.substring(0, slash) : "";
    var hasHost = !head.isEmpty() && Grammar.namesHost(head);
    var right = hasHost ? host(head) : "";
    var odd = head.indexOf('.') >= 0 || head.indexOf(':') != head.lastIndexOf(':');
    if (right.isEmpty() && (name.startsWith("[") || (hasHost && odd))) {
      return Optional.empty();
    }
    var host = right.isEmpty() ? "" : right + "/";
    var rest = right.isEmpty() ? name : name.substring(slash + 1);
    var colon = rest.indexOf(':');
    var path = path(colon < 0 ? rest : rest.substring(0, colon));
    var tag = late.isEmpty() ? lastTag(colon < 0 ? "" : rest.substring(colon + 1)) : late;
    var guess = host + path + (tag.isEmpty() ? "" : ":" + tag(tag)) + digest;
    return checked(guess, text, Reference::read);
  }

  static Optional<String> registry(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    var plain = plain(text);
    var slash = plain.indexOf('/');
    var host = slash < 0 ? plain : plain.substring(0, slash);
    var guess = reads(host + ":443", Registry::read) ? host + ":443" : host(host);
    guess = reads(host, Registry::read) ? host : guess;
    return checked(guess, text, Registry::read);
  }

  /** A host that reads as a registry, or the empty text. */
  private static String host(String text) {
    var right = text.replaceAll("(?<=^|[.])-+|-+(?=$|[.:])", "").replaceAll("[.]{2,}", ".");
    var whole = right.endsWith(":") ? right.substring(0, right.length() - 1) : right;
    return reads(whole, Registry::read) ? whole : "";
  }

  private static Optional<String> checked(String guess, String text, Consumer<String> reading) {
    return Optional.of(guess).filter(right -> !right.equals(text) && reads(right, reading));
  }

  /** Without scheme, without spaces, full-width characters as their plain ones. */
  private static String plain(String text) {
    var narrow = Normalizer.normalize(text, Normalizer.Form.NFKC).replace('。', '.').strip();
    var scheme = narrow.indexOf("://");
    var rest = scheme >= 0 ? narrow.substring(scheme + 3) : narrow;
    var begin = 0;
    while (begin < rest.length() && rest.charAt(begin) == '/') {
      begin++;
    }
    return rest.substring(begin).replaceAll("\\s*([:/@])\\s*", "$1").replaceAll("\\s+", "-");
  }

  /** Each part in lower case, with one separator where something odd stood. */
  private static String path(String path) {
    var parts = new StringBuilder();
    for (var part : path.split("/", -1)) {
      var clean = new StringBuilder();
      var between = new StringBuilder();
      for (int i = 0; i < part.length(); i++) {
        var c = Character.toLowerCase(part.charAt(i));
        if (Grammar.isLowerOrDigit(c)) {
          clean.append(clean.isEmpty() ? "" : separator(between)).append(c);
          between.setLength(0);
        } else {
          between.append(c);
        }
      }
      if (!clean.isEmpty()) {
        parts.append(parts.isEmpty() ? "" : "/").append(clean);
      }
    }
    return parts.toString();
  }

  private static String separator(CharSequence between) {
    var text = between.toString();
    var right =
        text.isEmpty()
            || text.equals(".")
            || text.equals("_")
            || text.equals("__")
            || text.chars().allMatch(c -> c == '-');
    return right ? text : text.chars().allMatch(c -> c == '.') ? "." : "-";
  }

  /** Of two tags the last: the first came with a name that somebody put a tag behind. */
  private static String lastTag(String tags) {
    var colon = tags.lastIndexOf(':');
    return colon < 0 ? tags : tags.substring(colon + 1);
  }

  private static String tag(String text) {
    try {
      return new Tag(text).value();
    } catch (Malformed fault) {
      return fault.nearest().orElse(text);
    }
  }

  private static String tagBehindDigest(String plain, int at) {
    var colon = at < 0 ? -1 : plain.indexOf(':', at);
    var second = colon < 0 ? -1 : plain.indexOf(':', colon + 1);
    return second < 0 ? "" : plain.substring(second + 1);
  }

  private static String digest(String text) {
    var colon = text.indexOf(':');
    var second = colon < 0 ? -1 : text.indexOf(':', colon + 1);
    var digest = second < 0 ? text : text.substring(0, second);
    return digest.equals("@") ? "" : digest.toLowerCase(Locale.ROOT);
  }

  private static boolean reads(String text, Consumer<String> reading) {
    try {
      reading.accept(text);
      return true;
    } catch (Malformed _) {
      return false;
    }
  }
}
