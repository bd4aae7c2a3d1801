package dev.gantry.http;

import java.util.Locale;
import java.util.OptionalLong;

/** How the end of a message's body is known (RFC 9112 section 6.3). */
sealed interface Framing {
  /** There is no body. */
  record None() implements Framing {}

  /** So many bytes. */
  record Sized(long length) implements Framing {}

  /** Chunks, the last of which is empty. */
  record Chunked() implements Framing {}

  /** Everything until the other side closes; answers only. */
  record UntilClose() implements Framing {}

  /**
   * The framing of a request.
   *
   * @throws BadMessage when Content-Length and Transfer-Encoding leave a doubt
   */
  static Framing of(Head.OfRequest head) throws BadMessage {
    if (head.headers().has("Transfer-Encoding")) {
      return chunked(head);
    }
    var length = length(head.headers());
    return length.isPresent() && length.getAsLong() > 0
        ? new Sized(length.getAsLong())
        : new None();
  }

  /**
   * The framing of the answer to a request with this method.
   *
   * @throws BadMessage when Content-Length and Transfer-Encoding leave a doubt
   */
  static Framing of(Head.OfResponse head, String method) throws BadMessage {
    int status = head.status();
    boolean tunnel = method.equals("CONNECT") && status / 100 == 2;
    if (status / 100 == 1 || status == 204 || status == 304 || tunnel || method.equals("HEAD")) {
      return new None();
    }
    if (head.headers().has("Transfer-Encoding")) {
      return chunked(head);
    }
    var length = length(head.headers());
    if (length.isEmpty()) {
      return new UntilClose();
    }
    return length.getAsLong() == 0 ? new None() : new Sized(length.getAsLong());
  }

  /** Whether the connection may carry another message after this one (section 9.3). */
  static boolean keepsAlive(Head head) {
    boolean close = false;
    boolean keep = false;
    for (var value : head.headers().all("Connection")) {
      for (var option : value.split(",", -1)) {
        close |= option.strip().equalsIgnoreCase("close");
        keep |= option.strip().equalsIgnoreCase("keep-alive");
      }
    }
    return !close && (head.minor() == 1 || keep);
  }

  private static Framing chunked(Head head) throws BadMessage {
    var headers = head.headers();
    if (headers.has("Content-Length")) {
      throw BadMessage.syntax("both Content-Length and Transfer-Encoding");
    }
    if (head.minor() == 0) {
      throw BadMessage.syntax("Transfer-Encoding in HTTP/1.0");
    }
    var codings = String.join(",", headers.all("Transfer-Encoding"));
    if (!codings.strip().toLowerCase(Locale.ROOT).equals("chunked")) {
      throw BadMessage.unknown(501, "Transfer-Encoding other than chunked");
    }
    return new Chunked();
  }

  /** What Content-Length says; the same number said several times counts once. */
  private static OptionalLong length(Headers headers) throws BadMessage {
    var said = headers.all("Content-Length");
    var result = OptionalLong.empty();
    for (var value : said) {
      for (var part : value.split(",", -1)) {
        var digits = part.strip();
        if (!digits.matches("[0-9]{1,18}")) {
          throw BadMessage.syntax("not a Content-Length");
        }
        long length = Long.parseLong(digits);
        if (result.isPresent() && result.getAsLong() != length) {
          throw BadMessage.syntax("several values of Content-Length that differ");
        }
        result = OptionalLong.of(length);
      }
    }
    return result;
  }
}
