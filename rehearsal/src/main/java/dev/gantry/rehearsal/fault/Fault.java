package dev.gantry.rehearsal.fault;

import dev.gantry.http.Headers;
import java.net.URI;
import java.time.Duration;

/** Something that goes wrong with a request, or around it. Sizes are bytes of a body. */
public sealed interface Fault {

  /** An answer instead of the work. */
  record Status(int status, Headers headers, String body) implements Fault {}

  /** 429 with a Retry-After, in seconds or as the date that lies so far ahead. */
  record TooMany(long seconds, boolean asDate) implements Fault {}

  /** A page of HTML, as a proxy or a gateway sends it. */
  record Html(int status) implements Fault {}

  /** The disk is full once so much of the body has come: an answer like that of Distribution. */
  record FullDisk(int status, long received) implements Fault {}

  /** Whatever would change the registry is refused; reading works. */
  record ReadOnly() implements Fault {}

  /** The connection is cut when so much of the body has come. */
  record CutReceived(long after) implements Fault {}

  /** The connection is cut when so much of the answer's body has been sent. */
  record CutSent(long after) implements Fault {}

  /** Nothing more is read once so much has come, until the time is over; then a cut. */
  record StallReceived(long after, Duration time) implements Fault {}

  /** Nothing more is sent after so much, until the time is over; then a cut. */
  record StallSent(long after, Duration time) implements Fault {}

  /** Bodies go in both directions no faster than this. */
  record Slow(long bytesPerSecond) implements Fault {}

  /** The work is done, and instead of the answer the connection is cut. */
  record Drop() implements Fault {}

  /** The answer names another digest than that of the content. */
  record WrongDigest() implements Fault {}

  /** One bit of the request's body arrives flipped. */
  record DamageReceived() implements Fault {}

  /** One bit of the answer's body is sent flipped. */
  record DamageSent() implements Fault {}

  /** Before the request is looked at, every token issued so far expires. */
  record ExpireTokens() implements Fault {}

  /** Before the request is looked at, every upload session is forgotten. */
  record LoseSessions() implements Fault {}

  /** A chunk out of order is added silently, as if it were the next. */
  record OutOfOrder() implements Fault {}

  /** The answer has no Location. */
  record NoLocation() implements Fault {}

  /** The answer's Location is moved to another origin. */
  record MoveLocation(URI origin) implements Fault {}

  /** The registry is killed and started again when so much of the body has come. */
  record Restart(long received, boolean losingSessions) implements Fault {}
}
