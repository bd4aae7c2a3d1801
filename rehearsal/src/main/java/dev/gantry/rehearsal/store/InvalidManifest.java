package dev.gantry.rehearsal.store;

/** Bytes that are no manifest of the type they were said to be. */
public final class InvalidManifest extends Exception {
  private static final long serialVersionUID = 1;

  InvalidManifest(String message) {
    super(message);
  }
}
