package dev.gantry.rehearsal.protocol;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.gantry.http.Body;
import dev.gantry.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An answer as it will be sent. */
public record Reply(int status, Headers headers, Body body) {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  /** An answer without a body. */
  public static Reply empty(int status, Headers headers) {
    return new Reply(status, headers, Body.NONE);
  }

  /** A JSON document. */
  public static Reply json(int status, Headers headers, JsonElement json) {
    return new Reply(
        status,
        headers.has("Content-Type") ? headers : headers.plus("Content-Type", "application/json"),
        new Body.Bytes(GSON.toJson(json).getBytes(StandardCharsets.UTF_8)));
  }

  /** An error body (distribution-spec, "Error Codes"). */
  public static Reply errors(int status, Headers headers, List<Problem> problems) {
    var errors = new JsonArray();
    problems.forEach(problem -> errors.add(problem.json()));
    var json = new JsonObject();
    json.add("errors", errors);
    return json(status, headers, json);
  }

  /** The same with one header more. */
  public Reply plus(String name, String value) {
    return new Reply(status, headers.plus(name, value), body);
  }
}
