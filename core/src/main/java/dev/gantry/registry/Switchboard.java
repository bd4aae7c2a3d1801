package dev.gantry.registry;

import dev.gantry.failure.Failure;
import dev.gantry.http.Transport;
import dev.gantry.login.Credential;
import dev.gantry.login.Credentials;
import dev.gantry.login.SignIn;
import dev.gantry.oci.Registry;
import dev.gantry.oci.Repository;
import dev.gantry.wire.Call;
import dev.gantry.wire.Endpoint;
import dev.gantry.wire.Exchange;
import dev.gantry.wire.Gates;
import dev.gantry.wire.PlainFirst;
import dev.gantry.wire.Retrying;
import dev.gantry.wire.Terms;
import dev.gantry.wire.Throttle;
import dev.gantry.wire.Tries;
import dev.gantry.wire.Wire;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Opens lines to repositories. All of them share the gates of their hosts and one set of terms;
 * each repository signs in for itself, and stays signed in as long as this is in use.
 */
public final class Switchboard {
  private final Terms terms;
  private final Gates gates;
  private final Exchange wire;
  private final Function<Registry, Endpoint> endpoints;
  private final Credentials credentials;
  private final Function<Registry, Optional<String>> tagRemoval;
  private final ConcurrentHashMap<Repository, Exchange> chains = new ConcurrentHashMap<>();
  private final Set<String> told = Line.nothingTold();

  /**
   * A switchboard over this transport.
   *
   * @param gates shared by all switchboards of a run, so that a host sees one client
   * @param endpoints where the bytes for a registry go
   * @param tagRemoval what the registry book says of taking a tag away at a registry
   */
  public Switchboard(
      Transport transport,
      Terms terms,
      Gates gates,
      Function<Registry, Endpoint> endpoints,
      Credentials credentials,
      Function<Registry, Optional<String>> tagRemoval) {
    this.terms = terms;
    this.gates = gates;
    this.wire = new PlainFirst(new Wire(transport, terms.clock(), terms.agent()));
    this.endpoints = endpoints;
    this.credentials = credentials;
    this.tagRemoval = tagRemoval;
  }

  /** The way of a call, from the outside in. */
  private Exchange chain(Endpoint endpoint, SignIn.Lookup credential) {
    var throttle = new Throttle(wire, gates, terms);
    var signIn = new SignIn(throttle, endpoint, terms.clock(), credential);
    return new Retrying(signIn, gates, terms);
  }

  /** A repository to read from. */
  public Target source(Repository repository) {
    return open(repository, "pull");
  }

  /** A repository to read from and write to. */
  public Target target(Repository repository) {
    return open(repository, "pull", "push");
  }

  /** A repository to delete from as well. */
  public Target keeper(Repository repository) {
    return open(repository, "pull", "push", "delete");
  }

  private Target open(Repository repository, String... actions) {
    var endpoint = endpoints.apply(repository.registry());
    var chain =
        chains.computeIfAbsent(repository, _ -> chain(endpoint, () -> credentials.of(repository)));
    var line =
        new Line(
            repository,
            endpoint,
            chain,
            () -> new Tries(gates, terms),
            List.of(actions),
            Failure.Stage.SURVEY,
            terms.events(),
            told);
    return new HttpTarget(line, tagRemoval.apply(repository.registry()));
  }

  /**
   * Requests made to learn about a repository: each goes out once, signed in to afresh, and nothing
   * that is kept here is touched.
   */
  public Probes probes(Repository repository) {
    var endpoint = endpoints.apply(repository.registry());
    var throttle = new Throttle(wire, gates, terms);
    var signIn = new SignIn(throttle, endpoint, terms.clock(), () -> credentials.of(repository));
    var line =
        new Line(
            repository,
            endpoint,
            signIn,
            () -> new Tries(gates, terms),
            List.of("pull", "push"),
            Failure.Stage.SURVEY,
            terms.events(),
            told);
    return new Probes(line, signIn);
  }

  /**
   * Tries a credential out.
   *
   * @throws dev.gantry.failure.PublishException Rejected if the registry does not take it
   */
  public void verify(Registry registry, Credential credential) throws InterruptedException {
    var endpoint = endpoints.apply(registry);
    var ping = Call.of("GET", endpoint.at(""), Failure.Stage.SIGN_IN);
    try (var reply = chain(endpoint, () -> credential).send(ping)) {
      // 404: some registries have nothing there, and refuse a wrong password before they say so.
      if (!reply.ok() && reply.status() != 404) {
        throw reply.rejected();
      }
    }
  }
}
