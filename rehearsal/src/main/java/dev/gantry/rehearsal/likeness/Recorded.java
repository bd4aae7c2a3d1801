package dev.gantry.rehearsal.likeness;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An answer that was seen or read in a registry's source. What was not recorded is empty.
 *
 * @param type of a body that is the message as it is; without it the body is an error list
 */
record Recorded(
    String when,
    String step,
    Optional<Integer> status,
    Optional<String> type,
    Optional<String> code,
    Optional<String> message,
    Optional<JsonElement> detail,
    Map<String, String> headers) {

  static Recorded of(JsonObject entry) {
    var headers = new LinkedHashMap<String, String>();
    if (entry.get("headers") instanceof JsonObject fields) {
      fields
          .entrySet()
          .forEach(field -> headers.put(field.getKey(), field.getValue().getAsString()));
    }
    return new Recorded(
        entry.get("when").getAsString(),
        entry.get("step").getAsString(),
        Kind.string(entry, "status").map(Integer::valueOf),
        Kind.string(entry, "type"),
        Kind.string(entry, "code"),
        Kind.string(entry, "message"),
        Optional.ofNullable(entry.get("detail")),
        headers);
  }
}
