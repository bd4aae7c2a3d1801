package dev.gantry.explain;

import dev.gantry.explain.log.Facts;
import dev.gantry.explain.log.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Weighs all causes against what was seen. A cause's score is its best sign and a part of its
 * others, in natural logarithms of odds, less what speaks against it; a confidence is the share of
 * its odds among all causes and the unknown. What comes after the first failure says less, because
 * it may be a consequence.
 */
final class Ranking {
  /** The odds of a cause that nobody has described, as a score. */
  private static final double UNKNOWN = 3.0;

  /**
   * Weights set on known logs prove too sure on others: with this factor what is said with over 0.8
   * is right about as often in logs that were left out.
   */
  private static final double SOFTENED = 0.7;

  private static final double FURTHER_SIGNS = 0.2;

  /** Several signs in one line mostly say the same thing twice. */
  private static final double SAME_LINE = 0.05;

  private static final double FURTHER_AT_MOST = 2.0;
  private static final double FAILING = 5.0;
  private static final double MILD = 0.7;
  private static final double[] LATER = {1.0, 0.93, 0.88};
  private static final int SHOWN = 6;

  /** Facts that everybody sees from the line itself, or that hold everywhere. */
  private static final Set<String> WIDE =
      Set.of("registry", "tool", "ci", "host", "phase", "endpoint", "status", "method", "shape");

  private static final double WORTH_SAYING = 0.01;

  private final Reading reading;
  private final Facts facts;
  private final Map<Cause, Map<Sign, Hit>> hits = new LinkedHashMap<>();

  private record Hit(Observation observation, Sign sign, double points, Facts whole) {}

  private record Scored(Cause cause, double score, List<Hit> hits) {}

  private Ranking(Reading reading) {
    this.reading = reading;
    this.facts = reading.facts();
  }

  /** Diagnoses best first; never empty. */
  static Weighed of(Reading reading) {
    var ranking = new Ranking(reading);
    ranking.weigh();
    var scored = ranking.scored();
    return new Weighed(
        ranking.diagnoses(scored),
        scored.stream()
            .findFirst()
            .map(best -> best.hits().getFirst())
            .map(hit -> Failing.of(hit.observation(), hit.whole(), hit.points())));
  }

  /**
   * What came of it.
   *
   * @param failing the line that the best diagnosis rests on; empty if there is no sign at all
   */
  record Weighed(List<Diagnosis> diagnoses, Optional<Failing> failing) {}

  private void weigh() {
    var failures = 0;
    for (var observation : reading.observations()) {
      var whole = Setting.shaped(observation.own().copy().under(observation.around()).under(facts));
      if (failures > 0) {
        whole.add("after-failure");
      }
      var factor = LATER[Math.min(failures, LATER.length - 1)] * (observation.mild() ? MILD : 1);
      var worst = 0.0;
      for (var cause : Causes.table().all()) {
        for (var sign : Sign.with(cause, observation)) {
          if (sign.shownBy(observation, whole)) {
            worst = Math.max(worst, sign.points());
            hits.computeIfAbsent(cause, _ -> new HashMap<>())
                .merge(
                    sign,
                    new Hit(observation, sign, sign.points() * factor, whole),
                    (old, now) -> Math.abs(now.points()) > Math.abs(old.points()) ? now : old);
          }
        }
      }
      if (worst >= FAILING && !observation.mild() && observation.line() > 0) {
        failures++;
      }
    }
  }

  private List<Scored> scored() {
    var scored = new ArrayList<Scored>();
    hits.forEach((cause, signs) -> scored.add(scored(cause, List.copyOf(signs.values()))));
    scored.removeIf(one -> one.hits().getFirst().points() <= 0);
    scored.sort(
        Comparator.comparingDouble(Scored::score)
            .reversed()
            .thenComparing(one -> one.cause().id()));
    return scored;
  }

  private List<Diagnosis> diagnoses(List<Scored> scored) {
    var total = odds(UNKNOWN) + scored.stream().mapToDouble(one -> odds(one.score())).sum();
    var diagnoses = new ArrayList<Diagnosis>();
    for (var place = 0; place < scored.size() && diagnoses.size() < SHOWN; place++) {
      var one = scored.get(place);
      var confidence = odds(one.score()) / total;
      if (place < 3 || confidence >= WORTH_SAYING) {
        var rival = scored.get(place == 0 ? Math.min(1, scored.size() - 1) : 0).cause();
        diagnoses.add(diagnosis(one, rounded(confidence), rival));
      }
    }
    return diagnoses.isEmpty() ? List.of(unknown()) : diagnoses;
  }

