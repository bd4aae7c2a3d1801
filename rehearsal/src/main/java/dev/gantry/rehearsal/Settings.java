package dev.gantry.rehearsal;

import dev.gantry.http.Answered;
import dev.gantry.http.Identity;
import dev.gantry.rehearsal.auth.Auth;
import dev.gantry.rehearsal.fault.FaultScript;
import dev.gantry.rehearsal.likeness.Likeness;
import dev.gantry.rehearsal.likeness.Seed;
import dev.gantry.rehearsal.protocol.Habits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a rehearsal registry is to be.
 *
 * @param address where it listens; port 0 takes a free one
 * @param store the folder that holds everything; empty for one that is removed at the end
 * @param sessionsLive how long an upload session that nobody writes to survives a restart
 * @param identity key and certificate; plain HTTP without
 * @param faults what goes wrong; lines may be added while the registry runs
 * @param likeness of which kind of registry it is; its habits win over those given here
 * @param seed what is there from the beginning
 * @param clock by which tokens expire
 * @param log told after every answer
 */
public record Settings(
    InetSocketAddress address,
    Optional<Path> store,
    Duration sessionsLive,
    Optional<Identity> identity,
    Auth auth,
    Habits habits,
    FaultScript faults,
    Likeness likeness,
    Seed seed,
    InstantSource clock,
    Consumer<Answered> log) {

  /** On a free port of the loopback address, everything temporary, open to all, conforming. */
  public static Settings plain() {
    return new Settings(
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
        Optional.empty(),
        Duration.ofDays(7),
        Optional.empty(),
        new Auth.Open(),
        Habits.PLAIN,
        new FaultScript(),
        Likeness.plain(),
        Seed.EMPTY,
        InstantSource.system(),
        _ -> {});
  }

  /** The same at this address. */
  public Settings at(InetSocketAddress other) {
    return new Settings(
        other, store, sessionsLive, identity, auth, habits, faults, likeness, seed, clock, log);
  }

  /** The same with its content in this folder, where it stays. */
  public Settings in(Path folder) {
    return new Settings(
        address,
        Optional.of(folder),
        sessionsLive,
        identity,
        auth,
        habits,
        faults,
        likeness,
        seed,
        clock,
        log);
  }

  /** The same under TLS. */
  public Settings with(Identity tls) {
    return new Settings(
        address,
        store,
        sessionsLive,
        Optional.of(tls),
        auth,
        habits,
        faults,
        likeness,
        seed,
        clock,
        log);
  }

  /** The same with this way to sign in. */
  public Settings with(Auth other) {
    return new Settings(
        address, store, sessionsLive, identity, other, habits, faults, likeness, seed, clock, log);
  }

  /** The same with these habits. */
  public Settings with(Habits other) {
    return new Settings(
        address, store, sessionsLive, identity, auth, other, faults, likeness, seed, clock, log);
  }

  /** The same with these faults. */
  public Settings with(FaultScript script) {
    return new Settings(
        address, store, sessionsLive, identity, auth, habits, script, likeness, seed, clock, log);
  }

  /** The same, behaving like this kind of registry. */
  public Settings like(Likeness kind) {
    return new Settings(
        address, store, sessionsLive, identity, auth, habits, faults, kind, seed, clock, log);
  }

  /** The same, beginning with this. */
  public Settings with(Seed state) {
    return new Settings(
        address, store, sessionsLive, identity, auth, habits, faults, likeness, state, clock, log);
  }

  /** The same by this clock. */
  public Settings with(InstantSource other) {
    return new Settings(
        address, store, sessionsLive, identity, auth, habits, faults, likeness, seed, other, log);
  }

  /** The same with this log. */
  public Settings logging(Consumer<Answered> told) {
    return new Settings(
        address, store, sessionsLive, identity, auth, habits, faults, likeness, seed, clock, told);
  }
}
