package dev.gantry.wire;

import dev.gantry.failure.Evidence;
import dev.gantry.failure.Failure;
import dev.gantry.failure.Failure.Why;
import dev.gantry.failure.PublishException;
import dev.gantry.http.Headers;
import dev.gantry.http.HttpFault;
import dev.gantry.http.Response;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The one maker of evidence. What it lets through may be shown to anybody. */
final class Witness {
  /** Bytes of a body that stand in evidence. */
  private static final int EXCERPT = 4 << 10;

  /** Headers that help to find a cause and hold no secret, or hold it where it is taken out. */
  private static final Set<String> TOLD =
      Set.of(
          "allow",
          "cf-ray",
          "content-length",
          "content-range",
          "content-type",
          "date",
          "docker-content-digest",
          "docker-distribution-api-version",
          "docker-ratelimit-source",
          "docker-upload-uuid",
          "link",
          "location",
          "oci-chunk-min-length",
          "oci-filters-applied",
          "oci-subject",
          "oci-tag",
          "proxy-authenticate",
          "range",
          "ratelimit-limit",
          "ratelimit-remaining",
          "retry-after",
          "server",
          "via",
          "warning",
          "www-authenticate",
          "x-amz-cf-id",
          "x-amzn-requestid",
          "x-cache",
          "x-correlation-id",
          "x-github-request-id",
          "x-ms-correlation-request-id",
          "x-ms-request-id",
          "x-ratelimit-limit",
          "x-ratelimit-remaining",
          "x-ratelimit-reset",
          "x-request-id",
          "x-served-by");

  private Witness() {}

  static Evidence of(
      Call call, Duration took, long bytesSent, Optional<Response> response, byte[] body) {
    var secrets = Secrets.of(call);
    return new Evidence(
        call.method(),
        secrets.out(response.map(Response::uri).orElse(call.url())),
        call.login(),
        call.attempt(),
        took,
        bytesSent,
        response.map(answer -> answer(answer, body, secrets)));
  }

  private static Evidence.Answer answer(Response response, byte[] body, Secrets secrets) {
    var said = new ArrayList<Evidence.Said>();
    for (var entry : ErrorBody.read(body)) {
      said.add(
          new Evidence.Said(
              secrets.out(entry.code()),
              secrets.out(entry.message()),
              secrets.out(entry.detail())));
    }
    return new Evidence.Answer(
        response.status(), headers(response.headers(), secrets), said, excerpt(body, secrets));
  }

  private static Map<String, List<String>> headers(Headers headers, Secrets secrets) {
    var told = new LinkedHashMap<String, List<String>>();
    for (var field : headers.fields()) {
      var name = field.name().toLowerCase(Locale.ROOT);
      if (TOLD.contains(name)) {
        told.computeIfAbsent(name, _ -> new ArrayList<>()).add(secrets.out(field.value()));
      }
    }
    told.replaceAll((_, values) -> List.copyOf(values));
    return told;
  }

  /** Secrets leave before the cut, so that no half of one is left at the end. */
  private static String excerpt(byte[] body, Secrets secrets) {
    var text = new StringBuilder();
    secrets
        .out(new String(body, java.nio.charset.StandardCharsets.UTF_8))
        .codePoints()
        .filter(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
        .takeWhile(_ -> text.length() < EXCERPT)
        .forEachOrdered(text::appendCodePoint);
    while (text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length > EXCERPT) {
      text.setLength(text.length() - Math.max(1, text.length() / 16));
    }
    return text.toString();
  }

  /** A body that broke off, as a failure. */
  static PublishException broken(Call call, Evidence evidence, IOException fault)
      throws InterruptedException {
    if (fault instanceof HttpFault http) {
      return fault(call, evidence, http);
    }
    if (fault instanceof InterruptedIOException && Thread.interrupted()) {
      throw new InterruptedException("while the body of " + evidence.url() + " came in");
    }
    return new PublishException(
        new Failure.Unreachable(call.stage(), evidence, Why.RESET, words(call, fault)), fault);
  }

  static PublishException fault(Call call, Evidence evidence, HttpFault fault) {
    return new PublishException(failure(call, evidence, fault), fault);
  }

  private static Failure failure(Call call, Evidence evidence, HttpFault fault) {
    return switch (fault.kind()) {
      case UNKNOWN_HOST -> unreachable(call, evidence, Why.DNS, fault);
      case REFUSED, UNREACHABLE -> unreachable(call, evidence, Why.CONNECT, fault);
      case TLS_TRUST -> unreachable(call, evidence, Why.TLS_TRUST, fault);
      case TLS_NAME, TLS_DATES, TLS_OTHER -> unreachable(call, evidence, Why.TLS_OTHER, fault);
      case TLS_PLAIN, PLAIN_TLS -> unreachable(call, evidence, Why.HTTP_HTTPS, fault);
      case PROXY_REFUSED -> unreachable(call, evidence, Why.PROXY, fault);
      case RESET -> unreachable(call, evidence, Why.RESET, fault);
      case TIMEOUT -> unreachable(call, evidence, Why.TIMEOUT, fault);
      case PROTOCOL, LIMIT ->
          new Failure.OffProtocol(
              call.stage(), evidence, "the answer is not usable HTTP/1.1: " + words(call, fault));
      case SOURCE ->
          new Failure.Refused(
              Failure.Stage.READ,
              new Failure.Problem(
                  "other",
                  "the content to be sent could not be read here",
                  words(call, fault),
                  "look at the file or the image it comes from"));
    };
  }

  private static Failure unreachable(Call call, Evidence evidence, Why why, HttpFault fault) {
    return new Failure.Unreachable(call.stage(), evidence, why, words(call, fault));
  }

  private static String words(Call call, IOException fault) {
    var words = fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
    return Secrets.of(call).out(words);
  }
}
