package dev.gantry.http;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Asks the given authorities first and those that Java trusts only when they do not vouch: reading
 * the latter takes longer than a handshake, and a registry with its own authority never needs them.
 */
final class Trust extends X509ExtendedTrustManager {
  private final List<Supplier<X509ExtendedTrustManager>> managers;

  private Trust(List<Supplier<X509ExtendedTrustManager>> managers) {
    this.managers = managers;
  }

  /** What these rules trust. */
  static X509ExtendedTrustManager of(Tls.Rules rules) {
    if (rules.insecure()) {
      return new Anyone();
    }
    Supplier<X509ExtendedTrustManager> standard = Once.of(Trust::standard);
    if (rules.authorities().isEmpty()) {
      return standard.get();
    }
    var own = from(store(rules.authorities()));
    return new Trust(List.of(() -> own, standard));
  }

  private static X509ExtendedTrustManager standard() {
    return from(null);
  }

  private static X509ExtendedTrustManager from(@Nullable KeyStore store) {
    try {
      var factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      for (var manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager extended) {
          return extended;
        }
      }
      throw new IllegalStateException("this Java runtime has no PKIX trust manager");
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("the certificates that Java trusts cannot be read", broken);
    }
  }

  private static KeyStore store(List<X509Certificate> authorities) {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry("ca" + i, authorities.get(i));
      }
      return store;
    } catch (GeneralSecurityException | IOException broken) {
      throw new IllegalArgumentException("an authority's certificate cannot be used", broken);
    }
  }

  private interface Check {
    void by(X509ExtendedTrustManager manager) throws CertificateException;
  }

  /** The verdict of the first that vouches; otherwise the one that says more than "unknown". */
  private void first(Check check) throws CertificateException {
    CertificateException verdict = new CertificateException("nobody vouches");
    for (var manager : managers) {
      try {
        check.by(manager.get());
        return;
      } catch (CertificateException no) {
        var kind = TlsFaults.kind(verdict);
        if (kind != HttpFault.Kind.TLS_DATES && kind != HttpFault.Kind.TLS_NAME) {
          verdict = no;
        }
      }
    }
    throw verdict;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
      throws CertificateException {
    first(manager -> manager.checkServerTrusted(chain, kind, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
      throws CertificateException {
    first(manager -> manager.checkServerTrusted(chain, kind, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
    first(manager -> manager.checkServerTrusted(chain, kind));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket)
      throws CertificateException {
    first(manager -> manager.checkClientTrusted(chain, kind, socket));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
      throws CertificateException {
    first(manager -> manager.checkClientTrusted(chain, kind, engine));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
    first(manager -> manager.checkClientTrusted(chain, kind));
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  /** Takes any certificate: for hosts that the user called insecure, and only there. */
  private static final class Anyone extends X509ExtendedTrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
