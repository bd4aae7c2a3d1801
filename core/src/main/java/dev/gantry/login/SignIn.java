package dev.gantry.login;

import dev.gantry.failure.Evidence;
import dev.gantry.wire.Call;
import dev.gantry.wire.Endpoint;
import dev.gantry.wire.Exchange;
import dev.gantry.wire.Reply;
import dev.gantry.wire.Scope;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Signs the calls to one repository's registry. Where there is a credential, the registry is asked
 * for its way of signing in before the first call; some hide what an anonymous caller may not see
 * behind a 404. Tokens are kept for each set of scopes and renewed before they end. A refusal of a
 * token that had been good is answered with a fresh one, once; a refusal of a fresh one is final.
 *
 * <p>A call to any other host goes through as it is: credentials are for the registry and for the
 * token server that it names.
 */
public final class SignIn implements Exchange {
  private final Exchange inner;
  private final Endpoint endpoint;
  private final InstantSource clock;
  private final Lookup lookup;

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Token> tokens = new ArrayList<>();
  private Optional<Way> way = Optional.empty();
  private Optional<Credential> credential = Optional.empty();
  private boolean asked;

  /** Finds the credential; called when it is first needed, and again when it was refused. */
  @FunctionalInterface
  public interface Lookup {
    Credential find() throws InterruptedException;
  }

  public SignIn(Exchange inner, Endpoint endpoint, InstantSource clock, Lookup lookup) {
    this.inner = inner;
    this.endpoint = endpoint;
    this.clock = clock;
    this.lookup = lookup;
  }

  @Override
  public Reply send(Call call) throws InterruptedException {
    if (!endpoint.serves(call.url())) {
      return inner.send(call);
    }
    var needed = Scope.merged(call.scopes());
    var signed = sign(call, needed);
    var reply = inner.send(signed.call());
    for (var spent = new Spent(); ; ) {
      var next = answer(reply, signed, needed, spent);
      if (next.isEmpty()) {
        return reply;
      }
      reply.close();
      needed = next.get();
      signed = sign(call, needed);
      reply = inner.send(signed.call());
    }
  }

  /**
   * Asks the token server anew what it grants; no token that is kept is touched.
   *
   * @throws dev.gantry.failure.PublishException as {@link #send} does, and Rejected where the token
   *     server refuses
   */
  public TokenLook look(List<Scope> scopes) throws InterruptedException {
    return TokenLook.of(inner, endpoint, clock, lookup.find(), scopes);
  }

  /** A call as it goes out; {@code fresh} if its token was fetched for it. */
  private record Signed(Call call, boolean fresh, Optional<Token> token) {}

  /** What was already done about the refusals of one call; each is done once. */
  private static final class Spent {
    private boolean signed;
    private boolean renewed;
    private boolean widened;
  }

  /** The scopes to try again with, or nothing if the reply stands. */
  private Optional<List<Scope>> answer(Reply reply, Signed signed, List<Scope> needed, Spent spent)
      throws InterruptedException {
    if (reply.status() != 401 && reply.status() != 403) {
      return Optional.empty();
    }
    var challenges = Challenge.read(reply);
    var wider = wider(challenges, needed);
    if (wider.isPresent() && signed.token().isPresent() && !spent.widened) {
      spent.widened = true;
      return wider;
    }
    if (reply.status() == 403) {
      return Optional.empty();
    }
    if (signed.call().login().equals(Evidence.Login.NONE)) {
      if (spent.signed || !learn(reply, challenges)) {
        return Optional.empty();
      }
      spent.signed = true;
      spent.renewed = true;
      return Optional.of(needed);
    }
    if (spent.renewed || signed.fresh() || !forget(signed)) {
      return Optional.empty();
    }
    spent.renewed = true;
    learn(reply, challenges);
    return Optional.of(needed);
  }

