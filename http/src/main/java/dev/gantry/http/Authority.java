package dev.gantry.http;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A certificate authority made on the spot, for servers that nobody has given a certificate. P-256
 * and SHA-256; written by RFC 5280, because the JDK has no public way to make a certificate.
 */
public final class Authority {
  private static final String ECDSA_SHA256 = "1.2.840.10045.4.3.2";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int GENERALIZED_TIME = 0x18;

  private final String name;
  private final PrivateKey key;
  private final X509Certificate certificate;

  private Authority(String name, PrivateKey key, X509Certificate certificate) {
    this.name = name;
    this.key = key;
    this.certificate = certificate;
  }

  /** A new authority of this name, good for a year. */
  public static Authority make(String name) {
    var keys = keys();
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    var extensions =
        List.of(
            extension("2.5.29.19", true, Der.sequence(Der.yes())),
            extension("2.5.29.15", true, new byte[] {3, 2, 1, 0x06}),
            extension("2.5.29.14", false, Der.octets(identifier(keys.getPublic()))));
    var certificate =
        signed(
            tbs(
                name,
                name,
                keys,
                now.minus(1, ChronoUnit.DAYS),
                now.plus(365, ChronoUnit.DAYS),
                extensions),
            keys.getPrivate());
    return new Authority(name, keys.getPrivate(), certificate);
  }

  /** What a client has to trust. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** A key and certificate for these host names and IP addresses, good for 90 days. */
  public Identity issue(List<String> names) {
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return issue(names, now.minus(1, ChronoUnit.DAYS), now.plus(90, ChronoUnit.DAYS));
  }

  /** The same, good between these two moments. */
  public Identity issue(List<String> names, Instant from, Instant until) {
    var keys = keys();
    var alternatives = new ArrayList<byte[]>();
    for (var host : names) {
      alternatives.add(
          IpLiteral.parse(host)
              .map(ip -> Der.tagged(0x87, ip.getAddress()))
              .orElseGet(() -> Der.ascii(0x82, host)));
    }
    var extensions =
        List.of(
            extension("2.5.29.17", false, Der.sequence(alternatives.toArray(new byte[0][]))),
            extension(
                "2.5.29.35",
                false,
                Der.sequence(Der.tagged(0x80, identifier(certificate.getPublicKey())))));
    var leaf = signed(tbs(name, names.getFirst(), keys, from, until, extensions), key);
    return new Identity(keys.getPrivate(), List.of(leaf, certificate));
  }

  private static KeyPair keys() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java runtime has no P-256", missing);
    }
  }

  /** The leftmost 160 bits of the SHA-256 of the key (RFC 7093 section 2, method 4). */
  private static byte[] identifier(PublicKey key) {
    try {
      return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()), 20);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java runtime has no SHA-256", missing);
    }
  }

  private static byte[] tbs(
      String issuer,
      String subject,
      KeyPair keys,
      Instant from,
      Instant until,
      List<byte[]> extensions) {
    return Der.sequence(
        Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
        Der.integer(new BigInteger(120, new SecureRandom()).setBit(120)),
        Der.sequence(Der.oid(ECDSA_SHA256)),
        distinguished(issuer),
        Der.sequence(time(from), time(until)),
        distinguished(subject),
        keys.getPublic().getEncoded(),
        Der.tagged(0xa3, Der.sequence(extensions.toArray(new byte[0][]))));
  }

  private static X509Certificate signed(byte[] tbs, PrivateKey key) {
    try {
      var signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(tbs);
      var whole =
          Der.sequence(tbs, Der.sequence(Der.oid(ECDSA_SHA256)), Der.bits(signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(whole));
    } catch (CertificateException wrong) {
      throw new IllegalStateException("the certificate made here is not one", wrong);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java runtime has no ECDSA", missing);
    }
  }

  private static byte[] distinguished(String name) {
    return Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.utf8(name))));
  }

  /** UTCTime up to 2049 and GeneralizedTime from then on (RFC 5280 section 4.1.2.5). */
  private static byte[] time(Instant at) {
    var text = TIME.format(at);
    return at.atZone(ZoneOffset.UTC).getYear() < 2050
        ? Der.ascii(0x17, text.substring(2))
        : Der.tagged(GENERALIZED_TIME, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] extension(String oid, boolean critical, byte[] value) {
    return critical
        ? Der.sequence(Der.oid(oid), Der.yes(), Der.octets(value))
        : Der.sequence(Der.oid(oid), Der.octets(value));
  }
}
