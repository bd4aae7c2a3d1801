package dev.gantry.http;

import java.io.IOException;
import java.io.Serial;

/** What went wrong when no usable answer came: in which phase, and how. */
public final class HttpFault extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /** How far the exchange had come. */
  public enum Phase {
    RESOLVE,
    CONNECT,
    PROXY,
    TLS,
    SEND,
    WAIT,
    RECEIVE
  }

  /** What was seen. */
  public enum Kind {
    /** The name does not resolve. */
    UNKNOWN_HOST,
    /** Nobody listens there. */
    REFUSED,
    /** No route, network down. */
    UNREACHABLE,
    /** The certificate chain does not end at a trusted authority. */
    TLS_TRUST,
    /** The certificate is for other names. */
    TLS_NAME,
    /** The certificate is expired or not yet valid. */
    TLS_DATES,
    /** The other side speaks no TLS: it answered in plain text. */
    TLS_PLAIN,
    /** Any other failure of the handshake. */
    TLS_OTHER,
    /** A plain request was answered by TLS. */
    PLAIN_TLS,
    /** The proxy refused; the message has its status line. */
    PROXY_REFUSED,
    /** The connection broke off. */
    RESET,
    /** Nothing happened for as long as the phase may take. */
    TIMEOUT,
    /** What came is not HTTP/1.1, or contradicts itself. */
    PROTOCOL,
    /** A limit of ours: header section, redirects. */
    LIMIT,
    /** The content to be sent could not be read here. */
    SOURCE
  }

  private final Phase phase;
  private final Kind kind;
  private final long bytesSent;

  public HttpFault(Phase phase, Kind kind, String message, long bytesSent) {
    super(message);
    this.phase = phase;
    this.kind = kind;
    this.bytesSent = bytesSent;
  }

  public HttpFault(Phase phase, Kind kind, String message, long bytesSent, Throwable cause) {
    super(message, cause);
    this.phase = phase;
    this.kind = kind;
    this.bytesSent = bytesSent;
  }

  public Phase phase() {
    return phase;
  }

  public Kind kind() {
    return kind;
  }

  /** Bytes of the request's body that had left before it ended. */
  public long bytesSent() {
    return bytesSent;
  }
}
