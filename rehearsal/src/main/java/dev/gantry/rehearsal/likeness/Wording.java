package dev.gantry.rehearsal.likeness;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.gantry.http.Body;
import dev.gantry.http.Headers;
import dev.gantry.rehearsal.protocol.Asked;
import dev.gantry.rehearsal.protocol.Operation;
import dev.gantry.rehearsal.protocol.Problem;
import dev.gantry.rehearsal.protocol.Refusal;
import dev.gantry.rehearsal.protocol.Reply;
import dev.gantry.rehearsal.protocol.Route;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Says a refusal in the words of a kind of registry. The status is the recorded one, else that of
 * the specification for the same situation, else the refusal's own; and it says which.
 */
final class Wording {
  /** Tells whoever reads an answer that a part of it is not known of the real registry. */
  static final String NOTE = "Gantry-Rehearsal";

  /** The book's word for a request for a token. */
  static final String TOKEN = "token";

  private static final Pattern PART = Pattern.compile("\\{([a-z]+)\\}");

  private final Kind kind;
  private final Kind specification;
  private final Consumer<String> notes;

  Wording(Kind kind, Kind specification, Consumer<String> notes) {
    this.kind = kind;
    this.specification = specification;
    this.notes = notes;
  }

  Reply of(Refusal refusal, Optional<Asked> asked) {
    var step = asked.map(request -> step(request.operation())).orElse("any");
    return said(
        refusal,
        kind.answer(refusal.situation(), step),
        specification.answer(refusal.situation(), step),
        asked);
  }

  /** A refusal of the token endpoint, for which words at another step say nothing. */
  Reply ofToken(Refusal refusal) {
    return said(
        refusal, kind.answerAt(refusal.situation(), TOKEN), Optional.empty(), Optional.empty());
  }

  private Reply said(
      Refusal refusal,
      Optional<Recorded> recorded,
      Optional<Recorded> fallback,
      Optional<Asked> asked) {
    var own = recorded.flatMap(Recorded::status);
    int status = own.or(() -> fallback.flatMap(Recorded::status)).orElse(refusal.status());
    var parts = parts(refusal, asked);
    var headers = headers(refusal, recorded, parts);
    if (own.isEmpty() && !kind.name().equals(specification.name())) {
      var note = "the status of %s is not known for %s".formatted(refusal.situation(), kind.name());
      notes.accept(note);
      headers = headers.plus(NOTE, note);
    }
    if (recorded.flatMap(Recorded::type).isPresent()) {
      var text = fill(recorded.flatMap(Recorded::message).orElse(""), parts);
      return new Reply(
          status,
          headers.with("Content-Type", recorded.get().type().get()),
          new Body.Bytes(text.getBytes(StandardCharsets.UTF_8)));
    }
    return Reply.errors(status, headers, problems(refusal, recorded, fallback, parts));
  }

  private static List<Problem> problems(
      Refusal refusal,
      Optional<Recorded> recorded,
      Optional<Recorded> fallback,
      Map<String, String> parts) {
    if (recorded.isEmpty()) {
      return refusal.problems();
    }
    var first = refusal.problems().getFirst();
    var code =
        recorded
            .flatMap(Recorded::code)
            .or(() -> fallback.flatMap(Recorded::code))
            .orElse(first.code());
    var message =
        recorded.flatMap(Recorded::message).map(text -> fill(text, parts)).orElse(first.message());
    var detail = recorded.flatMap(Recorded::detail).map(json -> fill(json, parts));
    return List.of(new Problem(code, message, detail));
  }

  /** Recorded headers replace ours, but a challenge stays one that leads to this registry. */
  private static Headers headers(
      Refusal refusal, Optional<Recorded> recorded, Map<String, String> parts) {
    var headers = refusal.headers();
    for (var field : recorded.map(Recorded::headers).orElse(Map.of()).entrySet()) {
      boolean challenge = field.getKey().equalsIgnoreCase("WWW-Authenticate");
      if (field.getValue().isEmpty()) {
        headers = headers.without(field.getKey());
      } else if (!challenge) {
        headers = headers.with(field.getKey(), fill(field.getValue(), parts));
      }
    }
    return headers;
  }

  private Map<String, String> parts(Refusal refusal, Optional<Asked> asked) {
    var parts = new LinkedHashMap<String, String>();
    asked.flatMap(Asked::repository).ifPresent(name -> addRepository(parts, name));
    asked
        .flatMap(request -> request.headers().first("Host"))
        .ifPresent(host -> parts.put("host", host));
    asked.ifPresent(request -> addReference(parts, request));
    parts.putAll(refusal.parts());
    return parts;
  }

  private void addRepository(Map<String, String> parts, String name) {
    int slash = name.indexOf('/');
    parts.put("repository", name);
    parts.put("project", slash < 0 ? name : name.substring(0, slash));
    parts.put("image", slash < 0 ? name : name.substring(slash + 1));
    var segments = kind.segments();
    var values = name.split("/", segments.isEmpty() ? 1 : segments.size());
    for (int i = 0; i < values.length && i < segments.size(); i++) {
      if (segments.get(i).name().equals("repository")) {
        parts.put("name", values[i]);
      }
    }
  }

  private static void addReference(Map<String, String> parts, Asked asked) {
    parts.put("action", asked.operation().writes() ? "push" : "pull");
    if (asked.route() instanceof Route.Manifest manifest) {
      parts.put(manifest.byDigest() ? "digest" : "tag", manifest.reference());
      parts.putIfAbsent("tag", manifest.reference());
    }
    if (asked.route() instanceof Route.Blob blob) {
      parts.put("digest", blob.digest());
    }
  }

  private static JsonElement fill(JsonElement json, Map<String, String> parts) {
    return switch (json) {
      case JsonPrimitive primitive when primitive.isString() ->
          new JsonPrimitive(fill(primitive.getAsString(), parts));
      case JsonObject object -> {
        var filled = new JsonObject();
        object
            .entrySet()
            .forEach(member -> filled.add(member.getKey(), fill(member.getValue(), parts)));
        yield filled;
      }
      case JsonArray array -> {
        var filled = new JsonArray();
        array.forEach(item -> filled.add(fill(item, parts)));
        yield filled;
      }
      default -> json;
    };
  }

  /** Puts the parts of a request into a text; a part that nobody knows stays in its braces. */
  static String fill(String text, Map<String, String> parts) {
    return PART.matcher(text)
        .replaceAll(match ->
            java.util.regex.Matcher.quoteReplacement(
                parts.getOrDefault(match.group(1), match.group())));
  }

  /** The book's word for a request. */
  static String step(Operation operation) {
    return switch (operation) {
      case PING -> "any";
      case CATALOG -> "catalog";
      case LIST_TAGS -> "tags-list";
      case LIST_REFERRERS -> "referrers";
      case PULL_MANIFEST -> "manifest-get";
      case PULL_BLOB -> "blob-get";
      case OPEN_UPLOAD, MOUNT -> "upload-open";
      case CHUNK -> "upload-chunk";
      case FINISH_UPLOAD -> "upload-close";
      case UPLOAD_STATUS -> "upload-status";
      case CANCEL_UPLOAD -> "upload-cancel";
      case PUT_MANIFEST -> "manifest-put";
      case DELETE_TAG -> "tag-delete";
      case DELETE_MANIFEST -> "manifest-delete";
      case DELETE_BLOB -> "blob-delete";
    };
  }
}
