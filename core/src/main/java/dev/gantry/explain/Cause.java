package dev.gantry.explain;

import dev.gantry.explain.log.Facts;
import dev.gantry.explain.phrase.Phrase;
import dev.gantry.oci.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One cause of a failed build, tag or push, as its data file says it.
 *
 * @param id for example {@code auth.token-scope}
 * @param meaning what is the matter, in one sentence
 * @param look where to look when it cannot be told from what was seen
 * @param sources where the facts come from
 */
public record Cause(
    String id,
    Words meaning,
    Who who,
    Words look,
    List<Remedy.Offer> offers,
    List<Decider> deciders,
    List<Sign> signs,
    List<String> sources) {

  /** Every remedy, whatever its conditions, with what is not known in capitals. */
  public List<Remedy> remedies() {
    var blanks = new Blanks(new Facts());
    return offers.stream().map(offer -> offer.filled(blanks)).toList();
  }

  /** A test that would tell this cause from another; empty {@code from} means from any. */
  record Decider(
      List<Condition> when,
      List<String> from,
      Words text,
      Optional<String> code,
      Optional<Json.Obj> probe) {
    static Decider of(Json.Obj json) {
      return new Decider(
          json.array("when").map(Json.Arr::texts).orElse(List.of()).stream()
              .map(Condition::of)
              .toList(),
          json.array("from").map(Json.Arr::texts).orElse(List.of()),
          Words.of(json),
          json.text("code"),
          json.object("probe"));
    }
  }

  /** Reads a data file; the phrases of its signs are added to the list. */
  static Cause of(Json.Obj json, List<Phrase> phrases) {
    var signs = new ArrayList<Sign>();
    objects(json, "for").forEach(sign -> signs.add(Sign.of(sign, 1, phrases)));
    objects(json, "against").forEach(sign -> signs.add(Sign.of(sign, -1, phrases)));
    return new Cause(
        json.needText("id"),
        Words.of(json.object("meaning").orElseThrow()),
        Who.valueOf(json.needText("who").toUpperCase(Locale.ROOT).replace('-', '_')),
        Words.of(json.object("look").orElseThrow()),
        objects(json, "remedies").stream().map(Remedy.Offer::of).toList(),
        objects(json, "deciders").stream().map(Decider::of).toList(),
        List.copyOf(signs),
        json.array("sources").map(Json.Arr::texts).orElse(List.of()));
  }

  private static List<Json.Obj> objects(Json.Obj json, String name) {
    return json.array(name).map(Json.Arr::objects).orElse(List.of());
  }
}
