package dev.gantry.rehearsal.fault;

import java.io.IOException;

/** Breaks off the work on a request whose connection the script has cut. */
public final class ScriptedCut extends IOException {
  private static final long serialVersionUID = 1;

  ScriptedCut(String message) {
    super(message);
  }
}
