package dev.gantry.rehearsal.store;

import java.io.IOException;

/** A request that can no longer write to its upload session. */
public final class SessionLost extends IOException {
  private static final long serialVersionUID = 1;

  SessionLost(String message) {
    super(message);
  }
}
