package dev.gantry.cli;

import dev.gantry.Prober;
import dev.gantry.explain.Explanation;
import dev.gantry.explain.Probe;
import dev.gantry.explain.Probed;
import dev.gantry.explain.log.Facts;
import dev.gantry.explain.log.Log;
import dev.gantry.explain.log.Observation;
import dev.gantry.rules.Book;
import dev.gantry.rules.Registries;
import java.util.BitSet;
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

  /** The kinds of the team's own registries that the log names, which no host name tells. */
  static List<Observation> team(Log log, Given given, Terminal terminal) {
    var hosts = log.facts().all("host");
    return Access.registries(given, terminal, Book.open()).entries().stream()
        .filter(entry -> hosts.contains(entry.registry().toString()))
        .filter(entry -> !entry.kind().equals(Book.PLAIN))
        .map(Probing::kind)
        .toList();
  }

  private static Observation kind(Registries.Entry entry) {
    var text = entry.registry() + " is of kind " + entry.kind();
    var own = new Facts().add("registry", entry.kind());
    return new Observation("registries file", 0, text, "", new BitSet(), own, new Facts(), false);
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
