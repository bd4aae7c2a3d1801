package dev.gantry.cli;

import dev.gantry.oci.Digest;
import dev.gantry.oci.Json;
import dev.gantry.plan.Plan;
import dev.gantry.plan.Step;
import dev.gantry.rules.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A plan as it is shown before anything is written. */
final class PlanView {
  private PlanView() {}

  /** Lines for people. */
  static List<String> lines(Plan plan, Lang lang) {
    var lines = new ArrayList<String>();
    lines.add(
        plan.root()
            .map(root ->
                new Text("plan for {0}: {1}", "{0} 的计划：{1}").in(lang, plan.repository(), root))
            .orElseGet(() ->
                new Text(
                        "plan for {0}: the digest is known when the layers are compressed",
                        "{0} 的计划：压缩各层后才能确定摘要")
                    .in(lang, plan.repository())));
    for (var step : plan.steps()) {
      lines.add("  " + line(step, lang));
    }
    long sure = plan.bytesToSend();
    long most = plan.bytesAtMost();
    lines.add(
        sure == most
            ? new Text("  to send: {0}", "  待发送：{0}").in(lang, Columns.bytes(sure))
            : new Text("  to send: {0} to {1}", "  待发送：{0} 至 {1}")
                .in(lang, Columns.bytes(sure), Columns.bytes(most)));
    for (var finding : plan.findings()) {
      lines.add("  " + line(finding, lang));
    }
    return lines;
  }

  private static String line(Step step, Lang lang) {
    return switch (step) {
      case Step.Keep(var blob) ->
          new Text("exists   {0}  {1}", "已存在   {0}  {1}")
              .in(lang, blob.digest(), Columns.bytes(blob.size()));
      case Step.Mount(var blob, var from) ->
          new Text("mount    {0}  {1}  from {2}", "挂载     {0}  {1}  来自 {2}")
              .in(lang, blob.digest(), Columns.bytes(blob.size()), from.getFirst().path());
      case Step.Send(var blob) ->
          new Text("send     {0}  {1}", "发送     {0}  {1}")
              .in(lang, blob.digest(), Columns.bytes(blob.size()));
      case Step.Compress(var diffId, var most) ->
          new Text(
                  "compress {0} (uncompressed), then send at most {1}",
                  "压缩     {0}（未压缩摘要），随后最多发送 {1}")
              .in(lang, diffId, Columns.bytes(most));
      case Step.Commit(var manifest) ->
          new Text("manifest {0}  {1}", "清单     {0}  {1}")
              .in(lang, manifest.digest(), Columns.bytes(manifest.raw().size()));
      case Step.Point point -> point(point, lang);
    };
  }

  private static String point(Step.Point point, Lang lang) {
    var to = point.to().map(Digest::toString).orElse("?");
    if (point.stands()) {
      return new Text("tag      {0}: stands there already", "标签     {0}：已指向该摘要")
          .in(lang, point.tag());
    }
    return point
        .from()
        .map(from ->
            new Text("tag      {0}: {1} -> {2}", "标签     {0}：{1} -> {2}")
                .in(lang, point.tag(), from, to))
        .orElseGet(() ->
            new Text("tag      {0}: new -> {1}", "标签     {0}：新建 -> {1}").in(lang, point.tag(), to));
  }

  /** A doubt on one line. */
  static String line(Finding finding, Lang lang) {
    var label =
        switch (finding.weight()) {
          case BLOCKS -> new Text("blocks", "阻断");
          case WARNS -> new Text("warns", "警告");
        };
    return label.in(lang)
        + "   "
        + Chinese.of(finding.what(), lang)
        + ": "
        + finding.where()
        + "  ["
        + finding.cause()
        + "]; "
        + Chinese.of(finding.todo(), lang);
  }

  /** The document for programs. */
  static Json.Obj json(Plan plan) {
    var steps = new ArrayList<Json>();
    plan.steps().forEach(step -> steps.add(json(step)));
    var findings = new ArrayList<Json>();
    plan.findings().forEach(finding -> findings.add(json(finding)));
    return Json.object()
        .with("repository", plan.repository().toString())
        .with("digest", digest(plan.root()))
        .with("bytesToSend", new Json.Num(plan.bytesToSend()))
        .with("bytesAtMost", new Json.Num(plan.bytesAtMost()))
        .with("steps", new Json.Arr(steps))
        .with("findings", new Json.Arr(findings));
  }

  private static Json json(Step step) {
    return switch (step) {
      case Step.Keep(var blob) -> blob("keep", blob.digest(), blob.size());
      case Step.Mount(var blob, var from) ->
          blob("mount", blob.digest(), blob.size()).with("from", Json.strings(from));
      case Step.Send(var blob) -> blob("send", blob.digest(), blob.size());
      case Step.Compress(var diffId, var most) ->
          Json.object()
              .with("step", "compress")
              .with("diffId", diffId.toString())
              .with("bytesAtMost", new Json.Num(most));
      case Step.Commit(var manifest) -> blob("manifest", manifest.digest(), manifest.raw().size());
      case Step.Point(var tag, var from, var to) ->
          Json.object()
              .with("step", "tag")
              .with("tag", tag.value())
              .with("from", digest(from))
              .with("to", digest(to));
    };
  }

  private static Json.Obj blob(String step, Digest digest, long bytes) {
    return Json.object()
        .with("step", step)
        .with("digest", digest.toString())
        .with("bytes", new Json.Num(bytes));
  }

  /** A doubt for programs. */
  static Json.Obj json(Finding finding) {
    return Json.object()
        .with("cause", finding.cause())
        .with("blocks", new Json.Bool(finding.blocks()))
        .with("what", finding.what())
        .with("where", finding.where())
        .with("do", finding.todo())
        .with("nearest", finding.nearest().<Json>map(Json.Str::new).orElse(Json.Null.NULL))
        .with("source", finding.source());
  }

  private static Json digest(Optional<Digest> digest) {
    return digest.<Json>map(one -> new Json.Str(one.toString())).orElse(Json.Null.NULL);
  }
}
