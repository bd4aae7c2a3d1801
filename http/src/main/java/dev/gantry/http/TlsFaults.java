package dev.gantry.http;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;

/** Tells the ways apart in which a TLS handshake fails. */
final class TlsFaults {
  private static final int ALERT = 0x15;
  private static final int HANDSHAKE = 0x16;

  private TlsFaults() {}

  /**
   * By the causes inside. The JDK has no type of its own for a name that does not match, only the
   * text of {@code HostnameChecker}.
   */
  static HttpFault.Kind kind(Throwable thrown) {
    var kind = HttpFault.Kind.TLS_OTHER;
    int depth = 0;
    for (Throwable at = thrown; at != null && depth < 12; at = at.getCause(), depth++) {
      if (at instanceof CertificateExpiredException
          || at instanceof CertificateNotYetValidException
          || dates(at)) {
        return HttpFault.Kind.TLS_DATES;
      }
      if (at instanceof CertificateException && named(at)) {
        return HttpFault.Kind.TLS_NAME;
      }
      if (at instanceof CertificateException || at instanceof CertPathValidatorException) {
        kind = HttpFault.Kind.TLS_TRUST;
      }
    }
    return kind;
  }

  private static boolean dates(Throwable at) {
    return at instanceof CertPathValidatorException path
        && (path.getReason() == BasicReason.EXPIRED
            || path.getReason() == BasicReason.NOT_YET_VALID);
  }

  private static boolean named(Throwable at) {
    var text = String.valueOf(at.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("subject alternative") || text.contains("no name matching");
  }

  /** Whether these first bytes are anything but a TLS record. */
  static boolean plain(byte[] beginning) {
    return beginning.length > 0 && beginning[0] != HANDSHAKE && beginning[0] != ALERT;
  }

  /** Whether an answer to a plain request begins as a TLS alert. */
  static boolean alert(byte[] beginning) {
    return beginning.length > 1 && beginning[0] == ALERT && beginning[1] == 3;
  }

  /** The first line of what came in place of TLS, if it can be read. */
  static String firstLine(byte[] beginning) {
    var text = new String(beginning, StandardCharsets.ISO_8859_1);
    var line = text.lines().findFirst().orElse("");
    return line.chars().allMatch(c -> c >= ' ' && c < 0x7f) ? line : "bytes that are no text";
  }

  /** What a handshake that ended with this exception is reported as. */
  static HttpFault fault(Throwable thrown, byte[] beginning, String where) {
    if (plain(beginning)) {
      return new HttpFault(
          HttpFault.Phase.TLS,
          HttpFault.Kind.TLS_PLAIN,
          where + " speaks no TLS; it answered: " + firstLine(beginning),
          0,
          thrown);
    }
    return new HttpFault(
        HttpFault.Phase.TLS, kind(thrown), where + ": " + deepest(thrown), 0, thrown);
  }

  private static String deepest(Throwable thrown) {
    var text = String.valueOf(thrown.getMessage());
    int depth = 0;
    for (Throwable at = thrown; at != null && depth < 12; at = at.getCause(), depth++) {
      text = at.getMessage() == null ? text : at.getMessage();
    }
    return text;
  }
}
