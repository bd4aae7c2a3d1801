package dev.gantry.rehearsal;

import dev.gantry.http.Answered;
import dev.gantry.http.Identity;
import dev.gantry.rehearsal.auth.Auth;
import dev.gantry.rehearsal.fault.FaultScript;
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
        InstantSource.system(),
        _ -> {});
  }

  /** The same at this address. */
  public Settings at(InetSocketAddress other) {
    return new Settings(other, store, sessionsLive, identity, auth, habits, faults, clock, log);
  }

  /** The same with its content in this folder, where it stays. */
  public Settings in(Path folder) {
    return new Settings(
        address, Optional.of(folder), sessionsLive, identity, auth, habits, faults, clock, log);
  }

  /** The same under TLS. */
  public Settings with(Identity tls) {
    return new Settings(
        address, store, sessionsLive, Optional.of(tls), auth, habits, faults, clock, log);
  }

  /** The same with this way to sign in. */
  public Settings with(Auth other) {
    return new Settings(address, store, sessionsLive, identity, other, habits, faults, clock, log);
  }

  /** The same with these habits. */
  public Settings with(Habits other) {
    return new Settings(address, store, sessionsLive, identity, auth, other, faults, clock, log);
  }

  /** The same with these faults. */
  public Settings with(FaultScript script) {
    return new Settings(address, store, sessionsLive, identity, auth, habits, script, clock, log);
  }

  /** The same by this clock. */
  public Settings with(InstantSource other) {
    return new Settings(address, store, sessionsLive, identity, auth, habits, faults, other, log);
  }

  /** The same with this log. */
  public Settings logging(Consumer<Answered> told) {
    return new Settings(address, store, sessionsLive, identity, auth, habits, faults, clock, told);
  }
}
