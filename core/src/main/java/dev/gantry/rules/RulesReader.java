package dev.gantry.rules;

import dev.gantry.oci.Json;
import dev.gantry.oci.Malformed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads one file of the book; what a member means stands in {@code docs/registry-book.md}. */
final class RulesReader {
  private final Json.Obj file;
  private final Json.Obj sources;

  RulesReader(Json.Obj file) {
    this.file = file;
    this.sources = part("sources");
  }

  RegistryRules read() {
    return new RegistryRules(
        file.needText("kind"),
        file.needText("name"),
        text(file, "state"),
        file.object("successor").map(this::successor),
        path(part("path")),
        tags(part("tags")),
        all("first", this::prerequisite),
        text(file, "visibility"),
        text(file, "immutability"),
        limits(part("limits")),
        all("rates", this::rate),
        auth(part("auth")),
        uploads(part("upload")),
        content(part("content")),
        deletion(part("delete")),
        new RegistryRules.Probing(text(part("probe"), "push"), text(part("probe"), "exists")),
        all("marks", this::mark),
        all("answers", this::answer),
        all("places", this::place),
        file.array("unknown").map(Json.Arr::texts).orElse(List.of()));
  }

  private Json.Obj part(String name) {
    return file.object(name).orElse(Json.object());
  }

  private <T> List<T> all(String name, Function<Json.Obj, T> reading) {
    return file.array(name).stream().flatMap(all -> all.objects().stream()).map(reading).toList();
  }

  private RegistryRules.Successor successor(Json.Obj json) {
    return new RegistryRules.Successor(
        json.text("since"), json.needText("shape"), json.needText("note"), backing(json));
  }

  private PathShape path(Json.Obj json) {
    return new PathShape(
        json.needText("shape"),
        json.array("examples").map(Json.Arr::texts).orElse(List.of()),
        number(json, "min").orElseThrow(() -> new Malformed("no 'min' in path", json.compact())),
        number(json, "max"),
        number(json, "length"),
        json.array("segments").stream()
            .flatMap(all -> all.objects().stream())
            .map(this::segment)
            .toList());
  }

  private PathShape.Segment segment(Json.Obj json) {
    return new PathShape.Segment(
        json.needText("name"),
        json.needText("means"),
        json.bool("rest").orElse(false),
        pattern(json, "pattern"),
        json.text("rule"),
        json.number("length"),
        json.array("reserved").map(Json.Arr::texts).orElse(List.of()),
        backing(json));
  }

  private RegistryRules.TagRules tags(Json.Obj json) {
    return new RegistryRules.TagRules(
        fact(json, "pattern", (obj, name) -> pattern(obj, name)),
        text(json, "rule"),
        yes(json, "case-sensitive"));
  }

  private RegistryRules.Prerequisite prerequisite(Json.Obj json) {
    return new RegistryRules.Prerequisite(
        json.needText("what"),
        json.needText("made"),
        json.text("how"),
        json.text("note"),
        backing(json));
  }

  private RegistryRules.Limits limits(Json.Obj json) {
    return new RegistryRules.Limits(
        number(json, "layer-bytes"),
        number(json, "image-bytes"),
        number(json, "manifest-bytes"),
        number(json, "body-bytes"),
        number(json, "chunk-min-bytes"),
        number(json, "chunk-max-bytes"),
        number(json, "upload-seconds"));
  }

  private RegistryRules.Rate rate(Json.Obj json) {
    return new RegistryRules.Rate(
        json.needText("what"),
        json.number("count"),
        json.number("seconds"),
        json.text("note"),
        backing(json));
  }

  private RegistryRules.Auth auth(Json.Obj json) {
    return new RegistryRules.Auth(
        text(json, "scheme"),
        text(json, "realm"),
        text(json, "service"),
        text(json, "user"),
        fact(json, "secrets", (obj, name) -> obj.array(name).map(Json.Arr::texts)),
        text(json, "helper"),
        text(json, "token-shape"),
        number(json, "token-seconds"),
        number(json, "secret-seconds"),
        yes(json, "token-makes-repository"),
        text(json, "scope"),
        text(json, "push-needs"),
        text(json, "delete-needs"));
  }

  private RegistryRules.Uploads uploads(Json.Obj json) {
    return new RegistryRules.Uploads(
        number(json, "single-post"),
        text(json, "mount"),
        yes(json, "chunks"),
        text(json, "order"),
        text(json, "after-cut"),
        number(json, "cancel"),
        text(json, "cancel-needs"),
        text(json, "leaves"),
        number(json, "session-hours"));
  }

  private RegistryRules.Content content(Json.Obj json) {
    return new RegistryRules.Content(
        yes(json, "docker"),
        yes(json, "oci"),
        yes(json, "index"),
        yes(json, "referrers"),
        yes(json, "attestations"),
        yes(json, "foreign"),
        yes(json, "zstd"));
  }

  private RegistryRules.Deletion deletion(Json.Obj json) {
    return new RegistryRules.Deletion(
        number(json, "manifest"),
        number(json, "tag"),
        text(json, "way"),
        number(json, "restore-days"));
  }

  private RegistryRules.Mark mark(Json.Obj json) {
    return new RegistryRules.Mark(
        pattern(json, "realm"),
        pattern(json, "service"),
        json.text("header"),
        pattern(json, "value"),
        backing(json));
  }

  private RecordedAnswer answer(Json.Obj json) {
    var headers = new LinkedHashMap<String, String>();
    json.object("headers")
        .ifPresent(all -> all.members().forEach((key, _) -> headers.put(key, all.needText(key))));
    return new RecordedAnswer(
        json.needText("when"),
        json.needText("step"),
        json.number("status").map(Math::toIntExact),
        json.text("type"),
        json.text("code"),
        json.text("message"),
        json.get("detail"),
        headers,
        json.needText("cause"),
        json.text("means"),
        backing(json));
  }

  private Place place(Json.Obj json) {
    return new Place(
        json.needText("for"),
        json.needText("where"),
        json.text("where-zh"),
        json.text("run"),
        json.text("url"),
        backing(json));
  }

  private Optional<Fact<String>> text(Json.Obj json, String name) {
    return fact(json, name, Json.Obj::text);
  }

  private Optional<Fact<Long>> number(Json.Obj json, String name) {
    return fact(json, name, Json.Obj::number);
  }

  private Optional<Fact<Boolean>> yes(Json.Obj json, String name) {
    return fact(json, name, Json.Obj::bool);
  }

  private <T> Optional<Fact<T>> fact(
      Json.Obj json, String name, BiFunction<Json.Obj, String, Optional<T>> reading) {
    return json.object(name)
        .map(fact ->
            new Fact<>(
                reading
                    .apply(fact, "value")
                    .orElseThrow(
                        () -> new Malformed("'" + name + "' has no value", fact.compact())),
                fact.text("note"),
                fact.text("unless"),
                backing(fact)));
  }

  private static Optional<Pattern> pattern(Json.Obj json, String name) {
    return json.text(name).map(Pattern::compile);
  }

  private Backing backing(Json.Obj json) {
    var keys = json.array("sources").map(Json.Arr::texts).orElse(List.of());
    return new Backing(
        Confidence.parse(json.needText("confidence")),
        keys.stream().map(sources::needText).toList());
  }
}
