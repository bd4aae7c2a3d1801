package dev.gantry.rehearsal.store;

import java.io.IOException;

/** The disk did not do what it was told to, as opposed to a connection that broke. */
public final class DiskFault extends IOException {
  private static final long serialVersionUID = 1;

  DiskFault(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
