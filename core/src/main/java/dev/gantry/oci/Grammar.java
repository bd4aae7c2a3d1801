package dev.gantry.oci;

import java.util.Optional;

/**
 * The grammar of the parts of a reference, as {@code reference.go} and {@code regexp.go} of
 * github.com/distribution/reference state it (read 2026-11). Every check is one pass from left to
 * right, so that no text takes long; what is refused is told with its place in the part.
 */
final class Grammar {
  /** The most characters of a repository's path. */
  static final int LONGEST_PATH = 255;

  /** The fewest hexadecimal digits of a digest: 128 bits. */
  private static final int SHORTEST_DIGEST = 32;

  private Grammar() {}

  /** Refuses what is no repository path. */
  static void checkPath(String path) {
    if (path.isEmpty()) {
      throw fault("the repository name is empty", path, 0);
    }
    var at = 0;
    while (at >= 0) {
      var slash = path.indexOf('/', at);
      checkComponent(path, at, slash < 0 ? path.length() : slash);
      at = slash < 0 ? -1 : slash + 1;
    }
    if (path.length() > LONGEST_PATH) {
      throw fault(
          "the repository name has "
              + path.length()
              + " characters, and "
              + LONGEST_PATH
              + " is the most",
          path,
          LONGEST_PATH);
    }
  }

  private static void checkComponent(String path, int from, int end) {
    if (from == end) {
      var what =
          from == 0
              ? "the repository name begins with '/'"
              : from == path.length()
                  ? "the repository name ends with '/'"
                  : "two slashes follow each other in the repository name";
      throw fault(what, path, from == path.length() && from > 0 ? from - 1 : from);
    }
    var at = from;
    while (at < end) {
      if (isLowerOrDigit(path.charAt(at))) {
        at++;
      } else {
        at = checkSeparator(path, from, at, end);
      }
    }
  }

  /** Checks what stands between letters and digits; gives the place behind it. */
  private static int checkSeparator(String path, int from, int at, int end) {
    var behind = at;
    while (behind < end && isSeparator(path.charAt(behind))) {
      behind++;
    }
    if (behind == at) {
      throw strange("the repository name", path, at);
    }
    var run = path.substring(at, behind);
    if (at == from) {
      throw fault("a part of the repository name begins with '" + run + "'", path, at);
    }
    if (behind == end) {
      throw fault("a part of the repository name ends with '" + run + "'", path, at);
    }
    var right =
        run.equals(".")
            || run.equals("_")
            || run.equals("__")
            || run.chars().allMatch(c -> c == '-');
    if (!right) {
      throw fault(
          "'" + run + "' stands between letters; '.', '_', '__' and any number of '-' may",
          path,
          at);
    }
    return behind;
  }

  private static Malformed strange(String where, String text, int at) {
    var c = text.codePointAt(at);
    if (c >= 'A' && c <= 'Z') {
      return fault(where + " has upper case letters", text, at);
    }
    if (c == '$' || c == '{' || c == '}') {
      return fault(
          where + " has '" + Character.toString(c) + "': a variable that nobody replaced?",
          text,
          at);
    }
    return fault(where + " has '" + Character.toString(c) + "'", text, at);
  }

  /** Refuses what is neither a domain name, nor an IPv4 address, nor an IPv6 one in brackets. */
  static void checkHost(String host) {
    if (host.isEmpty()) {
      throw fault("the registry's host is empty", host, 0);
    }
    if (host.charAt(0) == '[') {
      checkBracketed(host);
      return;
    }
    var from = 0;
    while (from >= 0) {
      var dot = host.indexOf('.', from);
      checkLabel(host, from, dot < 0 ? host.length() : dot);
      from = dot < 0 ? -1 : dot + 1;
    }
  }

  private static void checkBracketed(String host) {
    var close = host.indexOf(']');
    if (close < 0) {
      throw fault("the bracket around the IPv6 address is not closed", host, 0);
    }
    if (close != host.length() - 1) {
      throw fault("behind the IPv6 address stands neither ':port' nor '/'", host, close + 1);
    }
    if (close == 1) {
      throw fault("the brackets hold no IPv6 address", host, 1);
    }
    for (int i = 1; i < close; i++) {
      var c = host.charAt(i);
      if (c == '%') {
        throw fault("an IPv6 address in a reference has no zone", host, i);
      }
      if (c != ':' && !isHex(c)) {
        throw fault("an IPv6 address here is hexadecimal digits and ':' only", host, i);
      }
    }
  }

  private static void checkLabel(String host, int from, int end) {
    if (from == end) {
      throw fault("a part of the registry's host is empty", host, Math.min(from, host.length()));
    }
    for (int i = from; i < end; i++) {
      var c = host.charAt(i);
      if (c == '-' && (i == from || i == end - 1)) {
        var how = i == from ? "begins" : "ends";
        throw fault("a part of the registry's host " + how + " with '-'", host, i);
      }
      if (c != '-' && !isAlphanumeric(c)) {
        throw strange("the registry's host", host, i);
      }
    }
  }

  /**
   * Whether the text before the first slash is a registry: as Docker decides it ({@code
   * splitDockerDomain}), localhost, or with a dot, a colon or an upper case letter in it. Anything
   * else is the first part of a name on Docker Hub.
   */
  static boolean namesHost(String first) {
    return first.equals("localhost")
        || first.indexOf('.') >= 0
        || first.indexOf(':') >= 0
        || first.chars().anyMatch(c -> c >= 'A' && c <= 'Z');
  }

  /**
   * Refuses a digest that the grammar of references does not hold: each part of the algorithm
   * begins with a letter, and there are at least 32 hexadecimal digits. The image-spec allows more.
   */
  static void checkDigest(Digest digest) {
    var text = digest.toString();
    var begin = true;
    for (int i = 0; i < digest.algorithm().length(); i++) {
      var c = digest.algorithm().charAt(i);
      if (begin && !(c >= 'a' && c <= 'z')) {
        throw fault("a digest algorithm begins with a letter", text, i);
      }
      begin = !isAlphanumeric(c);
    }
    var from = digest.algorithm().length() + 1;
    for (int i = from; i < text.length(); i++) {
      if (!isHex(text.charAt(i))) {
        throw fault("a digest in a reference is hexadecimal", text, i);
      }
    }
    if (digest.encoded().length() < SHORTEST_DIGEST) {
      throw fault(
          "the digest has "
              + digest.encoded().length()
              + " hexadecimal digits, and "
              + SHORTEST_DIGEST
              + " is the least",
          text,
          from);
    }
  }

  /** Whether this is 64 hexadecimal digits in lower case: an image's id and never a name. */
  static boolean isIdentifier(String text) {
    return text.length() == 64
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  static boolean isLowerOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  static boolean isAlphanumeric(int c) {
    return isLowerOrDigit(c) || (c >= 'A' && c <= 'Z');
  }

  static boolean isSeparator(int c) {
    return c == '.' || c == '_' || c == '-';
  }

  private static boolean isHex(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  static Malformed fault(String what, String text, int position) {
    return new Malformed(what, text, position, Optional.empty());
  }
}
