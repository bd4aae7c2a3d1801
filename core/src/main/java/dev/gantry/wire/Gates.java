package dev.gantry.wire;

import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;

/** One gate a host and port, for all that is said to it in a run. */
public final class Gates {
  private final ConcurrentHashMap<String, Gate> gates = new ConcurrentHashMap<>();
  private final int concurrency;

  /**
   * Gates that are all open.
   *
   * @param concurrency requests to one host at a time, at most
   */
  public Gates(int concurrency) {
    this.concurrency = concurrency;
  }

  Gate to(URI url) {
    return gates.computeIfAbsent(Endpoint.authority(url), _ -> new Gate(concurrency));
  }

  /** How many requests may be under way to this host at the moment. */
  public int width(URI url) {
    return to(url).width();
  }
}
