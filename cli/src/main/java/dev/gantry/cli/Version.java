package dev.gantry.cli;

/** Which Gantry this is. */
final class Version {
  private Version() {}

  /** The version by the jar's manifest; "unpackaged" where it runs from a folder of classes. */
  static String number() {
    var written = Main.class.getPackage().getImplementationVersion();
    return written == null ? "unpackaged" : written;
  }

  /** {@code gantry 0.1.0 (Java 25.0.3)}. */
  static String line() {
    return "gantry " + number() + " (Java " + Runtime.version() + ")";
  }
}
