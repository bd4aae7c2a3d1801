package dev.gantry.rehearsal.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;

/** A request's body on its way through faults. */
final class FaultyBody extends InputStream {
  private final InputStream in;
  private final List<Fault> faults;
  private final Control control;
  private final Pace pace;
  private boolean damaged;
  private long count;

  FaultyBody(InputStream body, List<Fault> faults, Control control) {
    this.in = body;
    this.faults = faults;
    this.control = control;
    this.pace = Pace.of(faults, control);
    this.damaged = faults.stream().noneMatch(Fault.DamageReceived.class::isInstance);
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      long most = pace.piece(length);
      for (var fault : faults) {
        long left = trigger(fault) - count;
        if (left <= 0) {
          happen(fault);
        }
        most = Math.min(most, left);
      }
      int n = in.read(into, offset, Math.toIntExact(most));
      if (n > 0) {
        if (!damaged) {
          into[offset] ^= 1;
          damaged = true;
        }
        count += n;
        pace.hold(count);
      }
      return n;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted within a scripted fault");
    }
  }

  /** The number of bytes after which a fault happens. */
  private static long trigger(Fault fault) {
    return switch (fault) {
      case Fault.CutReceived(long after) -> after;
      case Fault.StallReceived(long after, _) -> after;
      case Fault.FullDisk(_, long after) -> after;
      case Fault.Restart(long after, _) -> after == 0 ? Long.MAX_VALUE : after;
      case Fault.Status _,
          Fault.TooMany _,
          Fault.Html _,
          Fault.ReadOnly _,
          Fault.CutSent _,
          Fault.StallSent _,
          Fault.Slow _,
          Fault.Drop _,
          Fault.WrongDigest _,
          Fault.DamageReceived _,
          Fault.DamageSent _,
          Fault.ExpireTokens _,
          Fault.LoseSessions _,
          Fault.OutOfOrder _,
          Fault.NoLocation _,
          Fault.MoveLocation _ ->
          Long.MAX_VALUE;
    };
  }

  private void happen(Fault fault) throws IOException, InterruptedException {
    if (fault instanceof Fault.FullDisk(int status, _)) {
      throw new ScriptedAnswer(Answers.fullDisk(status));
    }
    if (fault instanceof Fault.Restart(_, boolean losing)) {
      if (losing) {
        control.loseSessions();
      }
      control.restart();
      throw new ScriptedCut("the registry was restarted after " + count + " bytes");
    }
    if (fault instanceof Fault.StallReceived(_, var time)) {
      control.pause(time);
    }
    // Whoever catches it last cuts: what becomes of the session is settled when the client sees it.
    throw new ScriptedCut("cut after " + count + " bytes received");
  }
}
