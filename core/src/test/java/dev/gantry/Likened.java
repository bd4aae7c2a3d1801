package dev.gantry;

import dev.gantry.login.Credential;
import dev.gantry.login.Secret;
import dev.gantry.oci.Reference;
import dev.gantry.oci.Registry;
import dev.gantry.rehearsal.Rehearsal;
import dev.gantry.rehearsal.Settings;
import dev.gantry.rehearsal.auth.User;
import dev.gantry.rehearsal.likeness.Likeness;
import dev.gantry.rehearsal.likeness.SeedFile;
import dev.gantry.rules.Book;
import dev.gantry.rules.Registries;
import dev.gantry.rules.RegistriesFile;
import dev.gantry.source.Source;
import dev.gantry.wire.Budget;
import dev.gantry.wire.Endpoint;
import dev.gantry.wire.Terms;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A registry of some kind under its real name, in a given state, and pushes to it. Everything that
 * was asked of it is kept, so that a test sees which requests were made, and no others.
 */
final class Likened implements AutoCloseable {
  static final String PASSWORD = "likened-password-1f9c";

  final Rehearsal registry;
  final List<String> asked = new CopyOnWriteArrayList<>();
  private final Registry name;
  private final Path home;
  private final Map<String, String> environment = new HashMap<>();
  private Registries registries = Registries.NONE;

  /**
   * Starts it.
   *
   * @param writes whether the user may push at all
   * @param seed the state, as YAML
   */
  Likened(String kind, String name, Path home, boolean writes, String seed) throws IOException {
    this(kind, name, home, writes, seed, InstantSource.system());
  }

  /** The same whose tokens are made by another clock. */
  Likened(String kind, String name, Path home, boolean writes, String seed, InstantSource clock)
      throws IOException {
    this.name = Registry.parse(name);
    this.home = home;
    var likeness = Likeness.of(kind);
    var user = writes ? User.writer("octo", PASSWORD) : User.reader("octo", PASSWORD);
    this.registry =
        Rehearsal.start(
            Settings.plain()
                .like(likeness)
                .with(likeness.auth(List.of(user), true))
                .with(SeedFile.parse("seed", seed))
                .with(clock)
                .logging(one -> asked.add(one.method() + " " + one.target() + " " + one.status())));
    environment.put("XDG_CACHE_HOME", home.resolve("cache").toString());
  }

  /** The same with a variable of the environment. */
  Likened with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** The same, told in the team's file to be of this kind. */
  Likened rules(String kind) {
    var file = home.resolve("registries.yaml");
    var text =
        "registries:\n  - {id: 1, name: team, kind: %s, url: 'https://%s'}\n".formatted(kind, name);
    registries = RegistriesFile.parse(text, file, Book.open());
    return this;
  }

  Surroundings around() {
    var endpoint = new Endpoint(URI.create("http://" + registry.name()));
    var credential = new Credential.Password("octo", new Secret(PASSWORD), "test");
    return Surroundings.of(environment, home)
        .with(registries)
        .with(new Surroundings.Standin("likened", Map.of(name, endpoint), credential));
  }

  Wiring wiring() {
    var terms =
        new Terms(
            InstantSource.system(),
            _ -> {},
            new Random(7),
            new Budget(Duration.ofSeconds(1), Optional.empty()),
            4,
            "gantry/test",
            _ -> {});
    return new Wiring(around(), List.of(name), terms);
  }

  /** A push that does not work. */
  Outcome.Failed refused(Path layout, String to) {
    var request =
        PublishRequest.of(
            Source.parse("oci:" + layout), List.of(Destination.of(Reference.parse(to))));
    try (var wiring = wiring()) {
      var outcome = new Publisher(wiring).publish(request);
      if (outcome instanceof Outcome.Failed failed) {
        return failed;
      }
      throw new AssertionError("it worked: " + outcome);
    }
  }

  @Override
  public void close() throws IOException {
    registry.close();
  }
}
