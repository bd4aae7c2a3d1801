package dev.gantry.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Makes an {@link HttpFault} of what the JDK throws. */
final class Faults {
  private Faults() {}

  /**
   * An interrupt closes a channel under whoever is blocked on it; that is no fault of the network.
   */
  static void ifInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** The same exception with the address in its text. */
  static IOException at(InetAddress address, int port, IOException failed) {
    var where = address.getHostAddress() + " port " + port + ": ";
    var text = where + failed.getMessage();
    var again =
        switch (kind(failed)) {
          case TIMEOUT -> new SocketTimeoutException(where + "no answer");
          case REFUSED -> new ConnectException(where + "connection refused");
          default -> new IOException(text);
        };
    again.initCause(failed);
    return again;
  }

  /** No connection came about; every address that was tried is in the message. */
  static HttpFault connecting(String where, List<IOException> failures) {
    var kinds = failures.stream().map(Faults::kind).toList();
    var kind =
        kinds.contains(HttpFault.Kind.REFUSED)
            ? HttpFault.Kind.REFUSED
            : kinds.contains(HttpFault.Kind.TIMEOUT)
                ? HttpFault.Kind.TIMEOUT
                : HttpFault.Kind.UNREACHABLE;
    var each = failures.stream().map(IOException::getMessage).collect(Collectors.joining("; "));
    return new HttpFault(
        HttpFault.Phase.CONNECT,
        kind,
        "no connection to " + where + ": " + each,
        0,
        failures.getLast());
  }

  /** A connection that stood broke off, said something wrong, or fell silent. */
  static HttpFault during(
      HttpFault.Phase phase, String where, Connection connection, long sent, IOException failed)
      throws InterruptedException {
    ifInterrupted();
    if (failed instanceof HttpFault known) {
      return known;
    }
    if (connection.guard().expired()) {
      return new HttpFault(
          phase, HttpFault.Kind.TIMEOUT, where + " fell silent " + words(phase), sent, failed);
    }
    return switch (failed) {
      case BadMessage bad when !connection.secured() && TlsFaults.alert(connection.beginning()) ->
          new HttpFault(
              phase, HttpFault.Kind.PLAIN_TLS, where + " answered in TLS to plain HTTP", sent, bad);
      case BadMessage bad ->
          new HttpFault(
              phase, bad.kind(), where + " sent no proper HTTP: " + bad.getMessage(), sent, bad);
      case Outlet.SourceFault source ->
          new HttpFault(
              HttpFault.Phase.SEND,
              HttpFault.Kind.SOURCE,
              String.valueOf(source.getMessage()),
              sent,
              source);
      case EOFException end ->
          new HttpFault(
              phase,
              HttpFault.Kind.RESET,
              where + " closed the connection " + words(phase) + ": " + end.getMessage(),
              sent,
              end);
      default ->
          new HttpFault(
              phase,
              HttpFault.Kind.RESET,
              where + " broke the connection " + words(phase) + ": " + failed.getMessage(),
              sent,
              failed);
    };
  }

  private static String words(HttpFault.Phase phase) {
    return switch (phase) {
      case RESOLVE, CONNECT -> "while it was made";
      case PROXY -> "while the proxy made the way free";
      case TLS -> "in the TLS handshake";
      case SEND -> "while the request was sent";
      case WAIT -> "before it answered";
      case RECEIVE -> "while its answer came";
    };
  }

  private static HttpFault.Kind kind(IOException failed) {
    var text = String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT);
    if (failed instanceof SocketTimeoutException || text.contains("timed out")) {
      return HttpFault.Kind.TIMEOUT;
    }
    return text.contains("refused") || text.contains("no such file")
        ? HttpFault.Kind.REFUSED
        : HttpFault.Kind.UNREACHABLE;
  }
}
