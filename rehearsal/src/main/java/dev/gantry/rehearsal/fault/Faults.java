package dev.gantry.rehearsal.fault;

import dev.gantry.http.ServerExchange;
import dev.gantry.rehearsal.protocol.Operation;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Carries faults out: some at once, the others by standing between the registry and the client. */
public final class Faults {
  private final FaultScript script;
  private final Control control;
  private final InstantSource clock;

  public Faults(FaultScript script, Control control, InstantSource clock) {
    this.script = script;
    this.control = control;
    this.clock = clock;
  }

  /**
   * The exchange to work on in place of this one.
   *
   * @throws ScriptedAnswer if the script answers at once
   * @throws ScriptedCut if the connection has been cut
   */
  public ServerExchange meet(
      ServerExchange exchange, String decodedPath, Optional<Operation> operation)
      throws IOException, InterruptedException {
    var hits = script.meets(exchange.method(), decodedPath, operation);
    for (var fault : hits) {
      atOnce(fault, exchange, operation);
    }
    return hits.isEmpty() ? exchange : new FaultyExchange(exchange, hits, control);
  }

  private void atOnce(Fault fault, ServerExchange exchange, Optional<Operation> operation)
      throws IOException, InterruptedException {
    switch (fault) {
      case Fault.Status status -> throw new ScriptedAnswer(Answers.status(status));
      case Fault.TooMany tooMany -> throw new ScriptedAnswer(Answers.tooMany(tooMany, clock));
      case Fault.Html(int status) -> throw new ScriptedAnswer(Answers.html(status));
      case Fault.ReadOnly _ -> {
        if (operation.filter(Operation::writes).isPresent()) {
          throw new ScriptedAnswer(Answers.readOnly());
        }
      }
      case Fault.ExpireTokens _ -> control.expireTokens();
      case Fault.LoseSessions _ -> control.loseSessions();
      case Fault.FullDisk(int status, long after) when after == 0 ->
          throw new ScriptedAnswer(Answers.fullDisk(status));
      case Fault.CutReceived(long after) when after == 0 -> cut(exchange);
      case Fault.StallReceived(long after, Duration time) when after == 0 -> {
        control.pause(time);
        cut(exchange);
      }
      case Fault.Restart(long after, boolean losing) when after == 0 -> restart(losing);
      case Fault.FullDisk _,
          Fault.CutReceived _,
          Fault.StallReceived _,
          Fault.Restart _,
          Fault.CutSent _,
          Fault.StallSent _,
          Fault.Slow _,
          Fault.Drop _,
          Fault.WrongDigest _,
          Fault.DamageReceived _,
          Fault.DamageSent _,
          Fault.OutOfOrder _,
          Fault.NoLocation _,
          Fault.MoveLocation _ -> {
        // These stand between, see FaultyExchange.
      }
    }
  }

  private static void cut(ServerExchange exchange) throws ScriptedCut {
    exchange.cut();
    throw new ScriptedCut("cut before the work began");
  }

  private void restart(boolean losing) throws IOException {
    if (losing) {
      control.loseSessions();
    }
    control.restart();
    throw new ScriptedCut("the registry was restarted");
  }
}
