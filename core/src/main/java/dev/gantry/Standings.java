package dev.gantry;

import dev.gantry.oci.Digest;
import dev.gantry.oci.Tag;
import dev.gantry.plan.Standing;
import dev.gantry.plan.Standing.Place;
import dev.gantry.plan.Standing.Reach;
import dev.gantry.plan.Standing.Stand;
import dev.gantry.push.Pusher.Stop;
import dev.gantry.registry.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells what the registries hold after a publish did not work. */
final class Standings {
  private Standings() {}

  /** What is known without asking again: tags stand where they stood unless they were moved. */
  static Standing of(Reach reach, List<Stop> stops) {
    var places = new ArrayList<Place>();
    for (var stop : stops) {
      var reached = reach == Reach.CONTENT && !stop.touched() ? Reach.NOTHING : reach;
      places.add(new Place(stop.target().repository(), reached, stands(reached, stop)));
    }
    return new Standing(places);
  }

  private static List<Stand> stands(Reach reach, Stop stop) {
    return switch (reach) {
      case NOTHING, CONTENT, READY, PUT_BACK ->
          stop.survey().tags().entrySet().stream()
              .map(entry -> unmoved(entry.getKey(), entry.getValue()))
              .toList();
      case POINTED ->
          stop.survey().tags().entrySet().stream()
              .map(entry -> new Stand(entry.getKey(), entry.getValue(), Optional.empty(), false))
              .toList();
    };
  }

  private static Stand unmoved(Tag tag, Optional<Digest> before) {
    return new Stand(tag, before, before, true);
  }

  /** What the registries said after the tags were put back. */
  static Standing afterPutBack(Map<Target, List<Stand>> stands) {
    var places = new ArrayList<Place>();
    stands.forEach(
        (target, tags) -> places.add(new Place(target.repository(), Reach.PUT_BACK, tags)));
    return new Standing(places);
  }
}
