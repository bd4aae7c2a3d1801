package dev.gantry.rehearsal.fault;

import java.io.IOException;
import java.time.Duration;

/** What a fault can do to the registry as a whole. */
public interface Control {
  void expireTokens();

  void loseSessions() throws IOException;

  /** Kill and start again. */
  void restart() throws IOException;

  /** Waits for so long, or until the registry is closed. */
  void pause(Duration time) throws InterruptedException;
}
