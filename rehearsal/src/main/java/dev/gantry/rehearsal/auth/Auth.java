package dev.gantry.rehearsal.auth;

import java.time.Duration;
import java.util.List;

/** How a registry wants to be signed in to. */
public sealed interface Auth {

  /** Everybody may do everything. */
  record Open() implements Auth {}

  /**
   * User and password with every request (RFC 7617).
   *
   * @param anonymousPull whether pulling needs no user
   */
  record Basic(List<User> users, boolean anonymousPull) implements Auth {
    public Basic {
      users = List.copyOf(users);
    }
  }

  /**
   * Tokens from this registry's own endpoint {@code /token} (distribution, "Token Authentication
   * Specification").
   *
   * @param anonymousPull whether a token to pull needs no user
   * @param expiry how long a token is good for; whole seconds
   */
  record Bearer(List<User> users, boolean anonymousPull, Duration expiry, Form form)
      implements Auth {
    public Bearer {
      users = List.copyOf(users);
      if (expiry.toSeconds() < 1) {
        throw new IllegalArgumentException("a token is good for a second at least");
      }
    }
  }

  /** What a token looks like. */
  enum Form {
    /** Random text that only this registry understands. */
    OPAQUE,
    /** A JWT signed with HMAC and SHA-256. */
    HS256,
    /** A JWT signed with an elliptic curve key. */
    ES256
  }
}
