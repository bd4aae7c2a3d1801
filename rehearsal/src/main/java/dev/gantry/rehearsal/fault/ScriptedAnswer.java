package dev.gantry.rehearsal.fault;

import dev.gantry.rehearsal.protocol.Reply;
import java.io.IOException;

/** Breaks off the work on a request in favour of an answer from the script. */
public final class ScriptedAnswer extends IOException {
  private static final long serialVersionUID = 1;

  private final transient Reply reply;

  ScriptedAnswer(Reply reply) {
    super("answered " + reply.status() + " by script");
    this.reply = reply;
  }

  public Reply reply() {
    return reply;
  }
}
