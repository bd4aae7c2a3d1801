package dev.gantry.cli;

import dev.gantry.explain.Cause;
import dev.gantry.explain.Diagnosis;
import dev.gantry.explain.Explanation;
import dev.gantry.explain.Failing;
import dev.gantry.explain.Probed;
import dev.gantry.explain.Remedy;
import dev.gantry.explain.Seen;
import dev.gantry.oci.Json;
import java.util.List;
import java.util.Locale;

/** Explanations and causes as JSON; the schema is {@code docs/schemas/explain.json}. */
final class ExplanationJson {
  private ExplanationJson() {}

  static Json.Obj of(Explanation explanation) {
    var json = Json.object().with("file", explanation.source());
    return meaning(
        explanation,
        explanation.failing().map(failing -> json.with("failing", of(failing))).orElse(json));
  }

  /** What it means, for a document that tells the rest. */
  static Json.Obj meaning(Explanation explanation) {
    return meaning(explanation, Json.object());
  }

  /** Adds what it means: certain, diagnoses, and the probes if any were asked for. */
  private static Json.Obj meaning(Explanation explanation, Json.Obj json) {
    var meaning =
        json.with("certain", new Json.Bool(explanation.certain()))
            .with(
                "diagnoses",
                new Json.Arr(explanation.diagnoses().stream().map(ExplanationJson::of).toList()));
    return explanation.probes().isEmpty()
        ? meaning
        : meaning.with(
            "probes",
            new Json.Arr(explanation.probes().stream().map(ExplanationJson::of).toList()));
  }

  private static Json of(Failing failing) {
    var json =
        Json.object().with("where", failing.line().where()).with("text", failing.line().excerpt());
    for (var part : failing.parts().entrySet()) {
      json = json.with(part.getKey(), Json.strings(part.getValue()));
    }
    return json;
  }

  private static Json of(Explanation.Decision decision) {
    var probed = decision.probed();
    var json = Json.object().with("probe", probed.probe().kind().word());
    return switch (probed) {
      case Probed.NotMade _ ->
          json.with("made", new Json.Bool(false)).with("decided", decision.text().en());
      case Probed.Made made ->
          json.with("made", new Json.Bool(true))
              .with("as", made.as())
              .with("asked", new Json.Arr(made.asked().stream().map(ExplanationJson::of).toList()))
              .with("decided", decision.text().en());
    };
  }

  private static Json of(Probed.Asked asked) {
    return Json.object().with("request", asked.request()).with("answer", asked.answer());
  }

  private static Json of(Diagnosis diagnosis) {
    var json =
        Json.object()
            .with("cause", diagnosis.cause().id())
            .with("confidence", new Json.Num(Double.toString(diagnosis.confidence())))
            .with("meaning", diagnosis.cause().meaning().en())
            .with("who", diagnosis.cause().who().name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .with("evidence", seen(diagnosis.evidence()))
            .with("against", seen(diagnosis.against()))
            .with("remedies", remedies(diagnosis.remedies()));
    return diagnosis.test().map(test -> (Json) json.with("test", test(test))).orElse(json);
  }

  private static Json test(Diagnosis.Test test) {
    var json = Json.object().with("text", test.text().en());
    var told = test.command().map(command -> json.with("command", command)).orElse(json);
    return test.probe().map(probe -> (Json) told.with("probe", probe.kind().word())).orElse(told);
  }

  private static Json seen(List<Seen> seen) {
    return new Json.Arr(
        seen.stream()
            .map(one -> (Json) Json.object().with("where", one.where()).with("text", one.excerpt()))
            .toList());
  }

  private static Json remedies(List<Remedy> remedies) {
    return new Json.Arr(
        remedies.stream()
            .map(remedy -> {
              var json = Json.object().with("text", remedy.text().en());
              return remedy.code().map(code -> (Json) json.with("code", code)).orElse(json);
            })
            .toList());
  }

  /** A cause's page. */
  static Json of(Cause cause) {
    return Json.object()
        .with("cause", cause.id())
        .with("meaning", cause.meaning().en())
        .with("who", cause.who().name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .with("look", cause.look().en())
        .with("remedies", remedies(cause.remedies()))
        .with("sources", Json.strings(cause.sources()));
  }
}
