package dev.gantry.explain;

import dev.gantry.explain.log.Facts;
import dev.gantry.explain.log.Observation;
import java.util.ArrayList;
import java.util.List;

/**
 * What was read of a log or a failure, ready to be weighed, and weighed again when a probe has
 * found more.
 *
 * @param places where facts of the whole stand; shown, not weighed
 * @param facts what holds for all of it
 */
record Reading(List<Observation> observations, List<Observation> places, Facts facts) {
  /** Nothing that could be weighed. */
  static final Reading NONE = new Reading(List.of(), List.of(), new Facts());

  Reading {
    observations = List.copyOf(observations);
    places = List.copyOf(places);
  }

  Ranking.Weighed weighed() {
    return Ranking.of(this);
  }

  /** The same with what a probe found, which stands first: nothing in a log weakens it. */
  Reading with(Probed.Made made) {
    var more = new ArrayList<>(ProbeReading.observations(made, facts));
    more.addAll(observations);
    return new Reading(more, places, facts.copy().add("probed", made.probe().kind().word()));
  }
}
