package dev.gantry.oci;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of some bytes, as in {@code sha256:6c3c…} (image-spec, descriptor.md, "Digests").
 * Algorithms nobody registered are kept as they are and cannot be computed.
 */
public record Digest(String algorithm, String encoded) {
  private static final Pattern ALGORITHM = Pattern.compile("[a-z0-9]+(?:[+._-][a-z0-9]+)*");
  private static final Pattern ENCODED = Pattern.compile("[a-zA-Z0-9=_-]+");
  private static final Pattern HEX = Pattern.compile("[a-f0-9]+");

  /** Refuses what is no digest, and a registered algorithm with text of another length. */
  public Digest {
    var text = algorithm + ":" + encoded;
    if (!ALGORITHM.matcher(algorithm).matches()) {
      throw new Malformed("not a digest algorithm", text, 0, Optional.empty());
    }
    if (!ENCODED.matcher(encoded).matches()) {
      throw new Malformed("not a digest", text, algorithm.length() + 1, Optional.empty());
    }
    var length = hexLength(algorithm);
    if (length > 0 && (encoded.length() != length || !HEX.matcher(encoded).matches())) {
      throw new Malformed(
          "a " + algorithm + " digest has " + length + " lower case hexadecimal digits",
          text,
          algorithm.length() + 1,
          Optional.empty());
    }
  }

  public static Digest parse(String text) {
    var colon = text.indexOf(':');
    if (colon < 0) {
      throw new Malformed("a digest has the form algorithm:hex", text);
    }
    return new Digest(text.substring(0, colon), text.substring(colon + 1));
  }

  /** The SHA-256 digest of these bytes. */
  public static Digest of(byte[] bytes) {
    return finish("sha256", sha256().digest(bytes));
  }

  /** A digest from what a {@link MessageDigest} gave. */
  public static Digest finish(String algorithm, byte[] sum) {
    return new Digest(algorithm, HexFormat.of().formatHex(sum));
  }

  /** A fresh SHA-256, to be fed by hand. */
  public static MessageDigest sha256() {
    return algorithm("SHA-256");
  }

  /** A fresh computation of this digest's algorithm; empty if the algorithm is not registered. */
  public Optional<MessageDigest> computation() {
    return switch (algorithm) {
      case "sha256" -> Optional.of(algorithm("SHA-256"));
      case "sha512" -> Optional.of(algorithm("SHA-512"));
      default -> Optional.empty();
    };
  }

  /** The first twelve characters, for people who compare by eye. */
  public String brief() {
    return encoded.length() > 12 ? encoded.substring(0, 12) : encoded;
  }

  private static int hexLength(String algorithm) {
    return switch (algorithm) {
      case "sha256" -> 64;
      case "sha512" -> 128;
      default -> 0;
    };
  }

  private static MessageDigest algorithm(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has " + name, e);
    }
  }

  @Override
  public String toString() {
    return algorithm + ":" + encoded;
  }
}
