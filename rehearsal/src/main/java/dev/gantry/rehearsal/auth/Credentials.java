package dev.gantry.rehearsal.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A user name and a password as a client sent them; prints without the password. */
record Credentials(String name, String password) {

  /** Reads the value of an Authorization header; empty if it is not Basic or not understood. */
  static Optional<Credentials> read(String header) {
    if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return Optional.empty();
    }
    try {
      var bytes = Base64.getDecoder().decode(header.substring(6).strip());
      var text = new String(bytes, StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(new Credentials(text.substring(0, colon), text.substring(colon + 1)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** The one of these users whose name and password these are. */
  Optional<User> user(List<User> users) {
    return users.stream()
        .filter(user -> user.name().equals(name))
        .filter(user -> user.secret().matches(password))
        .findFirst();
  }

  @Override
  public String toString() {
    return name;
  }
}
