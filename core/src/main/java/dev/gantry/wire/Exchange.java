package dev.gantry.wire;

/**
 * Sends one call and gives its reply, whatever its status. Repeating, signing in and slowing down
 * are exchanges around another exchange.
 */
@FunctionalInterface
public interface Exchange {
  /**
   * The answer to one call; the caller closes it.
   *
   * @throws dev.gantry.failure.PublishException when no usable answer came
   * @throws InterruptedException when the calling thread was interrupted
   */
  Reply send(Call call) throws InterruptedException;
}
