package dev.gantry.cli;

/** How a run ended, as the exit code tells it; a CI job may try again exactly on {@link #LATER}. */
public enum Exit {
  /** It is done. */
  DONE(0),
  /** A defect of this tool. */
  DEFECT(1),
  /** The command line is wrong. */
  USAGE(2),
  /** The caller can mend it. */
  YOURS(3),
  /** The registry's owner can mend it. */
  OWNERS(4),
  /** It may work later as it is. */
  LATER(5),
  /** Somebody stopped it; 128 + SIGINT, as shells count. */
  INTERRUPTED(130);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
