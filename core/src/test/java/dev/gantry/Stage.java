package dev.gantry;

import dev.gantry.event.Event;
import dev.gantry.login.Credential;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Reference;
import dev.gantry.oci.Registry;
import dev.gantry.rehearsal.Rehearsal;
import dev.gantry.source.Source;
import dev.gantry.wire.Budget;
import dev.gantry.wire.Endpoint;
import dev.gantry.wire.MovingTime;
import dev.gantry.wire.Terms;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** Registries under real names, a clock that only moves, and publishes between them. */
final class Stage implements AutoCloseable {
  static final Registry FIRST = Registry.parse("registry.example");
  static final Registry SECOND = Registry.parse("other.example");

  final Rehearsal first = Rehearsal.start();
  final Rehearsal second = Rehearsal.start();
  final List<Event> events = new CopyOnWriteArrayList<>();
  private final Path home;

  Stage(Path home) throws Exception {
    this.home = home;
  }

  /** Publishes a layout to these references; those of one repository are one destination. */
  Outcome publish(Path layout, String... to) {
    return publish(request(layout, to));
  }

  PublishRequest request(Path layout, String... to) {
    var destinations = new ArrayList<Destination>();
    Arrays.stream(to)
        .map(Reference::parse)
        .map(Destination::of)
        .forEach(one -> {
          var same =
              destinations.stream()
                  .filter(other -> other.repository().equals(one.repository()))
                  .findFirst();
          if (same.isPresent()) {
            var tags = new ArrayList<>(same.get().tags());
            tags.addAll(one.tags());
            destinations.set(
                destinations.indexOf(same.get()), new Destination(one.repository(), tags));
          } else {
            destinations.add(one);
          }
        });
    return PublishRequest.of(Source.parse("oci:" + layout), destinations);
  }

  Outcome publish(PublishRequest request) {
    try (var wiring = wiring(request)) {
      return new Publisher(wiring).publish(request);
    }
  }

  Wiring wiring(PublishRequest request) {
    var around =
        Surroundings.of(Map.of("XDG_CACHE_HOME", home.resolve("cache").toString()), home)
            .with(new Surroundings.Standin("oci", endpoints(), Credential.ANONYMOUS));
    var time = new MovingTime();
    return new Wiring(
        around,
        request.registries(),
        new Terms(time, time, new Random(7), Budget.USUAL, 8, "gantry/test", events::add));
  }

  private Map<Registry, Endpoint> endpoints() {
    var all = new HashMap<Registry, Endpoint>();
    all.put(FIRST, new Endpoint(URI.create("http://" + first.name())));
    all.put(SECOND, new Endpoint(URI.create("http://" + second.name())));
    return all;
  }

  /** Where a tag stands, read without any of the code under test but the client. */
  Optional<Digest> at(String text) throws InterruptedException {
    var reference = Reference.parse(text);
    var request =
        PublishRequest.of(new Source.Remote(reference), List.of(Destination.of(reference)));
    try (var wiring = wiring(request)) {
      return wiring
          .strangers()
          .source(reference.repository())
          .resolve(reference.tag().orElseThrow());
    }
  }

  /** What is not as it should be in either registry. */
  List<String> check() throws Exception {
    var wrong = new ArrayList<>(first.check());
    wrong.addAll(second.check());
    return wrong;
  }

  @Override
  public void close() throws IOException {
    first.close();
    second.close();
  }
}
