package dev.gantry;

import dev.gantry.http.Tls;
import dev.gantry.login.Credential;
import dev.gantry.oci.Registry;
import dev.gantry.rules.Registries;
import dev.gantry.wire.Endpoint;
import dev.gantry.wire.Terms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a run finds around it and what it was told about the way to registries.
 *
 * @param registries the team's own
 * @param plainHttp hosts, or host:port, spoken to without TLS, besides those of {@code registries}
 * @param tls whom to trust, and as whom to show oneself
 * @param authFile the only file in which credentials are looked for
 * @param credential given for the targets; everything else is looked for as usual
 * @param concurrency requests to one host at a time, at most
 * @param timeout after which nothing is tried again
 */
public record Surroundings(
    Map<String, String> environment,
    Path home,
    Registries registries,
    Set<String> plainHttp,
    Tls tls,
    Optional<Path> authFile,
    Optional<Credential> credential,
    Optional<Standin> standin,
    int concurrency,
    Optional<Duration> timeout) {

  /**
   * Registries that stand in for the real ones: a rehearsal. Nothing of it reaches the real ones,
   * and nothing that is learnt in it is believed about them.
   *
   * @param kind the word for it in the receipt
   * @param credential made for them, and good nowhere else
   */
  public record Standin(String kind, Map<Registry, Endpoint> endpoints, Credential credential) {
    public Standin {
      endpoints = Map.copyOf(endpoints);
    }
  }

  public Surroundings {
    environment = Map.copyOf(environment);
    plainHttp = Set.copyOf(plainHttp);
  }

  /** This process and its user, with nothing special about any registry. */
  public static Surroundings here() {
    return of(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** The same for another user and environment. */
  public static Surroundings of(Map<String, String> environment, Path home) {
    return new Surroundings(
        environment,
        home,
        Registries.NONE,
        Set.of(),
        Tls.DEFAULT,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Terms.USUAL_CONCURRENCY,
        Optional.empty());
  }

  /** The same with a team's registries. */
  public Surroundings with(Registries other) {
    return new Surroundings(
        environment,
        home,
        other,
        plainHttp,
        tls,
        authFile,
        credential,
        standin,
        concurrency,
        timeout);
  }

  /** The same with a credential for the targets. */
  public Surroundings with(Credential given) {
    return new Surroundings(
        environment,
        home,
        registries,
        plainHttp,
        tls,
        authFile,
        Optional.of(given),
        standin,
        concurrency,
        timeout);
  }

  /** The same with registries that stand in. */
  public Surroundings with(Standin other) {
    return new Surroundings(
        environment,
        home,
        registries,
        plainHttp,
        tls,
        authFile,
        credential,
        Optional.of(other),
        concurrency,
        timeout);
  }

  /** The same with so many requests to one host at a time. */
  public Surroundings atOnce(int requests) {
    return new Surroundings(
        environment,
        home,
        registries,
        plainHttp,
        tls,
        authFile,
        credential,
        standin,
        requests,
        timeout);
  }

  /** Where what can be made again is kept: {@code $XDG_CACHE_HOME/gantry}. */
  public Path cache() {
    return folder("XDG_CACHE_HOME", ".cache");
  }

  /** Where what interrupted runs need is kept: {@code $XDG_STATE_HOME/gantry}. */
  public Path state() {
    return folder("XDG_STATE_HOME", ".local/state");
  }

  /** The XDG Base Directory Specification takes absolute paths only. */
  private Path folder(String variable, String usual) {
    var set = environment.getOrDefault(variable, "");
    var base = set.startsWith("/") ? Path.of(set) : home.resolve(usual);
    return base.resolve("gantry");
  }
}