  private static Scored scored(Cause cause, List<Hit> hits) {
    var order = hits.stream().sorted(Comparator.comparingDouble(Hit::points).reversed()).toList();
    var main = order.getFirst().observation();
    var further =
        order.stream()
            .skip(1)
            .filter(hit -> hit.points() > 0)
            .mapToDouble(hit ->
                hit.points()
                    * (hit.observation().where().equals(main.where()) ? SAME_LINE : FURTHER_SIGNS))
            .sum();
    var against = order.stream().mapToDouble(Hit::points).filter(points -> points < 0).sum();
    var best = order.getFirst().points();
    return new Scored(cause, best + Math.min(FURTHER_AT_MOST, further) + against, order);
  }

  private static double odds(double score) {
    return Math.exp(SOFTENED * score);
  }

  private Diagnosis diagnosis(Scored one, double confidence, Cause rival) {
    var main = one.hits().getFirst();
    var blanks = new Blanks(main.whole());
    return new Diagnosis(
        one.cause(),
        confidence,
        seen(one.hits(), 1),
        seen(one.hits(), -1),
        test(one.cause(), rival, main.whole(), main.observation().text(), blanks),
        remedies(one.cause(), main.whole(), blanks));
  }

  private Diagnosis unknown() {
    var other = Causes.table().find("other").orElseThrow();
    return new Diagnosis(
        other,
        0.05,
        List.of(),
        List.of(),
        test(other, other, facts, "", new Blanks(facts)),
        remedies(other, facts, new Blanks(facts)));
  }

  /** The lines of the hits, each with the places where the facts stand that it needed. */
  private List<Seen> seen(List<Hit> hits, int direction) {
    var places = new LinkedHashMap<String, Seen>();
    for (var hit : hits) {
      if (hit.points() * direction > 0) {
        see(hit.observation(), hit.points(), places);
        hit.sign().with().stream()
            .filter(condition -> !condition.holds(hit.observation().own()))
            .flatMap(condition -> place(condition).stream())
            .forEach(place -> see(place, 0, places));
      }
    }
    return List.copyOf(places.values());
  }

  private static void see(Observation seen, double points, Map<String, Seen> places) {
    places.putIfAbsent(seen.where() + seen.text(), new Seen(seen.where(), seen.text(), points));
  }

  /** Where a fact was found that holds for all of the log; what is not there stands nowhere. */
  private Optional<Observation> place(Condition condition) {
    return condition.wanted() && !WIDE.contains(condition.name())
        ? Stream.concat(reading.places().stream(), reading.observations().stream())
            .filter(seen -> condition.holds(seen.own()))
            .findFirst()
        : Optional.empty();
  }

  private static Optional<Diagnosis.Test> test(
      Cause cause, Cause rival, Facts whole, String text, Blanks blanks) {
    return cause.deciders().stream()
        .filter(decider -> Condition.all(decider.when(), whole))
        .filter(decider -> decider.from().isEmpty() || decider.from().contains(rival.id()))
        .findFirst()
        .map(decider ->
            new Diagnosis.Test(
                decider.text().filled(blanks),
                decider.code().map(blanks::fill),
                decider.probe().map(probe -> Probe.of(probe, whole, text))));
  }

  /**
   * What to do; where the cause's own file has nothing for this registry, first what the registry
   * book knows.
   */
  static List<Remedy> remedies(Cause cause, Facts whole, Blanks blanks) {
    var offers =
        cause.offers().stream().filter(offer -> Condition.all(offer.when(), whole)).toList();
    var remedies = new ArrayList<Remedy>();
    if (offers.stream().noneMatch(Remedy.Offer::forOneRegistry)) {
      remedies.addAll(BookPage.places(cause.id(), whole));
    }
    offers.forEach(offer -> remedies.add(offer.filled(blanks)));
    return remedies;
  }

  private static double rounded(double confidence) {
    return Math.clamp(Math.round(confidence * 100) / 100.0, 0.01, 0.99);
  }
}
