package dev.gantry.rehearsal.store;

/** Bytes that are no manifest of the type they were said to be. */
public final class InvalidManifest extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean typeRefused;

  InvalidManifest(String message) {
    this(message, false);
  }

  InvalidManifest(String message, boolean typeRefused) {
    super(message);
    this.typeRefused = typeRefused;
  }

  /** Whether the bytes may be well, but their type is not accepted. */
  public boolean typeRefused() {
    return typeRefused;
  }
}
