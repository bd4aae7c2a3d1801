package dev.gantry.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;

/** An answer whose header section has arrived; its body is still on the way. */
public interface Response extends AutoCloseable {
  int status();

  /** The words behind the status code; may be empty. */
  String reason();

  Headers headers();

  /** Where the answer came from in the end, after any redirects. */
  URI uri();

  /** The redirects on the way to {@link #uri}, first one first; their URIs may hold signatures. */
  List<Redirected> redirects();

  /** The body, decoded from its framing; empty where there is none. */
  InputStream body();

  /**
   * Up to {@code limit} bytes of the body; the rest is left unread.
   *
   * @throws IOException an {@link HttpFault} when the body broke off
   */
  default byte[] bytes(int limit) throws IOException {
    return body().readNBytes(limit);
  }

  /** Gives the connection back if the body was read to its end, and cuts it otherwise. */
  @Override
  void close();
}
