package dev.gantry.wire;

import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

/** One gate a host and port, for all that is said to it in a run. */
public final class Gates {
  private final ConcurrentHashMap<String, Gate> gates = new ConcurrentHashMap<>();
  private final ToIntFunction<URI> concurrency;

  /**
   * Gates that are all open, each as wide as its host may have it.
   *
   * @param concurrency requests to a host at a time, at most; asked with any address there
   */
  public Gates(ToIntFunction<URI> concurrency) {
    this.concurrency = concurrency;
  }

  /**
   * Gates that are all open.
   *
   * @param concurrency requests to one host at a time, at most
   */
  public Gates(int concurrency) {
    this(_ -> concurrency);
  }

  Gate to(URI url) {
    return gates.computeIfAbsent(
        Endpoint.authority(url), _ -> new Gate(concurrency.applyAsInt(url)));
  }

  /** How many requests may be under way to this host at the moment. */
  public int width(URI url) {
    return to(url).width();
  }
}
