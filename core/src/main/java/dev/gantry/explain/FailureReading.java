package dev.gantry.explain;

import dev.gantry.explain.log.Facts;
import dev.gantry.explain.log.Hosts;
import dev.gantry.explain.log.Observation;
import dev.gantry.explain.phrase.Plain;
import dev.gantry.failure.Evidence;
import dev.gantry.failure.Failure;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Turns a failure of ours into the observations that the table of causes weighs: the request and
 * its answer give the facts, the registry's own words the text.
 */
final class FailureReading {
  private FailureReading() {}

  /** Diagnoses of what needs no weighing, because nobody was asked; never empty. */
  static List<Diagnosis> plain(Failure failure) {
    return switch (failure) {
      case Failure.Refused(var _, var problems) ->
          problems.stream().map(FailureReading::known).toList();
      case Failure.Cancelled(var stage, var why) ->
          List.of(plainly("other", stage.name().toLowerCase(Locale.ROOT), why, 0.5));
      case Failure.OutOfTime(var stage, var limit) ->
          List.of(
              plainly(
                  "net.timeout",
                  stage.name().toLowerCase(Locale.ROOT),
                  "not done within " + limit.toSeconds() + " s",
                  0.5));
      case Failure.Defect(var stage, var thrown) ->
          List.of(
              plainly("other", stage.name().toLowerCase(Locale.ROOT), String.valueOf(thrown), 0.5));
      case Failure.Rejected _, Failure.Unreachable _, Failure.OffProtocol _ ->
          throw new IllegalArgumentException("this one is weighed: " + failure.stage());
    };
  }

  /** What a request and its answer say; nothing of a failure without a request. */
  static Reading observations(Failure failure, Facts setting) {
    return switch (failure) {
      case Failure.Rejected(var stage, var evidence) ->
          read(stage, evidence, new Facts(), "", setting);
      case Failure.Unreachable(var stage, var evidence, var why, var words) ->
          read(
              stage,
              evidence,
              new Facts().add("why", why.name().toLowerCase(Locale.ROOT)),
              words,
              setting);
      case Failure.OffProtocol(var stage, var evidence, var rule) ->
          read(stage, evidence, new Facts().add("off-protocol"), rule, setting);
      case Failure.Refused _, Failure.Cancelled _, Failure.OutOfTime _, Failure.Defect _ ->
          Reading.NONE;
    };
  }

  /** A problem that names its cause needs no weighing. */
  private static Diagnosis known(Failure.Problem problem) {
    var cause = Causes.only(problem.cause()).or(() -> Causes.only("other")).orElseThrow();
    return new Diagnosis(
        cause,
        0.99,
        List.of(new Seen(problem.where(), problem.what(), 9)),
        List.of(),
        Optional.empty(),
        List.of(new Remedy(new Words(problem.todo(), problem.todo()), Optional.empty())));
  }

  private static Diagnosis plainly(String id, String where, String text, double confidence) {
    var cause = Causes.only(id).orElseThrow();
    var facts = new Facts();
    return new Diagnosis(
        cause,
        confidence,
        List.of(new Seen(where, text, 3)),
        List.of(),
        Optional.empty(),
        Ranking.remedies(cause, facts, new Blanks(facts)));
  }

  private static Reading read(
      Failure.Stage stage, Evidence evidence, Facts own, String words, Facts setting) {
    var facts = request(evidence, own, setting);
    facts.add("phase", phase(stage)).add("tool", "gantry");
    var texts = new ArrayList<String>();
    if (!words.isEmpty()) {
      texts.add(words);
    }
    evidence.answer().ifPresent(answer -> answer(answer, facts, texts));
    var where =
        evidence.method()
            + " "
            + evidence.url().getHost()
            + evidence.url().getPath()
            + evidence.answer().map(answer -> " answered " + answer.status()).orElse("");
    if (texts.isEmpty()) {
      texts.add(where);
    }
    var observations = new ArrayList<Observation>();
    texts.forEach(text -> observations.add(observation(where, text, facts)));
    var whole = setting.copy().under(facts);
    evidence.answer().ifPresent(answer -> observations.addAll(BookPage.said(answer, whole)));
    return new Reading(observations, List.of(), whole);
  }

  private static Facts request(Evidence evidence, Facts facts, Facts setting) {
    var host = Optional.ofNullable(evidence.url().getHost()).orElse("");
    var port = evidence.url().getPort();
    var path = Optional.ofNullable(evidence.url().getPath()).orElse("");
    facts.add("method", evidence.method());
    if (!setting.has("host")) {
      // A registry's name may be another than its endpoint's, as with Docker Hub or a stand-in.
      facts.add("host", port < 0 ? host : host + ":" + port);
      Hosts.kind(host).ifPresent(kind -> facts.add("registry", kind));
      facts.add("run-by", Hosts.ofProvider(host) ? "provider" : "owner");
    }
    var endpoint =
        path.contains("/blobs/uploads")
            ? "upload"
            : path.contains("/manifests/")
                ? "manifest"
                : path.contains("/blobs/")
                    ? "blob"
                    : path.endsWith("/v2/")
                        ? "ping"
                        : path.contains("token") || path.contains("auth") ? "token" : "list";
    facts.add("endpoint", endpoint);
    var end = path.indexOf("/blobs/") >= 0 ? path.indexOf("/blobs/") : path.indexOf("/manifests/");
    if (path.startsWith("/v2/") && end > 4) {
      facts.add("url-repository", path.substring(4, end));
    }
    facts.add("credentials", evidence.sent().kind());
    if (evidence.bytesSent() > 0) {
      facts.add("sent", "some");
    }
    return facts;
  }

  private static void answer(Evidence.Answer answer, Facts facts, List<String> texts) {
    facts.add("status", Integer.toString(answer.status()));
    for (var said : answer.errors()) {
      facts.add("code", said.code().toUpperCase(Locale.ROOT));
      texts.add(said.code().toLowerCase(Locale.ROOT) + ": " + said.message() + " " + said.detail());
    }
    if (answer.errors().isEmpty() && !answer.excerpt().isBlank()) {
      texts.add(answer.status() + " " + answer.excerpt());
    }
    if (!answer.excerpt().isBlank() || !facts.has("method", "HEAD")) {
      facts.add("body", answer.errors().isEmpty() ? body(answer.excerpt()) : "json");
    }
  }

  /** What kind of text the body is; an answer to HEAD has none and says nothing by it. */
  private static String body(String excerpt) {
    var start = excerpt.strip().toLowerCase(Locale.ROOT);
    if (start.isEmpty()) {
      return "empty";
    }
    if (start.contains("<html") || start.startsWith("<!doctype")) {
      return "html";
    }
    if (start.startsWith("<?xml")) {
      return "xml";
    }
    return start.startsWith("{") || start.startsWith("[") ? "json" : "text";
  }

  private static String phase(Failure.Stage stage) {
    return switch (stage) {
      case SIGN_IN -> "login";
      case READ -> "read";
      case COMMIT, POINT, VERIFY -> "manifest";
      case REQUEST, SURVEY, PLAN, UPLOAD -> "push";
    };
  }

  /** A text with the phrases that stand in it. */
  static Observation observation(String where, String text, Facts facts) {
    var plain = Plain.of(text);
    var vocabulary = Causes.table().vocabulary();
    var candidates = vocabulary.candidates(plain);
    var own = facts.copy();
    vocabulary.hintsIn(plain, candidates).forEach(hint -> own.add(hint.fact()));
    BitSet phrases = vocabulary.phrasesIn(plain, candidates);
    return new Observation(where, 0, text, plain, phrases, own, new Facts(), false);
  }
}
