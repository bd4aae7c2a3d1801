package dev.gantry.explain;

import dev.gantry.oci.Json;
import java.util.List;
import java.util.Optional;

/**
 * One thing to do about a cause: what, in words, and the line or command to use.
 *
 * @param code a command, or lines for a file; empty where it is a setting or only waiting
 */
public record Remedy(Words text, Optional<String> code) {

  /** A remedy with the conditions under which it is one. */
  record Offer(List<Condition> when, Words text, Optional<String> code) {
    static Offer of(Json.Obj json) {
      return new Offer(
          json.array("when").map(Json.Arr::texts).orElse(List.of()).stream()
              .map(Condition::of)
              .toList(),
          Words.of(json),
          json.text("code"));
    }

    boolean forOneRegistry() {
      return when.stream()
          .anyMatch(condition -> condition.wanted() && condition.name().equals("registry"));
    }

    Remedy filled(Blanks blanks) {
      return new Remedy(text.filled(blanks), code.map(blanks::fill));
    }
  }
}
