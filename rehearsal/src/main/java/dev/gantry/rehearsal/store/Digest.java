package dev.gantry.rehearsal.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of some bytes by an algorithm that this registry computes (image-spec, descriptor.md,
 * "Registered Algorithms").
 */
public record Digest(Algorithm algorithm, String hex) {

  /** A registered digest algorithm. */
  public enum Algorithm {
    SHA256("sha256", "SHA-256", 64),
    SHA512("sha512", "SHA-512", 128);

    private final String word;
    private final String jdkName;
    private final Pattern hex;

    Algorithm(String word, String jdkName, int length) {
      this.word = word;
      this.jdkName = jdkName;
      this.hex = Pattern.compile("[a-f0-9]{" + length + "}");
    }

    /** The algorithm with this name in a digest, as in {@code sha256}. */
    public static Optional<Algorithm> named(String word) {
      for (var algorithm : values()) {
        if (algorithm.word.equals(word)) {
          return Optional.of(algorithm);
        }
      }
      return Optional.empty();
    }

    /** A fresh computation. */
    public MessageDigest computation() {
      try {
        return MessageDigest.getInstance(jdkName);
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("every JDK has " + jdkName, e);
      }
    }

    @Override
    public String toString() {
      return word;
    }
  }

  public Digest {
    if (!algorithm.hex.matcher(hex).matches()) {
      throw new IllegalArgumentException("not the hexadecimal digits of " + algorithm + ": " + hex);
    }
  }

  /** The digest written here; empty for anything that this registry cannot compute. */
  public static Optional<Digest> parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    var hex = text.substring(colon + 1);
    return Algorithm.named(text.substring(0, colon))
        .filter(algorithm -> algorithm.hex.matcher(hex).matches())
        .map(algorithm -> new Digest(algorithm, hex));
  }

  /** The digest of these bytes. */
  public static Digest of(Algorithm algorithm, byte[] bytes) {
    return finish(algorithm, algorithm.computation().digest(bytes));
  }

  static Digest finish(Algorithm algorithm, byte[] sum) {
    return new Digest(algorithm, HexFormat.of().formatHex(sum));
  }

  @Override
  public String toString() {
    return algorithm + ":" + hex;
  }
}
