package dev.gantry.rehearsal.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.gantry.http.Headers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that is answered with an error instead of being done. It knows the situation by the
 * registry book's word for it, so that a likeness can answer in the words of another registry.
 */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final String situation;
  private final int status;
  private final transient Headers headers;
  private final transient List<Problem> problems;
  private final transient Map<String, String> parts;

  /**
   * @param situation as the registry book says it, for example {@code blob-missing}
   */
  public Refusal(String situation, int status, String code, String message) {
    this(situation, status, Headers.NONE, List.of(new Problem(code, message)), Map.of());
  }

  /** A refusal with several entries or headers. */
  public Refusal(String situation, int status, Headers headers, List<Problem> problems) {
    this(situation, status, headers, problems, Map.of());
  }

  private Refusal(
      String situation,
      int status,
      Headers headers,
      List<Problem> problems,
      Map<String, String> parts) {
    super(situation, null, false, false);
    this.situation = situation;
    this.status = status;
    this.headers = headers;
    this.problems = List.copyOf(problems);
    this.parts = Map.copyOf(parts);
  }

  /** The same, about this part of the request; {@code digest} and the like also become details. */
  public Refusal about(String part, String value) {
    var more = new LinkedHashMap<>(parts);
    more.put(part, value);
    var detailed = new ArrayList<Problem>();
    for (var problem : problems) {
      var detail = problem.detail().map(JsonElement::deepCopy).orElseGet(JsonObject::new);
      if (detail instanceof JsonObject object) {
        object.add(part, new JsonPrimitive(value));
      }
      detailed.add(new Problem(problem.code(), problem.message(), Optional.of(detail)));
    }
    return new Refusal(situation, status, headers, detailed, more);
  }

  /** The book's word for what is wrong. */
  public String situation() {
    return situation;
  }

  public int status() {
    return status;
  }

  public Headers headers() {
    return headers;
  }

  public List<Problem> problems() {
    return problems;
  }

  /** What the message may name: {@code tag}, {@code digest}, … */
  public Map<String, String> parts() {
    return parts;
  }

  /** The answer in the specification's words. */
  public Reply reply() {
    return Reply.errors(status, headers, problems);
  }
}
