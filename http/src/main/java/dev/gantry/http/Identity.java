package dev.gantry.http;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A private key and its certificate, shown to the other side of a TLS connection.
 *
 * @param chain the certificate of the key first, then those that vouch for it
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {
  public Identity {
    chain = List.copyOf(chain);
  }

  /**
   * From PEM texts.
   *
   * @param certificates one certificate or more, the key's own first
   * @param key unencrypted PKCS#8, PKCS#1 or SEC 1
   * @throws IllegalArgumentException when either holds nothing of that kind
   */
  public static Identity ofPem(String certificates, String key) {
    return new Identity(Pem.key(key), Pem.certificates(certificates));
  }

  /** Made on the spot for these names; a client has to trust {@link #pem}. */
  public static Identity made(List<String> names) {
    return Authority.make("gantry " + names.getFirst()).issue(names);
  }

  /** The certificates as PEM. */
  public String pem() {
    return Pem.of(chain);
  }

  /** Says which certificate; the key never. */
  @Override
  public String toString() {
    return "Identity[" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}
