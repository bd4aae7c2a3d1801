package dev.gantry.explain;

/** Who can put it right, and with that the exit code of a command (docs, "Exit codes"). */
public enum Who {
  YOU(3),
  REGISTRY_OWNER(4),
  NETWORK(5),
  REGISTRY(5),
  THIS_TOOL(1);

  private final int exitCode;

  Who(int exitCode) {
    this.exitCode = exitCode;
  }

  /** 3: you can fix it, 4: the registry's owner can, 5: try again later, 1: our defect. */
  public int exitCode() {
    return exitCode;
  }
}
