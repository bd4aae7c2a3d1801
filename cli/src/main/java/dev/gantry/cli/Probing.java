package dev.gantry.cli;

import dev.gantry.Prober;
import dev.gantry.explain.Explanation;
import dev.gantry.explain.Probe;
import dev.gantry.explain.Probed;
import java.util.List;

/** {@code --probe}: makes the requests that decide, one after the other while one decides more. */
final class Probing {
  /** The body, the fresh name beside, and one for what that said. */
  private static final int MOST = 3;

  private Probing() {}

  /** The explanation with what was answered. */
  static Explanation of(Explanation read, Given given, Terminal terminal)
      throws InterruptedException {
    var explanation = read;
    for (int i = 0; i < MOST; i++) {
      var probe = explanation.probe();
      if (probe.isEmpty()) {
        break;
      }
      var probed = carriedOut(probe.get(), given, terminal);
      explanation = explanation.with(probed);
      if (probed instanceof Probed.NotMade) {
        break;
      }
    }
    if (explanation.probes().isEmpty()) {
      terminal.note(new Text("no request would tell more than the log does", "没有比日志说明更多的请求可发"));
    }
    return explanation;
  }

  /**
   * A log may be anybody's: only credentials that are stored for the very host it names are used,
   * never those that the environment has for whatever the target may be.
   */
  private static Probed carriedOut(Probe probe, Given given, Terminal terminal)
      throws InterruptedException {
    try (var wiring = Access.of(given, terminal).wiring(List.of(), terminal.progress())) {
      return new Prober(wiring).carryOut(probe);
    }
  }
}
