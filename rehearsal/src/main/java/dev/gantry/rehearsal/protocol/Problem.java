package dev.gantry.rehearsal.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.Optional;

/** One entry of an error body (distribution-spec, "Error Codes"). */
public record Problem(String code, String message, Optional<JsonElement> detail) {

  public Problem(String code, String message) {
    this(code, message, Optional.empty());
  }

  JsonObject json() {
    var json = new JsonObject();
    json.addProperty("code", code);
    json.addProperty("message", message);
    json.add("detail", detail.orElse(JsonNull.INSTANCE));
    return json;
  }
}
