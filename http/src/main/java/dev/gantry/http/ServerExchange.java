package dev.gantry.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.util.OptionalLong;

/** One request as a server got it, and the means to answer it, well or badly. */
public interface ServerExchange {
  String method();

  /** The request target exactly as it came, for example {@code /v2/a/b?n=2}. */
  String target();

  /** The path of the target, still percent-encoded. */
  String path();

  /** The query of the target without its question mark, still encoded; empty if there is none. */
  String query();

  Headers headers();

  /** The body, decoded from its framing. The first read sends {@code 100 Continue} if asked. */
  InputStream body();

  /** What Content-Length said; empty for a chunked body. */
  OptionalLong bodyLength();

  SocketAddress remote();

  /** Whether the connection is TLS. */
  boolean secure();

  /**
   * Answers whole. {@code Content-Length} is made from the body unless the headers have one of
   * their own, which is sent as it is, true or not; HEAD sends nothing of the body.
   */
  void respond(int status, Headers headers, Body body) throws IOException;

  /** Answers in pieces: with this length, or chunked without one. Closing it ends the answer. */
  OutputStream respond(int status, Headers headers, OptionalLong length) throws IOException;

  /**
   * The bytes of the connection as they go out, for answers that no correct server would give. The
   * connection is closed afterwards.
   */
  OutputStream raw();

  /** Whether the header section of the answer has left. */
  boolean answered();

  /** Closes after this answer. */
  void closeAfter();

  /** Cuts the connection at once, with a reset where the socket can. */
  void cut();
}
