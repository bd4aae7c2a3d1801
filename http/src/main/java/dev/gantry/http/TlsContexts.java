package dev.gantry.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Makes contexts of the JDK's TLS from our values. */
final class TlsContexts {
  private TlsContexts() {}

  static SSLContext server(Identity identity) {
    return context(keyManagers(identity), new TrustManager[0]);
  }

  static SSLContext context(KeyManager[] keys, TrustManager[] trust) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(keys, trust, null);
      return context;
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java runtime has no TLS", missing);
    }
  }

  static KeyManager[] keyManagers(Identity identity) {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "own", identity.key(), new char[0], identity.chain().toArray(new Certificate[0]));
      var factory = KeyManagerFactory.getInstance("PKIX");
      factory.init(store, new char[0]);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException | IOException wrong) {
      throw new IllegalArgumentException("the key does not go with its certificate", wrong);
    }
  }
}
