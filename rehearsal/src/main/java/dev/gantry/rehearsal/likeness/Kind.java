package dev.gantry.rehearsal.likeness;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A page of the registry book. What it does not say is empty, and nothing is put in its place. */
record Kind(String name, JsonObject page) {

  private static final Set<String> SURE = Set.of("measured", "code", "doc", "issue");

  /** One part of a repository's path. */
  record Segment(String name, Optional<Pattern> pattern, Optional<Integer> length, boolean rest) {}

  /** The value of a fact in a section, as in {@code upload} and {@code order}. */
  Optional<JsonElement> fact(String section, String fact) {
    return page.get(section) instanceof JsonObject facts
            && facts.get(fact) instanceof JsonObject found
            && isSourced(found)
        ? Optional.ofNullable(found.get("value"))
        : Optional.empty();
  }

  /**
   * Whether a fact is sure enough to refuse something for it; the others warn ({@code
   * docs/registry-book.md}, "A fact").
   */
  boolean blocks(String section, String fact) {
    return page.get(section) instanceof JsonObject facts
        && facts.get(fact) instanceof JsonObject found
        && isSure(found);
  }

  private static boolean isSure(JsonObject fact) {
    return string(fact, "confidence").filter(SURE::contains).isPresent() && !fact.has("unless");
  }

  /** Whether anybody but the book's writer said so. */
  private static boolean isSourced(JsonObject fact) {
    return !string(fact, "confidence").equals(Optional.of("unsourced"));
  }

  Optional<String> text(String section, String fact) {
    return fact(section, fact)
        .filter(value -> value.isJsonPrimitive() && value.getAsJsonPrimitive().isString())
        .map(JsonElement::getAsString);
  }

  Optional<Long> number(String section, String fact) {
    return fact(section, fact)
        .filter(value -> value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber())
        .map(JsonElement::getAsLong);
  }

  Optional<Boolean> flag(String section, String fact) {
    return fact(section, fact)
        .filter(value -> value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean())
        .map(JsonElement::getAsBoolean);
  }

  /** The texts of a list; none if the page does not say. */
  List<String> texts(String section, String fact) {
    return fact(section, fact).orElse(null) instanceof JsonArray list
        ? list.asList().stream().map(JsonElement::getAsString).toList()
        : List.of();
  }

  /** The parts of a path, in order; none if the page does not say. */
  List<Segment> segments() {
    var segments = new ArrayList<Segment>();
    if (page.get("path") instanceof JsonObject path
        && path.get("segments") instanceof JsonArray found) {
      for (var element : found) {
        var segment = element.getAsJsonObject();
        segments.add(
            new Segment(
                segment.get("name").getAsString(),
                string(segment, "pattern").filter(_ -> isSure(segment)).map(Pattern::compile),
                Optional.ofNullable(segment.get("length"))
                    .filter(JsonElement::isJsonPrimitive)
                    .map(JsonElement::getAsInt),
                segment.has("rest") && segment.get("rest").getAsBoolean()));
      }
    }
    return segments;
  }

  /** What somebody has to make by hand before the first push: project, repository, … */
  List<String> madeByHand() {
    var found = new ArrayList<String>();
    if (page.get("first") instanceof JsonArray first) {
      for (var element : first) {
        var entry = element.getAsJsonObject();
        if (string(entry, "made").equals(Optional.of("by-hand"))) {
          found.add(entry.get("what").getAsString());
        }
      }
    }
    return found;
  }

  /** What was looked for in vain. */
  List<String> unknown() {
    return page.get("unknown") instanceof JsonArray unknown
        ? unknown.asList().stream().map(JsonElement::getAsString).toList()
        : List.of();
  }

  /**
   * What it answers in a situation: to this step if that was recorded, else to any step, else to
   * another step.
   */
  Optional<Recorded> answer(String situation, String step) {
    var all = answers().stream().filter(answer -> answer.when().equals(situation)).toList();
    return all.stream()
        .filter(answer -> answer.step().equals(step))
        .findFirst()
        .or(() -> all.stream().filter(answer -> answer.step().equals("any")).findFirst())
        .or(() -> all.stream().findFirst());
  }

  /** What it answers in a situation, recorded for this very step. */
  Optional<Recorded> answerAt(String situation, String step) {
    return answers().stream()
        .filter(answer -> answer.when().equals(situation) && answer.step().equals(step))
        .findFirst();
  }

  List<Recorded> answers() {
    return page.get("answers") instanceof JsonArray answers
        ? answers.asList().stream()
            .map(JsonElement::getAsJsonObject)
            .filter(Kind::isSourced)
            .map(Recorded::of)
            .toList()
        : List.of();
  }

  static Optional<String> string(JsonObject json, String member) {
    var value = json.get(member);
    return value != null && value.isJsonPrimitive()
        ? Optional.of(value.getAsString())
        : Optional.empty();
  }
}
