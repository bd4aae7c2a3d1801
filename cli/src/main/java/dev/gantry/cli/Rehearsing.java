package dev.gantry.cli;

import dev.gantry.Surroundings;
import dev.gantry.login.Credential;
import dev.gantry.login.Secret;
import dev.gantry.oci.Registry;
import dev.gantry.rehearsal.Rehearsal;
import dev.gantry.rehearsal.Settings;
import dev.gantry.rehearsal.auth.User;
import dev.gantry.rehearsal.likeness.Book;
import dev.gantry.rehearsal.likeness.Likeness;
import dev.gantry.wire.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Registries in this process that stand in for the real ones, one for each name, so that names stay
 * apart; each behaves like the kind it stands for, and is signed in to with a password that is made
 * up for this run and good nowhere else.
 */
final class Rehearsing implements AutoCloseable {
  private static final String USER = "rehearsal";

  private final Map<Registry, Rehearsal> running = new LinkedHashMap<>();
  private final Set<Likeness> likenesses = new LinkedHashSet<>();
  private final String password = new BigInteger(130, new SecureRandom()).toString(32);

  /**
   * Starts them.
   *
   * @param asked the kind that {@code --rehearse=KIND} names, for all of them
   * @param kinds the kind of a registry by the rules that hold for it
   */
  Rehearsing(
      Collection<Registry> registries, Optional<String> asked, Function<Registry, String> kinds) {
    try {
      for (var registry : registries) {
        var likeness = likeness(asked, kinds.apply(registry));
        likenesses.add(likeness);
        running.put(registry, Rehearsal.start(settings(likeness)));
      }
    } catch (IOException e) {
      close();
      throw Access.refused(
          "other",
          "the rehearsal registry could not be started: " + e.getMessage(),
          "--rehearse",
          "check that the folder for temporary files can be written");
    }
  }

  private static Likeness likeness(Optional<String> asked, String kind) {
    if (asked.isPresent()) {
      try {
        return Likeness.of(asked.get());
      } catch (IllegalArgumentException e) {
        throw Misuse.of(
            new Text("--rehearse: {0}", "--rehearse：{0}"),
            new Text("name a kind, or none to take the target's own", "请给出种类，或省略以采用目标仓库的种类"),
            String.valueOf(e.getMessage()));
      }
    }
    return Book.kinds().contains(kind) ? Likeness.of(kind) : Likeness.plain();
  }

  private Settings settings(Likeness likeness) {
    return Settings.plain()
        .like(likeness)
        .with(likeness.auth(List.of(User.writer(USER, password)), false));
  }

  /** What the wiring needs to go to them. */
  Surroundings.Standin standin() {
    var endpoints = new LinkedHashMap<Registry, Endpoint>();
    running.forEach((registry, rehearsal) ->
        endpoints.put(registry, new Endpoint(URI.create("http://" + rehearsal.name()))));
    var names = likenesses.stream().map(Likeness::name).distinct().toList();
    return new Surroundings.Standin(
        String.join(", ", names),
        endpoints,
        new Credential.Password(USER, new Secret(password), "a password made for the rehearsal"));
  }

  /** What was needed and is not known of a kind, so that the real one may differ. */
  List<String> notes() {
    var notes = new ArrayList<String>();
    likenesses.forEach(likeness -> notes.addAll(likeness.notes()));
    return notes.stream().distinct().toList();
  }

  @Override
  public void close() {
    for (var rehearsal : running.values()) {
      try {
        rehearsal.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
