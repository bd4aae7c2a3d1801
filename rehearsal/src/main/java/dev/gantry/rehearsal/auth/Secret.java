package dev.gantry.rehearsal.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** What a password is compared with; prints as nothing. */
public final class Secret {
  private interface Comparison {
    boolean matches(String password);
  }

  private final Comparison comparison;

  /** The password that was right last, by its SHA-256, so that bcrypt is not paid every time. */
  private volatile Optional<byte[]> known = Optional.empty();

  private Secret(Comparison comparison) {
    this.comparison = comparison;
  }

  /** A password as it is. */
  public static Secret plain(String password) {
    var sum = sha256(password);
    return new Secret(tried -> MessageDigest.isEqual(sum, sha256(tried)));
  }

  /**
   * A bcrypt hash.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static Secret bcrypt(String hash) {
    return new Secret(new Bcrypt(hash)::matches);
  }

  boolean matches(String password) {
    var sum = sha256(password);
    if (known.isPresent() && MessageDigest.isEqual(known.get(), sum)) {
      return true;
    }
    boolean right = comparison.matches(password);
    if (right) {
      known = Optional.of(sum);
    }
    return right;
  }

  private static byte[] sha256(String text) {
    return dev.gantry.rehearsal.store.Digest.Algorithm.SHA256
        .computation()
        .digest(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
