package dev.gantry;

import dev.gantry.oci.Platform;
import dev.gantry.oci.Registry;
import dev.gantry.plan.Plan;
import dev.gantry.source.Source;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that somebody wishes to be published, parsed. No default is filled in later.
 *
 * @param destinations at least one, each repository once
 * @param platform the one image of an index that is meant; all if empty
 * @param timeout for the whole run
 */
public record PublishRequest(
    Source source,
    List<Destination> destinations,
    Optional<Platform> platform,
    Mode mode,
    Plan.Overwrite overwrite,
    Verify verify,
    Optional<Duration> timeout) {

  /** How far the walk goes. */
  public enum Mode {
    /** To the receipt. */
    PUSH,
    /** To the plan. */
    PLAN,
    /** To the plan, with every layer compressed so that every digest is known. */
    PLAN_FULL
  }

  /** How much is read back. */
  public enum Verify {
    /** That everything is there. */
    PRESENT,
    /** Every byte. */
    CONTENT
  }

  public PublishRequest {
    destinations = List.copyOf(destinations);
    if (destinations.isEmpty()) {
      throw new IllegalArgumentException("a publish to nowhere");
    }
    if (destinations.stream().map(Destination::repository).distinct().count()
        != destinations.size()) {
      throw new IllegalArgumentException("a repository stands twice among the destinations");
    }
  }

  /** A plain publish: all platforms, tags may move, read back by presence, no deadline. */
  public static PublishRequest of(Source source, List<Destination> destinations) {
    return new PublishRequest(
        source,
        destinations,
        Optional.empty(),
        Mode.PUSH,
        Plan.Overwrite.ALLOWED,
        Verify.PRESENT,
        Optional.empty());
  }

  /** The registries that are written to. */
  public Set<Registry> registries() {
    return destinations.stream()
        .map(to -> to.repository().registry())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The same, only up to the plan. */
  public PublishRequest planOnly() {
    return new PublishRequest(
        source, destinations, platform, Mode.PLAN, overwrite, verify, timeout);
  }
}
