package dev.gantry.login;

import dev.gantry.oci.Bytes;
import dev.gantry.oci.Json;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a token says of itself, read without trusting it: no signature is checked, and nothing is
 * allowed by it. A token that is no JWT says nothing (GHCR, ECR).
 *
 * @param readable whether it is a JWT with claims
 * @param access the claim {@code access} (distribution, "Token Authentication Implementation")
 */
public record Grants(
    boolean readable,
    List<Access> access,
    Optional<Instant> issued,
    Optional<Instant> notBefore,
    Optional<Instant> expires) {

  /** What it allows on one thing. */
  public record Access(String type, String name, Set<String> actions) {
    public Access {
      actions = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(actions));
    }
  }

  static final Grants OPAQUE =
      new Grants(false, List.of(), Optional.empty(), Optional.empty(), Optional.empty());

  public Grants {
    access = List.copyOf(access);
  }

  /** What it allows in a repository; nothing where it does not name it. */
  public Set<String> actions(String repository) {
    var actions = new TreeSet<String>();
    access.stream()
        .filter(one -> one.type().equals("repository") && one.name().equals(repository))
        .forEach(one -> actions.addAll(one.actions()));
    return actions;
  }

  /** Reads the claims of a token (RFC 7519 section 3); anything that is none is opaque. */
  static Grants read(Secret token) {
    var parts = token.reveal().split("\\.", -1);
    if (parts.length != 3) {
      return OPAQUE;
    }
    try {
      var claims = Json.parseObject(Bytes.of(Base64.getUrlDecoder().decode(parts[1])));
      return new Grants(
          true,
          claims.array("access").map(Json.Arr::objects).orElse(List.of()).stream()
              .map(Grants::access)
              .toList(),
          time(claims, "iat"),
          time(claims, "nbf"),
          time(claims, "exp"));
    } catch (IllegalArgumentException _) {
      return OPAQUE;
    }
  }

  private static Access access(Json.Obj json) {
    return new Access(
        json.text("type").orElse(""),
        json.text("name").orElse(""),
        Set.copyOf(new TreeSet<>(json.array("actions").map(Json.Arr::texts).orElse(List.of()))));
  }

  /** Seconds since 1970; a year beyond all reason is none. */
  private static Optional<Instant> time(Json.Obj claims, String name) {
    return claims
        .number(name)
        .filter(seconds -> seconds >= 0 && seconds < Integer.MAX_VALUE * 8L)
        .map(Instant::ofEpochSecond);
  }
}
