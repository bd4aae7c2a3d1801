package dev.gantry.rehearsal.auth;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** The tokens that a registry has issued. */
final class Tokens {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Enough for any test; the oldest are forgotten beyond it. */
  private static final int MOST_OPAQUE = 100_000;

  private final Duration expiry;
  private final Optional<Jwt> jwt;
  private final String service;
  private final InstantSource clock;
  private final ConcurrentMap<String, Grant> opaque = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, String> refresh = new ConcurrentHashMap<>();
  private final AtomicLong serial = new AtomicLong();
  private volatile long revoked;

  Tokens(Auth.Bearer bearer, String service, InstantSource clock) {
    this.expiry = bearer.expiry();
    this.service = service;
    this.clock = clock;
    this.jwt =
        switch (bearer.form()) {
          case OPAQUE -> Optional.empty();
          case HS256 -> Optional.of(Jwt.hs256());
          case ES256 -> Optional.of(Jwt.es256());
        };
  }

  /** A token as a client gets it. */
  record Issued(String text, Instant at, Duration expiry) {}

  Issued issue(String user, List<Scope> scopes) {
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    var grant = new Grant(serial.incrementAndGet(), user, scopes, now, now.plus(expiry));
    if (jwt.isPresent()) {
      return new Issued(jwt.get().write(grant, service), now, expiry);
    }
    if (opaque.size() >= MOST_OPAQUE) {
      opaque.values().removeIf(old -> old.serial() < grant.serial() - MOST_OPAQUE / 2);
    }
    var text = random();
    opaque.put(text, grant);
    return new Issued(text, now, expiry);
  }

  /** What a token says, if it was issued here; {@link #alive} says whether it still counts. */
  Optional<Grant> read(String token) {
    return jwt.isPresent() ? jwt.get().read(token) : Optional.ofNullable(opaque.get(token));
  }

  boolean alive(Grant grant) {
    return grant.serial() > revoked && clock.instant().isBefore(grant.expires());
  }

  /** Makes every token issued so far count as expired. */
  void expireAll() {
    revoked = serial.get();
  }

  /** A token by which this user gets others without the password. */
  String issueRefresh(String user) {
    var text = random();
    refresh.put(text, user);
    return text;
  }

  Optional<String> userOfRefresh(String token) {
    return Optional.ofNullable(refresh.get(token));
  }

  private static String random() {
    var bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
