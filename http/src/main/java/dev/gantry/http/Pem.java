package dev.gantry.http;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Certificates and private keys as the text files that openssl writes (RFC 7468). */
public final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s([^-]*)-----END \\1-----");
  private static final List<String> KINDS = List.of("EC", "RSA", "Ed25519", "Ed448", "RSASSA-PSS");

  private Pem() {}

  /**
   * Every certificate of a text, in order.
   *
   * @throws IllegalArgumentException when there is none, or one is broken
   */
  public static List<X509Certificate> certificates(String text) {
    var found = new ArrayList<X509Certificate>();
    var blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      if (blocks.group(1).endsWith("CERTIFICATE")) {
        found.add(certificate(decoded(blocks.group(2))));
      }
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException("no BEGIN CERTIFICATE in the text");
    }
    return List.copyOf(found);
  }

  /**
   * The first private key of a text: PKCS#8, PKCS#1 (RSA) or SEC 1 (EC).
   *
   * @throws IllegalArgumentException when there is none, it is encrypted, or broken
   */
  public static PrivateKey key(String text) {
    var blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      var der = blocks.group(2);
      switch (blocks.group(1)) {
        case "PRIVATE KEY" -> {
          return pkcs8(decoded(der));
        }
        case "RSA PRIVATE KEY" -> {
          plainOnly(der);
          return pkcs8(wrapped(decoded(der), Der.oid("1.2.840.113549.1.1.1"), new byte[] {5, 0}));
        }
        case "EC PRIVATE KEY" -> {
          plainOnly(der);
          var sec1 = decoded(der);
          return pkcs8(wrapped(sec1, Der.oid("1.2.840.10045.2.1"), curve(sec1)));
        }
        case "ENCRYPTED PRIVATE KEY" -> throw encrypted();
        default -> {
          // Parameters and certificates may stand in the same file.
        }
      }
    }
    throw new IllegalArgumentException("no BEGIN PRIVATE KEY in the text");
  }

  /** These certificates as text. */
  public static String of(List<X509Certificate> certificates) {
    var text = new StringBuilder();
    var base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    for (var certificate : certificates) {
      try {
        text.append("-----BEGIN CERTIFICATE-----\n")
            .append(base64.encodeToString(certificate.getEncoded()))
            .append("\n-----END CERTIFICATE-----\n");
      } catch (CertificateEncodingException broken) {
        throw new IllegalArgumentException(broken);
      }
    }
    return text.toString();
  }

  /** A private key as PKCS#8 text, for programs that want a file. */
  public static String of(PrivateKey key) {
    var base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN PRIVATE KEY-----\n"
        + base64.encodeToString(key.getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  private static void plainOnly(String block) {
    if (block.contains("ENCRYPTED")) {
      throw encrypted();
    }
  }

  private static IllegalArgumentException encrypted() {
    return new IllegalArgumentException(
        "the private key is encrypted; write it without a password: openssl pkey -in KEY -out"
            + " PLAIN");
  }

  private static byte[] decoded(String base64) {
    return Base64.getMimeDecoder().decode(base64);
  }

  private static X509Certificate certificate(byte[] der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException broken) {
      throw new IllegalArgumentException("a certificate in the text is broken", broken);
    }
  }

  private static PrivateKey pkcs8(byte[] der) {
    var spec = new PKCS8EncodedKeySpec(der);
    for (var kind : KINDS) {
      var key = tried(kind, spec);
      if (key.isPresent()) {
        return key.get();
      }
    }
    throw new IllegalArgumentException("the private key is broken or of an unknown kind");
  }

  private static Optional<PrivateKey> tried(String kind, PKCS8EncodedKeySpec spec) {
    try {
      return Optional.of(KeyFactory.getInstance(kind).generatePrivate(spec));
    } catch (InvalidKeySpecException another) {
      return Optional.empty();
    } catch (GeneralSecurityException missing) {
      return Optional.empty();
    }
  }

  /** PKCS#8 around an older form (RFC 5958 section 2). */
  private static byte[] wrapped(byte[] key, byte[] algorithm, byte[] parameters) {
    return Der.sequence(
        Der.integer(BigInteger.ZERO), Der.sequence(algorithm, parameters), Der.octets(key));
  }

  /**
   * The curve's identifier, which stands in the field tagged [0] of a SEC 1 key (RFC 5915 section
   * 3) behind version and octets; every curve of use has a short one.
   */
  private static byte[] curve(byte[] sec1) {
    for (int at = 2; at + 4 < sec1.length; at++) {
      int length = sec1[at + 1] & 0xff;
      boolean field = (sec1[at] & 0xff) == 0xa0 && sec1[at + 2] == 6;
      if (field && length < 0x20 && (sec1[at + 3] & 0xff) == length - 2) {
        return Arrays.copyOfRange(sec1, at + 2, at + 2 + length);
      }
    }
    throw new IllegalArgumentException("the EC private key does not name its curve");
  }
}