  /** All scopes of a complaint that they do not suffice (RFC 6750 section 3.1), if it has more. */
  private static Optional<List<Scope>> wider(List<Challenge> challenges, List<Scope> needed) {
    for (var challenge : challenges) {
      if (challenge.param("error").filter("insufficient_scope"::equals).isPresent()) {
        var all = new ArrayList<>(needed);
        all.addAll(Scope.read(challenge.param("scope").orElse("")));
        var merged = Scope.merged(all);
        return merged.equals(needed) ? Optional.empty() : Optional.of(merged);
      }
    }
    return Optional.empty();
  }

  /** Takes note of how to sign in; false if there is no way, or nothing to go it with. */
  private boolean learn(Reply reply, List<Challenge> challenges) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var best = Way.best(reply, endpoint, challenges);
      if (best.isEmpty()) {
        return false;
      }
      way = best;
      return best.get() instanceof Way.Bearer
          || !(credential() instanceof Credential.Anonymous
              || credential() instanceof Credential.RegistryToken);
    } finally {
      lock.unlock();
    }
  }

  /** Drops what was refused; false for a credential that nothing fresh can be had for. */
  private boolean forget(Signed signed) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      signed.token().ifPresent(tokens::remove);
      var before = credential();
      credential = Optional.empty();
      return signed.token().isPresent()
          ? !(before instanceof Credential.RegistryToken)
          : !credential().equals(before);
    } finally {
      lock.unlock();
    }
  }

  private Signed sign(Call call, List<Scope> needed) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (credential() instanceof Credential.RegistryToken ready) {
        var what = new Evidence.Login("bearer", ready.source());
        return new Signed(call.signed(bearer(ready.secret()), what), true, Optional.empty());
      }
      ask(call);
      if (way.isEmpty()) {
        return new Signed(call, false, Optional.empty());
      }
      return switch (way.get()) {
        case Way.Basic _ -> new Signed(withPassword(call), false, Optional.empty());
        case Way.Bearer bearer -> withToken(call, bearer, needed);
      };
    } finally {
      lock.unlock();
    }
  }

  private Signed withToken(Call call, Way.Bearer bearer, List<Scope> needed)
      throws InterruptedException {
    var now = clock.instant();
    for (var token : tokens) {
      if (token.serves(needed, now)) {
        return new Signed(
            call.signed(bearer(token.secret()), token.what()), false, Optional.of(token));
      }
    }
    var token = new TokenServer(inner, clock, bearer).fetch(credential(), needed);
    tokens.removeIf(old -> !now.isBefore(old.renewAt()));
    tokens.addFirst(token);
    return new Signed(call.signed(bearer(token.secret()), token.what()), true, Optional.of(token));
  }

  private Call withPassword(Call call) throws InterruptedException {
    return switch (credential()) {
      case Credential.Password password ->
          call.signed(TokenServer.basic(password), new Evidence.Login("basic", password.source()));
      case Credential.IdentityToken identity ->
          call.signed(
              TokenServer.basic(
                  new Credential.Password("<token>", identity.secret(), identity.source())),
              new Evidence.Login("identity-token", identity.source()));
      case Credential.Anonymous _, Credential.RegistryToken _ -> call;
    };
  }

  /** Asks once for the way of signing in, if there is something to sign in with. */
  private void ask(Call call) throws InterruptedException {
    if (asked || credential() instanceof Credential.Anonymous) {
      return;
    }
    var ping = Call.of("GET", endpoint.at(""), call.stage()).as(Call.Kind.ASIDE);
    try (var reply = inner.send(ping.attempt(call.attempt()))) {
      if (reply.status() == 401) {
        way = Way.best(reply, endpoint, Challenge.read(reply));
      } else if (reply.status() >= 500 || reply.status() == 429) {
        throw reply.rejected();
      }
    }
    asked = true;
  }

  private Credential credential() throws InterruptedException {
    if (credential.isEmpty()) {
      credential = Optional.of(lookup.find());
    }
    return credential.get();
  }

  private static String bearer(Secret secret) {
    return "Bearer " + secret.reveal();
  }
}
