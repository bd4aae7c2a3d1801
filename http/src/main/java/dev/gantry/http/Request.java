package dev.gantry.http;

import java.net.URI;
import java.util.function.LongConsumer;

/**
 * One request as it is to be sent. {@code Host}, {@code Content-Length} and {@code
 * Transfer-Encoding} are made by the client from {@code uri} and {@code body}.
 *
 * @param uri absolute, {@code http} or {@code https}; a fragment is not sent
 * @param sent told, while the body goes out, how many bytes of it have left so far
 */
public record Request(String method, URI uri, Headers headers, Body body, LongConsumer sent) {

  /** A request without a body. */
  public static Request of(String method, URI uri) {
    return new Request(method, uri, Headers.NONE, Body.NONE, _ -> {});
  }

  /** The same with these headers. */
  public Request with(Headers replaced) {
    return new Request(method, uri, replaced, body, sent);
  }

  /** The same with this body. */
  public Request with(Body replaced) {
    return new Request(method, uri, headers, replaced, sent);
  }

  /** The same with one header more. */
  public Request plus(String name, String value) {
    return with(headers.plus(name, value));
  }
}
