package dev.gantry.rehearsal.protocol;

import com.google.gson.JsonObject;
import dev.gantry.http.Headers;
import java.util.List;

/** A request that is answered with an error instead of being done. */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Reply reply;

  public Refusal(Reply reply) {
    super("refused with " + reply.status(), null, false, false);
    this.reply = reply;
  }

  public Refusal(int status, Headers headers, List<Problem> problems) {
    this(Reply.errors(status, headers, problems));
  }

  public Refusal(int status, String code, String message) {
    this(status, Headers.NONE, List.of(new Problem(code, message)));
  }

  public Refusal(int status, String code, String message, JsonObject detail) {
    this(status, Headers.NONE, List.of(new Problem(code, message, java.util.Optional.of(detail))));
  }

  public Reply reply() {
    return reply;
  }
}
