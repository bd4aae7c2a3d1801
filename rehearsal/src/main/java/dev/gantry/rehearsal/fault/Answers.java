package dev.gantry.rehearsal.fault;

import com.google.gson.JsonObject;
import dev.gantry.http.Body;
import dev.gantry.http.Headers;
import dev.gantry.rehearsal.protocol.Problem;
import dev.gantry.rehearsal.protocol.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** The answers that faults give instead of the registry. */
final class Answers {
  private Answers() {}

  static Reply status(Fault.Status fault) {
    return new Reply(fault.status(), fault.headers(), text(fault.body()));
  }

  static Reply tooMany(Fault.TooMany fault, InstantSource clock) {
    var after =
        fault.asDate()
            ? date(clock.instant().plusSeconds(fault.seconds()))
            : Long.toString(fault.seconds());
    return Reply.errors(
        429,
        Headers.of("Retry-After", after),
        List.of(new Problem("TOOMANYREQUESTS", "too many requests")));
  }

  /** A date as HTTP writes it (RFC 9110 section 5.6.7). */
  private static String date(Instant instant) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
  }

  static Reply html(int status) {
    var page =
        """
        <html>
        <head><title>%d</title></head>
        <body><center><h1>%d</h1></center><hr><center>gateway</center></body>
        </html>
        """
            .formatted(status, status);
    return new Reply(status, Headers.of("Content-Type", "text/html"), text(page));
  }

  /**
   * CNCF Distribution passes the error of its file system driver on: 500, code UNKNOWN, and in the
   * detail the number of the system's error, which is 28 for "no space left on device".
   */
  static Reply fullDisk(int status) {
    var enclosed = new JsonObject();
    enclosed.addProperty("Op", "write");
    enclosed.addProperty("Path", "/var/lib/registry/docker/registry/v2");
    enclosed.addProperty("Err", 28);
    var detail = new JsonObject();
    detail.addProperty("DriverName", "filesystem");
    detail.add("Enclosed", enclosed);
    return Reply.errors(
        status,
        Headers.NONE,
        List.of(new Problem("UNKNOWN", "unknown error", Optional.of(detail))));
  }

  /** As CNCF Distribution answers in its read-only mode. */
  static Reply readOnly() {
    return Reply.errors(
        405, Headers.NONE, List.of(new Problem("UNSUPPORTED", "The operation is unsupported.")));
  }

  private static Body text(String text) {
    return text.isEmpty() ? Body.NONE : new Body.Bytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
