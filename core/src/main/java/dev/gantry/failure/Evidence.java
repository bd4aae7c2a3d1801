package dev.gantry.failure;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request and what came of it, with secrets already removed. Made in one place, package {@code
 * wire}; never edited later.
 *
 * @param attempt counted from 1
 * @param bytesSent bytes of the request's body that had left
 */
public record Evidence(
    String method,
    URI url,
    Login sent,
    int attempt,
    Duration took,
    long bytesSent,
    Optional<Answer> answer) {

  /**
   * Which kind of credential went out and where it came from; never the secret.
   *
   * @param kind none, basic, bearer, anonymous-bearer, identity-token
   * @param source for example "config.json auths[ghcr.io]" or "GANTRY_PASSWORD"
   */
  public record Login(String kind, String source) {
    public static final Login NONE = new Login("none", "none");
  }

  /**
   * What the registry said.
   *
   * @param headers by an allow-list, names in lower case
   * @param errors the entries of the body's {@code errors}; empty when it has another form
   * @param excerpt the first 4 KiB of the body as text
   */
  public record Answer(
      int status, Map<String, List<String>> headers, List<Said> errors, String excerpt) {
    public Answer {
      headers = Map.copyOf(headers);
      errors = List.copyOf(errors);
    }
  }

  /** One entry of an error body (distribution-spec, "Error codes"); detail as compact JSON. */
  public record Said(String code, String message, String detail) {}
}
