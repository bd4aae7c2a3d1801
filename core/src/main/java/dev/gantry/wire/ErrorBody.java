package dev.gantry.wire;

import dev.gantry.failure.Evidence.Said;
import dev.gantry.oci.Json;
import dev.gantry.oci.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The entries of an error body. The specification has one form, {@code {"errors":[{"code":
 * …,"message": …,"detail": …}]}}, and allows any other; seen in the field are a single object,
 * OAuth 2 errors (RFC 6749 section 5.2), texts in place of entries, statuses in place of codes
 * (JFrog), {@code details} (Docker Hub's token server) and the XML of object stores (S3).
 */
final class ErrorBody {
  private static final Pattern XML_CODE = Pattern.compile("<Code>([^<]{1,200})</Code>");
  private static final Pattern XML_MESSAGE = Pattern.compile("<Message>([^<]{1,2000})</Message>");
  private static final List<String> CODES =
      List.of("code", "error", "errorCode", "error_code", "status", "type");
  private static final List<String> MESSAGES =
      List.of(
          "message",
          "error_description",
          "msg",
          "errorMessage",
          "error_message",
          "details",
          "detail",
          "title",
          "description",
          "reason");

  private ErrorBody() {}

  static List<Said> read(byte[] body) {
    var text = new String(body, StandardCharsets.UTF_8).strip();
    if (text.startsWith("{") || text.startsWith("[")) {
      try {
        return entries(Json.parse(text));
      } catch (Malformed _) {
        return List.of();
      }
    }
    return text.startsWith("<") ? xml(text) : List.of();
  }

  private static List<Said> xml(String text) {
    var code = XML_CODE.matcher(text);
    var message = XML_MESSAGE.matcher(text);
    var found = code.find();
    if (!found && !message.find()) {
      return List.of();
    }
    message.reset();
    return List.of(
        new Said(found ? code.group(1) : "", message.find() ? message.group(1) : "", ""));
  }

  private static List<Said> entries(Json json) {
    return switch (json) {
      case Json.Arr(var items) -> {
        var all = new ArrayList<Said>();
        items.forEach(item -> all.addAll(entries(item)));
        yield all;
      }
      case Json.Str(var value) -> value.isBlank() ? List.of() : List.of(new Said("", value, ""));
      case Json.Obj object -> entries(object);
      case Json.Num _, Json.Bool _, Json.Null _ -> List.of();
    };
  }

  private static List<Said> entries(Json.Obj object) {
    for (var nested : List.of("errors", "error")) {
      var inner = object.get(nested);
      if (inner.isPresent() && !(inner.get() instanceof Json.Str)) {
        var found = entries(inner.get());
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    var code = first(object, CODES);
    var message = first(object, MESSAGES);
    if (code.isEmpty() && message.isEmpty()) {
      return List.of();
    }
    var detail = object.get("detail").filter(json -> json != Json.Null.NULL).map(Json::compact);
    return List.of(new Said(code.orElse(""), message.orElse(""), detail.orElse("")));
  }

  private static Optional<String> first(Json.Obj object, List<String> names) {
    return names.stream()
        .flatMap(name -> object.get(name).flatMap(ErrorBody::plain).stream())
        .findFirst();
  }

  private static Optional<String> plain(Json json) {
    return switch (json) {
      case Json.Str(var value) when !value.isBlank() -> Optional.of(value);
      case Json.Num(var literal) -> Optional.of(literal);
      case Json.Str _, Json.Bool _, Json.Null _, Json.Obj _, Json.Arr _ -> Optional.empty();
    };
  }
}
