package dev.gantry.rehearsal.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A password hash of the form {@code $2y$10$…}, as {@code htpasswd -B} makes it; {@code 2a} and
 * {@code 2b} are the same for passwords up to 72 bytes.
 */
final class Bcrypt {
  private static final Pattern FORM =
      Pattern.compile("\\$2[aby]\\$([0-3][0-9])\\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})");
  private static final String DIGITS =
      "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final byte[] MAGIC =
      "OrpheanBeholderScryDoubt".getBytes(StandardCharsets.US_ASCII);

  /** The longest password that counts, with its closing zero; the rest is ignored. */
  private static final int LONGEST = 72;

  private final int cost;
  private final byte[] salt;
  private final byte[] sum;

  /** Reads a hash; refuses what has another form or a cost outside 4 to 31. */
  Bcrypt(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a bcrypt hash; make one with: htpasswd -nbB USER …");
    }
    cost = Integer.parseInt(matcher.group(1));
    if (cost < 4 || cost > 31) {
      throw new IllegalArgumentException("a bcrypt hash with the cost " + cost);
    }
    salt = decode(matcher.group(2), 16);
    sum = decode(matcher.group(3), 23);
  }

  /** Whether this is the password; takes as long as the cost says. */
  boolean matches(String password) {
    var bytes = password.getBytes(StandardCharsets.UTF_8);
    var key = Arrays.copyOf(bytes, Math.min(bytes.length + 1, LONGEST));
    var cipher = new Blowfish(key, salt, cost);
    int[] text = words();
    for (int i = 0; i < 64; i++) {
      for (int at = 0; at < text.length; at += 2) {
        cipher.encrypt(text, at);
      }
    }
    var actual = new byte[23];
    for (int i = 0; i < actual.length; i++) {
      actual[i] = (byte) (text[i / 4] >>> 24 - 8 * (i % 4));
    }
    return MessageDigest.isEqual(actual, sum);
  }

  private static int[] words() {
    int[] words = new int[MAGIC.length / 4];
    for (int i = 0; i < MAGIC.length; i++) {
      words[i / 4] = words[i / 4] << 8 | MAGIC[i];
    }
    return words;
  }

  private static byte[] decode(String text, int length) {
    var bytes = new byte[length];
    int held = 0;
    int bits = 0;
    int at = 0;
    for (int i = 0; i < text.length() && at < length; i++) {
      held = held << 6 | DIGITS.indexOf(text.charAt(i));
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (byte) (held >>> bits);
      }
    }
    return bytes;
  }
}
