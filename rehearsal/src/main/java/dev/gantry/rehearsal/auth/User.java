package dev.gantry.rehearsal.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Somebody who may sign in.
 *
 * @param actions of {@code pull}, {@code push} and {@code delete}: what is allowed everywhere
 */
public record User(String name, Secret secret, Set<String> actions) {
  private static final Set<String> ALL = Set.of("pull", "push", "delete");

  public User {
    actions = Set.copyOf(actions);
    if (name.isEmpty() || name.contains(":")) {
      throw new IllegalArgumentException("a user name is not empty and has no colon: " + name);
    }
    if (!ALL.containsAll(actions)) {
      throw new IllegalArgumentException("actions are pull, push and delete, not " + actions);
    }
  }

  /** Somebody who may do everything. */
  public static User writer(String name, String password) {
    return new User(name, Secret.plain(password), ALL);
  }

  /** Somebody who may only pull. */
  public static User reader(String name, String password) {
    return new User(name, Secret.plain(password), Set.of("pull"));
  }

  /**
   * The users of an htpasswd file; only bcrypt is read, as with CNCF Distribution.
   *
   * @throws IOException if the file cannot be read or has a line that is not understood
   */
  public static List<User> htpasswd(Path file) throws IOException {
    var users = new ArrayList<User>();
    var lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int colon = line.indexOf(':');
      try {
        if (colon < 0) {
          throw new IllegalArgumentException("no colon between user and hash");
        }
        users.add(
            new User(line.substring(0, colon), Secret.bcrypt(line.substring(colon + 1)), ALL));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + " line " + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    return List.copyOf(users);
  }
}
