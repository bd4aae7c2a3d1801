package dev.gantry.explain;

import dev.gantry.explain.log.Facts;
import dev.gantry.explain.log.Observation;
import dev.gantry.explain.phrase.Phrase;
import dev.gantry.oci.Json;
import dev.gantry.oci.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Something that speaks for a cause, or against it: a phrase in a line, facts, or both.
 *
 * @param phrase the phrase's number in the table; empty for a sign of facts alone
 * @param with what must hold too; of a sign of facts alone the first must stand in the line itself
 * @param points how much it says, as natural logarithm of the odds it adds; negative speaks against
 */
record Sign(OptionalInt phrase, List<Condition> with, double points) {
  /** An answer that the registry book has recorded for one cause, and for several. */
  private static final double RECORDED = 6.8;

  private static final double RECORDED_FOR_MANY = 5.6;

  /** A probe's answer; less where the credentials of the failing run need not be those here. */
  private static final double PROBED = 10;

  private static final double PROBED_ELSEWHERE = 8.2;
  private static final double DISPROVED = 4;

  /** Reads a sign; its phrase is added to the list. */
  static Sign of(Json.Obj json, double direction, List<Phrase> phrases) {
    var with =
        json.array("with").map(Json.Arr::texts).orElse(List.of()).stream()
            .map(Condition::of)
            .toList();
    var says = json.text("says");
    if (says.isEmpty() && with.isEmpty()) {
      throw new Malformed("a sign needs a phrase or facts", json.compact());
    }
    says.ifPresent(text -> phrases.add(Phrase.of(text)));
    var points =
        json.get("points")
            .map(value -> value instanceof Json.Num(var number) ? Double.parseDouble(number) : 0.0)
            .orElse(0.0);
    if (points <= 0) {
      throw new Malformed("a sign needs points above 0", json.compact());
    }
    return new Sign(
        says.isPresent() ? OptionalInt.of(phrases.size() - 1) : OptionalInt.empty(),
        with,
        points * direction);
  }

  /** The signs of a cause, and those that a probe or the registry book adds. */
  static List<Sign> with(Cause cause, Observation observation) {
    var own = observation.own();
    if (own.has("book")) {
      return List.of(
          named("book", cause, own.has("book.alone", "yes") ? RECORDED : RECORDED_FOR_MANY));
    }
    if (!own.has("probe")) {
      return cause.signs();
    }
    var elsewhere = own.has("probe.elsewhere");
    var signs = new ArrayList<>(cause.signs());
    signs.add(named("probe.for", cause, elsewhere ? PROBED_ELSEWHERE : PROBED));
    signs.add(named("probe.not", cause, elsewhere ? -DISPROVED / 2 : -DISPROVED));
    return signs;
  }

  private static Sign named(String fact, Cause cause, double points) {
    var condition = new Condition(true, fact, List.of(cause.id()));
    return new Sign(OptionalInt.empty(), List.of(condition), points);
  }

  /** Whether the observation shows it; {@code whole} has the facts that hold there. */
  boolean shownBy(Observation observation, Facts whole) {
    if (phrase.isPresent()) {
      return observation.phrases().get(phrase.getAsInt()) && Condition.all(with, whole);
    }
    var first = with.getFirst();
    return first.holds(observation.own()) && Condition.all(with, whole);
  }
}
