package dev.gantry;

import dev.gantry.event.Event;
import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.http.ClientSettings;
import dev.gantry.http.HttpClient;
import dev.gantry.http.Proxies;
import dev.gantry.http.Transport;
import dev.gantry.login.Credential;
import dev.gantry.login.Credentials;
import dev.gantry.login.Keychain;
import dev.gantry.oci.Platform;
import dev.gantry.oci.Registry;
import dev.gantry.push.Cores;
import dev.gantry.push.Whereabouts;
import dev.gantry.registry.RemoteReader;
import dev.gantry.registry.Switchboard;
import dev.gantry.rules.Book;
import dev.gantry.rules.OfflineRules;
import dev.gantry.rules.Registries;
import dev.gantry.rules.RegistryRules;
import dev.gantry.source.Artifact;
import dev.gantry.source.BlobCache;
import dev.gantry.source.Dialect;
import dev.gantry.source.Engine;
import dev.gantry.source.Source;
import dev.gantry.source.Sources;
import dev.gantry.wire.Budget;
import dev.gantry.wire.Endpoint;
import dev.gantry.wire.Gates;
import dev.gantry.wire.Pause;
import dev.gantry.wire.Terms;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How the parts of one run hang together: read it from top to bottom. Everything is made here by
 * its constructor, once.
 */
public final class Wiring implements AutoCloseable {
  private final Surroundings around;
  private final Book book = Book.open();
  private final Terms terms;
  private final Transport transport;
  private final Gates gates;
  private final Credentials credentials;
  private final Switchboard targets;
  private final Switchboard sources;
  private final Switchboard strangers;
  private final Whereabouts whereabouts;
  private final Cores cores = new Cores();
  private final Engine engine;
  private final Sources files;

  /**
   * The wiring of a run that writes to these registries.
   *
   * @throws PublishException Refused when the environment contradicts itself
   */
  public Wiring(Surroundings around, Collection<Registry> written, Consumer<Event> events) {
    this(around, written, terms(around, events));
  }

  /** The same with a clock and a patience of its own. */
  Wiring(Surroundings around, Collection<Registry> written, Terms terms) {
    this.around = around;
    this.terms = terms;
    this.transport =
        new HttpClient(
            ClientSettings.DEFAULT.with(proxies(around)).with(around.tls()).as(terms.agent()));
    this.gates = new Gates(this::concurrency);
    var stored = stored(written);
    var rehearsing = around.standin().isPresent();
    this.credentials =
        around.standin().<Credentials>map(one -> _ -> one.credential()).orElse(stored);
    this.targets = switchboard(this::endpoint, credentials);
    this.sources = rehearsing ? switchboard(this::real, stored) : targets;
    this.strangers = switchboard(this::endpoint, Credentials.NONE);
    this.whereabouts =
        rehearsing
            ? Whereabouts.forgetful()
            : Whereabouts.in(around.cache().resolve("whereabouts"));
    this.engine = new Engine(around.environment(), around.home());
    this.files =
        new Sources(
            BlobCache.of(around.environment(), around.home()),
            cores,
            Dialect.OCI,
            System.in,
            engine,
            terms.events());
  }

  private static Terms terms(Surroundings around, Consumer<Event> events) {
    var usual = Terms.usual("gantry/" + version(), events);
    return new Terms(
        usual.clock(),
        usual.pause(),
        usual.random(),
        new Budget(usual.budget().patience(), around.timeout().map(usual.clock().instant()::plus)),
        around.concurrency(),
        usual.agent(),
        events);
  }

  /** Reads what there is to be known of a source before its layers are read. */
  public Artifact read(Source source, Optional<Platform> platform)
      throws IOException, InterruptedException {
    return switch (source) {
      case Source.Local local -> files.read(local, platform);
      case Source.Remote(var reference) ->
          new RemoteReader(sources.source(reference.repository()).at(Failure.Stage.READ), reference)
              .read(platform);
    };
  }

  private Switchboard switchboard(
      java.util.function.Function<Registry, Endpoint> endpoints, Credentials signIn) {
    return new Switchboard(
        transport,
        terms,
        gates,
        endpoints,
        signIn,
        registry -> rules(registry).deletion().way().map(fact -> fact.value()));
  }

  private static Proxies proxies(Surroundings around) {
    try {
      return Proxies.from(around.environment());
    } catch (IllegalArgumentException e) {
      throw new PublishException(
          new Failure.Refused(
              Failure.Stage.REQUEST,
              new Failure.Problem(
                  "net.proxy",
                  "a proxy variable names no proxy: " + e.getMessage(),
                  "environment",
                  "write it as http://HOST:PORT, https://HOST:PORT or socks5://HOST:PORT")));
    }
  }

  /** What was given for this run, then the environment, then the team's file and Docker's. */
  private Credentials stored(Collection<Registry> written) {
    var env = around.environment();
    var places = new ArrayList<Credentials>();
    around
        .credential()
        .ifPresent(given -> written.forEach(one -> places.add(Keychain.only(one, given))));
    places.add(Keychain.environment(env, written));
    var files =
        around
            .authFile()
            .map(file -> Keychain.file(file, env))
            .orElseGet(() -> Keychain.files(env, around.home()));
    places.add(Keychain.declared(around.registries(), env, files));
    return new Keychain(places);
  }

  /** What the team's file says of the host, else what holds for the run. */
  private int concurrency(URI url) {
    return around.registries().entries().stream()
        .filter(entry -> Endpoint.sameOrigin(real(entry.registry()).base(), url))
        .findFirst()
        .flatMap(Registries.Entry::concurrency)
        .orElse(terms.concurrency());
  }

  /** Where the bytes for a registry go in this run. */
  Endpoint endpoint(Registry registry) {
    return around
        .standin()
        .flatMap(standin -> Optional.ofNullable(standin.endpoints().get(registry)))
        .orElseGet(() -> real(registry));
  }

  private Endpoint real(Registry registry) {
    var plain = new HashSet<>(around.plainHttp());
    around.registries().entries().stream()
        .filter(Registries.Entry::plainHttp)
        .forEach(entry -> plain.add(entry.registry().toString()));
    return Endpoint.of(registry, plain);
  }

  /** The rules that hold at a registry. */
  public RegistryRules rules(Registry registry) {
    return around.registries().rules(book, registry);
  }

  public Book book() {
    return book;
  }

  public OfflineRules offline() {
    return new OfflineRules(book, around.registries());
  }

  /** The lines to repositories that are written, or stood in for. */
  public Switchboard targets() {
    return targets;
  }

  /** The lines to repositories that are read as a source. */
  public Switchboard sources() {
    return sources;
  }

  /** The lines of somebody without credentials. */
  public Switchboard strangers() {
    return strangers;
  }

  /** What is signed in with. */
  public Credential credential(dev.gantry.oci.Repository repository) throws InterruptedException {
    return credentials.of(repository);
  }

  /** Whoever hears what goes on. */
  public Consumer<Event> events() {
    return terms.events();
  }

  public Whereabouts whereabouts() {
    return whereabouts;
  }

  public Surroundings around() {
    return around;
  }

  public java.time.InstantSource clock() {
    return terms.clock();
  }

  /** For names that nobody uses yet. */
  java.util.random.RandomGenerator random() {
    return terms.random();
  }

  public Pause pause() {
    return terms.pause();
  }

  @Override
  public void close() {
    engine.close();
    cores.close();
    transport.close();
  }

  /** The version in the manifest of the jar; {@code dev} where there is no jar. */
  public static String version() {
    return Optional.ofNullable(Wiring.class.getPackage().getImplementationVersion()).orElse("dev");
  }
}
