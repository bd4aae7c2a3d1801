package dev.gantry.registry;

import dev.gantry.event.Event;
import dev.gantry.http.ClientSettings;
import dev.gantry.http.HttpClient;
import dev.gantry.login.Credentials;
import dev.gantry.oci.Registry;
import dev.gantry.oci.Repository;
import dev.gantry.wire.Budget;
import dev.gantry.wire.Endpoint;
import dev.gantry.wire.Gates;
import dev.gantry.wire.MovingTime;
import dev.gantry.wire.Terms;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** A switchboard for tests: a registry's name led to some address, and time that only moves. */
public final class Board implements AutoCloseable {
  public static final Registry NAME = Registry.parse("registry.example");

  private final HttpClient client = new HttpClient(ClientSettings.DEFAULT);
  private final MovingTime time;
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final Switchboard switchboard;

  public Board(URI address, Credentials credentials) {
    this(address, credentials, Budget.USUAL, new MovingTime());
  }

  public Board(URI address, Credentials credentials, Budget budget) {
    this(address, credentials, budget, new MovingTime());
  }

  public Board(URI address, Credentials credentials, Budget budget, MovingTime time) {
    this.time = time;
    var base = URI.create(address.getScheme() + "://" + address.getAuthority());
    var terms = new Terms(time, time, new Random(7), budget, 8, "gantry/test", events::add);
    switchboard =
        new Switchboard(
            client,
            terms,
            new Gates(8),
            _ -> new Endpoint(base),
            credentials,
            _ -> Optional.empty());
  }

  public Switchboard switchboard() {
    return switchboard;
  }

  /** A repository to push to. */
  public Target target(String path) {
    return switchboard.target(new Repository(NAME, path));
  }

  /** A repository to delete from. */
  public Target keeper(String path) {
    return switchboard.keeper(new Repository(NAME, path));
  }

  public MovingTime time() {
    return time;
  }

  public List<Event> events() {
    return List.copyOf(events);
  }

  /** The events of one kind. */
  public <T extends Event> List<T> events(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Override
  public void close() {
    client.close();
  }
}
