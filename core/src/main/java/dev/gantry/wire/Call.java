package dev.gantry.wire;

import dev.gantry.failure.Evidence;
import dev.gantry.failure.Failure;
import dev.gantry.http.Body;
import dev.gantry.http.Headers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * One request as a registry client means it: what is sent, why, and what it needs to be allowed.
 *
 * @param sent told, while the body goes out, how many bytes of it have left so far
 * @param stage how far the walk has come; it stands in every failure of this call
 * @param scopes what a token for this call must allow
 * @param kind whether it may simply be sent again
 * @param attempt counted from 1; set by {@link Retrying}
 * @param login what it is signed with; set by the stage that signs in
 */
public record Call(
    String method,
    URI url,
    Headers headers,
    Body body,
    LongConsumer sent,
    Failure.Stage stage,
    List<Scope> scopes,
    Kind kind,
    int attempt,
    Evidence.Login login) {

  /** How a call stands to those before and after it. */
  public enum Kind {
    /** It stands alone and may be sent again. */
    STATELESS,
    /** It moves an upload session on; only the upload knows how to go on after a fault. */
    SESSION,
    /**
     * Stateless, and perhaps made in the middle of another call, as a blob that is read while it is
     * sent on. It takes no place in {@link Throttle}, or the two would wait for each other.
     */
    ASIDE
  }

  public Call {
    scopes = List.copyOf(scopes);
  }

  /** A stateless call without headers and body. */
  public static Call of(String method, URI url, Failure.Stage stage) {
    return new Call(
        method,
        url,
        Headers.NONE,
        Body.NONE,
        _ -> {},
        stage,
        List.of(),
        Kind.STATELESS,
        1,
        Evidence.Login.NONE);
  }

  /** The same with this header, replacing any of that name. */
  public Call with(String name, String value) {
    return new Call(
        method, url, headers.with(name, value), body, sent, stage, scopes, kind, attempt, login);
  }

  /** The same with this body. */
  public Call with(Body replaced, LongConsumer told) {
    return new Call(method, url, headers, replaced, told, stage, scopes, kind, attempt, login);
  }

  /** The same with a form as its body, already encoded: {@code a=1&b=2}. */
  public Call form(String fields) {
    return with("Content-Type", "application/x-www-form-urlencoded")
        .with(new Body.Bytes(fields.getBytes(StandardCharsets.UTF_8)), _ -> {});
  }

  /** The same with these scopes. */
  public Call with(List<Scope> replaced) {
    return new Call(method, url, headers, body, sent, stage, replaced, kind, attempt, login);
  }

  /** The same of another kind. */
  public Call as(Kind replaced) {
    return new Call(method, url, headers, body, sent, stage, scopes, replaced, attempt, login);
  }

  /** The same to another address. */
  public Call to(URI replaced) {
    return new Call(method, replaced, headers, body, sent, stage, scopes, kind, attempt, login);
  }

  /** The same, asked in another way. */
  public Call by(String replaced) {
    return new Call(replaced, url, headers, body, sent, stage, scopes, kind, attempt, login);
  }

  /** The same, sent for the n-th time. */
  public Call attempt(int number) {
    return new Call(method, url, headers, body, sent, stage, scopes, kind, number, login);
  }

  /** The same with an {@code Authorization}, and what may be told about it. */
  public Call signed(String authorization, Evidence.Login what) {
    return new Call(
        method,
        url,
        headers.with("Authorization", authorization),
        body,
        sent,
        stage,
        scopes,
        kind,
        attempt,
        what);
  }

  /** The same, told to carry a credential in its body. */
  public Call told(Evidence.Login what) {
    return new Call(method, url, headers, body, sent, stage, scopes, kind, attempt, what);
  }
}
