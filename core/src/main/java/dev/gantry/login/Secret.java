package dev.gantry.login;

/** A password or token. It is shown as stars wherever it is shown without being asked for. */
public record Secret(String reveal) {
  @Override
  public String toString() {
    return "***";
  }
}
