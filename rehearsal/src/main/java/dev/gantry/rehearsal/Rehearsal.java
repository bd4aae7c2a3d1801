package dev.gantry.rehearsal;

import dev.gantry.http.Headers;
import dev.gantry.http.HttpServer;
import dev.gantry.http.ServerExchange;
import dev.gantry.http.ServerSettings;
import dev.gantry.rehearsal.auth.Gate;
import dev.gantry.rehearsal.fault.Control;
import dev.gantry.rehearsal.fault.FaultScript;
import dev.gantry.rehearsal.fault.Faults;
import dev.gantry.rehearsal.fault.ScriptedAnswer;
import dev.gantry.rehearsal.fault.ScriptedCut;
import dev.gantry.rehearsal.likeness.Likeness;
import dev.gantry.rehearsal.likeness.LikenessRules;
import dev.gantry.rehearsal.likeness.LikenessTokens;
import dev.gantry.rehearsal.likeness.SeedContent;
import dev.gantry.rehearsal.protocol.Api;
import dev.gantry.rehearsal.protocol.Asked;
import dev.gantry.rehearsal.protocol.Problem;
import dev.gantry.rehearsal.protocol.Refusal;
import dev.gantry.rehearsal.protocol.Reply;
import dev.gantry.rehearsal.store.DiskFault;
import dev.gantry.rehearsal.store.Store;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * A running registry in this process.
 *
 * <p>It has no name of its own: a client may be told that any registry name is found at {@link
 * #uri}, and the registry behaves the same for all of them.
 */
public final class Rehearsal implements AutoCloseable {
  private final Settings settings;
  private final Likeness likeness;
  private final Gate gate;
  private final LikenessRules rules;
  private final Api api;
  private final Faults faults;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Store store;
  private volatile HttpServer server;

  private Rehearsal(Settings settings, Store store) throws IOException {
    this.settings = settings;
    this.store = store;
    this.likeness = settings.likeness();
    this.gate =
        new Gate(
            settings.auth(),
            likeness.tokenPath().orElse("/token"),
            likeness.service().orElse("gantry-rehearsal"),
            new LikenessTokens(likeness, settings.seed(), () -> this.store),
            settings.clock());
    SeedContent.put(settings.seed(), store);
    this.rules =
        new LikenessRules(
            likeness, settings.seed(), () -> this.store.contentSize(), settings.clock());
    this.api = new Api(() -> this.store, likeness.habits(settings.habits()), rules);
    this.faults = new Faults(settings.faults(), new Power(), settings.clock());
    this.server = listen(settings.address());
  }

  /** A plain registry on a free port, with nothing in it, that leaves nothing behind. */
  public static Rehearsal start() throws IOException {
    return start(Settings.plain());
  }

  /**
   * A registry like this.
   *
   * @throws IOException if the address is taken, or the folder is not a store or is in use
   */
  public static Rehearsal start(Settings settings) throws IOException {
    var store =
        settings.store().isPresent()
            ? Store.open(settings.store().get(), settings.sessionsLive())
            : Store.temporary(settings.sessionsLive());
    try {
      return new Rehearsal(settings, store);
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private HttpServer listen(InetSocketAddress address) throws IOException {
    var usual = ServerSettings.DEFAULT;
    // No grace: a registry that is closed or restarted cuts whoever is talking to it.
    var http =
        new ServerSettings(
            usual.head(),
            usual.stall(),
            usual.idle(),
            Duration.ZERO,
            usual.limits(),
            usual.identity(),
            settings.log());
    return HttpServer.start(
        address, settings.identity().map(http::with).orElse(http), this::handle);
  }

  private void handle(ServerExchange exchange) throws IOException, InterruptedException {
    try {
      var faulty = faults.meet(exchange, Api.path(exchange), Api.operation(exchange));
      send(faulty, answer(faulty));
    } catch (ScriptedAnswer scripted) {
      send(exchange, scripted.reply());
    } catch (ScriptedCut _) {
      exchange.cut();
    }
  }

  private Reply answer(ServerExchange exchange) throws IOException {
    try {
      var token = gate.token(exchange);
      return token.isPresent() ? token.get() : answerOfApi(exchange);
    } catch (Refusal refusal) {
      return likeness.replyAtToken(refusal);
    } catch (DiskFault fault) {
      exchange.closeAfter();
      return Reply.errors(
          500, Headers.NONE, List.of(new Problem("UNKNOWN", "the disk: " + fault.getMessage())));
    }
  }

  private Reply answerOfApi(ServerExchange exchange) throws IOException {
    var asked = Optional.<Asked>empty();
    try {
      asked = Optional.of(api.understand(exchange));
      return api.answer(asked.get(), gate.check(asked.get()));
    } catch (Refusal refusal) {
      return likeness.reply(rules.insteadOf(refusal, asked), asked);
    }
  }

  private static void send(ServerExchange exchange, Reply reply) throws IOException {
    exchange.respond(reply.status(), reply.headers(), reply.body());
  }

  /** Where it is, as in {@code http://127.0.0.1:40123/}. */
  public URI uri() {
    return server.uri();
  }

  public int port() {
    return server.port();
  }

  /** Its name in references, as in {@code 127.0.0.1:40123}. */
  public String name() {
    return uri().getAuthority();
  }

  /** Makes every token issued so far count as expired. */
  public void expireTokens() {
    gate.expireTokens();
  }

  /** Throws every upload session away. */
  public void loseSessions() throws IOException {
    store.discardSessions();
  }

  /**
   * Does to this registry what kill -9 and a new start on the same port do: connections are cut,
   * and only what had reached the disk is known.
   */
  public synchronized void restart() throws IOException {
    var address = new InetSocketAddress(settings.address().getAddress(), port());
    server.close();

    store = store.restarted(settings.sessionsLive());
    server = listenAgain(address);
  }

  /** The system frees a port when the last thread has left its listener, which may be later. */
  private HttpServer listenAgain(InetSocketAddress address) throws IOException {
    for (int attempt = 0; ; attempt++) {
      try {
        return listen(address);
      } catch (BindException e) {
        if (attempt == 200 || waitsUntilClosed(Duration.ofMillis(10))) {
          throw e;
        }
      }
    }
  }

  /** Waits for so long; true if the registry was closed meanwhile. */
  private boolean waitsUntilClosed(Duration time) throws InterruptedIOException {
    try {
      return closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted during a restart");
    }
  }

  /**
   * What is not as it must be, best nothing: content with another digest, manifests whose children
   * are missing or have another size, tags of nothing. Waits for a restart under way.
   */
  public synchronized List<String> check() throws IOException {
    return store.check();
  }

  /**
   * What was needed so far and is not known of the kind of registry that this one is like, what was
   * assumed about it, and what the registry book looked for in vain.
   */
  public List<String> notes() {
    return likeness.notes();
  }

  /** What it holds. */
  public Store store() {
    return store;
  }

  /** What goes wrong with requests; lines may be added at any time. */
  public FaultScript faults() {
    return settings.faults();
  }

  /** Waits until it is closed. */
  public void await() throws InterruptedException {
    server.await();
  }

  @Override
  public synchronized void close() throws IOException {
    closed.countDown();
    server.close();
    store.close();
  }

  /** What faults may do to the registry. */
  private final class Power implements Control {
    @Override
    public void expireTokens() {
      Rehearsal.this.expireTokens();
    }

    @Override
    public void loseSessions() throws IOException {
      Rehearsal.this.loseSessions();
    }

    /**
     * On a thread of its own: closing the server interrupts whoever answers a request, also the one
     * whose fault this restart is, and an interrupted thread could not open the store again.
     */
    @Override
    public void restart() throws IOException {
      var work =
          new FutureTask<>(() -> {
            Rehearsal.this.restart();
            return true;
          });
      Thread.ofVirtual().name("gantry-rehearsal-restart").start(work);
      try {
        work.get();
      } catch (ExecutionException e) {
        throw new IOException("the restart failed", e.getCause());
      } catch (InterruptedException _) {
        // It goes on; this connection is one of those that it cuts.
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
      var _ = closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
