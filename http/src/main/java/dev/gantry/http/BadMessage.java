package dev.gantry.http;

import java.io.IOException;
import java.io.Serial;

/** What came breaks RFC 9112 or one of our limits. */
final class BadMessage extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final HttpFault.Kind kind;
  private final int status;

  private BadMessage(HttpFault.Kind kind, int status, String message) {
    super(message);
    this.kind = kind;
    this.status = status;
  }

  static BadMessage syntax(String message) {
    return new BadMessage(HttpFault.Kind.PROTOCOL, 400, message);
  }

  static BadMessage limit(int status, String message) {
    return new BadMessage(HttpFault.Kind.LIMIT, status, message);
  }

  static BadMessage unknown(int status, String message) {
    return new BadMessage(HttpFault.Kind.PROTOCOL, status, message);
  }

  HttpFault.Kind kind() {
    return kind;
  }

  /** What a server answers to a request like this. */
  int status() {
    return status;
  }
}
