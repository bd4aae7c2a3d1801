package dev.gantry.cli;

import dev.gantry.Meaning;
import dev.gantry.Outcome;
import dev.gantry.Receipt;
import dev.gantry.explain.Diagnosis;
import dev.gantry.explain.Explanation;
import dev.gantry.failure.Failure;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Json;
import dev.gantry.plan.Plan;
import dev.gantry.plan.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a publish ended, as it is shown: the result on stdout, a failure in its four lines. */
final class OutcomeView {
  private OutcomeView() {}

  /** Shows it and gives the exit code. */
  static Exit show(Outcome outcome, Terminal terminal) {
    return switch (outcome) {
      case Outcome.Published(var receipt) -> {
        if (terminal.wantsJson()) {
          terminal.json(
              Json.object()
                  .with("outcome", "published")
                  .with("exit", new Json.Num(0))
                  .with("receipt", receipt.json()));
        } else {
          lines(receipt, terminal.lang()).forEach(terminal::result);
        }
        yield Exit.DONE;
      }
      case Outcome.Planned(var plans) -> planned(plans, terminal);
      case Outcome.Failed(var failure, var explanation, var standing) ->
          failed(failure, explanation, standing, terminal);
    };
  }

  private static Exit planned(List<Plan> plans, Terminal terminal) {
    boolean blocked = plans.stream().anyMatch(Plan::blocked);
    if (terminal.wantsJson()) {
      var all = new ArrayList<Json>();
      plans.forEach(plan -> all.add(PlanView.json(plan)));
      terminal.json(
          Json.object()
              .with("outcome", "planned")
              .with("exit", new Json.Num(blocked ? Exit.YOURS.code() : 0))
              .with("plans", new Json.Arr(all)));
    } else {
      plans.forEach(plan -> PlanView.lines(plan, terminal.lang()).forEach(terminal::result));
    }
    return blocked ? Exit.YOURS : Exit.DONE;
  }

  /** The receipt for people: what stands where, and how to have it. */
  static List<String> lines(Receipt receipt, Lang lang) {
    var lines = new ArrayList<String>();
    lines.add(
        receipt.rehearsal().isPresent()
            ? new Text(
                    "rehearsal: nothing left this machine; this is what would stand (like {0})",
                    "演练：未向外发送任何内容；真实发布后将如下（模拟 {0}）")
                .in(lang, receipt.rehearsal().get())
            : new Text("published {0}", "已发布 {0}").in(lang, receipt.root().digest()));
    lines.add(new Text("  digest     {0}", "  摘要       {0}").in(lang, receipt.root().digest()));
    lines.add(new Text("  source     {0}", "  来源       {0}").in(lang, receipt.source()));
    if (!receipt.platforms().isEmpty()) {
      lines.add(
          new Text("  platforms  {0}", "  平台       {0}")
              .in(
                  lang,
                  String.join(", ", receipt.platforms().stream().map(Object::toString).toList())));
    }
    receipt
        .revision()
        .ifPresent(
            commit -> lines.add(new Text("  revision   {0}", "  提交       {0}").in(lang, commit)));
    for (var delivery : receipt.deliveries()) {
      lines.addAll(lines(delivery, receipt, lang));
    }
    receipt
        .run()
        .ifPresent(run -> lines.add(new Text("  run        {0}", "  运行       {0}").in(lang, run)));
    return lines;
  }

  private static List<String> lines(Receipt.Delivery delivery, Receipt receipt, Lang lang) {
    var lines = new ArrayList<String>();
    for (var pointed : delivery.tags()) {
      var name = delivery.repository() + ":" + pointed.tag();
      lines.add(
          "  "
              + (pointed.from().isEmpty()
                  ? new Text("tag        {0} (new)", "标签       {0}（新建）").in(lang, name)
                  : pointed.from().get().equals(receipt.root().digest())
                      ? new Text("tag        {0} (stood there)", "标签       {0}（未变）").in(lang, name)
                      : new Text("tag        {0} (was {1})", "标签       {0}（原为 {1}）")
                          .in(lang, name, pointed.from().get())));
    }
    lines.add(
        new Text(
                "  blobs      {0} sent ({1}), {2} mounted, {3} there already",
                "  blob       发送 {0} 个（{1}），挂载 {2} 个，已有 {3} 个")
            .in(
                lang,
                delivery.blobsSent(),
                Columns.bytes(delivery.bytesSent()),
                delivery.blobsMounted(),
                delivery.blobsPresent()));
    lines.add(
        new Text("  signed in  {0}", "  登录凭据   {0}")
            .in(
                lang,
                delivery.credential().equals("none")
                    ? new Text("without credentials", "匿名").in(lang)
                    : delivery.credential()));
    lines.add(
        new Text("  read back  every tag, manifest and blob is there", "  回读       标签、清单、blob 全部在位")
            .in(lang));
    if (receipt.rehearsal().isEmpty()) {
      lines.add(
          "  "
              + (switch (delivery.anonymous()) {
                    case YES ->
                        new Text("others     can pull it without signing in", "他人       无需登录即可拉取");
                    case NO ->
                        new Text("others     have to sign in to pull it", "他人       需登录后才能拉取");
                    case UNKNOWN ->
                        new Text("others     could not be looked at", "他人       未能确认能否拉取");
                  })
                  .in(lang));
    }
    lines.add(
        new Text("  pull       docker pull {0}", "  拉取       docker pull {0}")
            .in(lang, delivery.references().getFirst()));
    return lines;
  }

  /** Shows a failure of a run that wrote nothing. */
  static Exit failed(Failure failure, Terminal terminal) {
    return failed(failure, Standing.UNTOUCHED, terminal);
  }

  /** Shows a failure of a command that has no wiring of its own to ask what it means. */
  static Exit failed(Failure failure, Standing standing, Terminal terminal) {
    return failed(failure, Meaning.of(failure, terminal.environment()), standing, terminal);
  }

  /** Shows a failure and gives the exit code of who can mend it. */
  static Exit failed(
      Failure failure, Explanation explanation, Standing standing, Terminal terminal) {
    var exit = exit(failure, explanation.best());
    if (terminal.wantsJson()) {
      terminal.json(json(failure, explanation, standing, exit));
    }
    terminal.error(four(failure, explanation, standing, terminal.lang()).rendered(terminal));
    return exit;
  }

  /** Who can mend it: by the meaning where there is one, else by what was seen. */
  static Exit exit(Failure failure, Diagnosis diagnosis) {
    return switch (failure) {
      case Failure.Rejected _, Failure.Unreachable _, Failure.OffProtocol _ ->
          diagnosis.confidence() < 0.5
              ? FourLines.exit(failure)
              : switch (diagnosis.cause().who()) {
                case YOU -> Exit.YOURS;
                case REGISTRY_OWNER -> Exit.OWNERS;
                case NETWORK, REGISTRY -> Exit.LATER;
                case THIS_TOOL -> Exit.DEFECT;
              };
      case Failure.Refused _, Failure.Cancelled _, Failure.OutOfTime _, Failure.Defect _ ->
          FourLines.exit(failure);
    };
  }

  /** The four lines, with the meaning and what the registries hold now. */
  static FourLines four(Failure failure, Explanation explanation, Standing standing, Lang lang) {
    var diagnosis = explanation.best();
    var plain = FourLines.of(failure, lang);
    return switch (failure) {
      case Failure.Rejected _, Failure.Unreachable _, Failure.OffProtocol _ -> {
        if (diagnosis.cause().id().equals("other")) {
          // Nothing that is known fits: what was seen says more than that.
          yield new FourLines(plain.what(), plain.seen(), left(standing, lang), plain.todo());
        }
        var what =
            diagnosis.cause().meaning().in(locale(lang)) + "  [" + diagnosis.cause().id() + "]";
        var seen = new ArrayList<>(plain.seen());
        seen.addFirst(plain.what());
        seen.addAll(ProbeLines.of(explanation.probes(), lang));
        var todo = new ArrayList<String>();
        diagnosis.remedies().stream()
            .limit(3)
            .forEach(remedy -> {
              todo.add(remedy.text().in(locale(lang)));
              remedy.code().ifPresent(code -> code.lines().forEach(l -> todo.add("  " + l)));
            });
        yield new FourLines(what, seen, left(standing, lang), todo.isEmpty() ? plain.todo() : todo);
      }
      case Failure.Refused _, Failure.Cancelled _, Failure.OutOfTime _, Failure.Defect _ ->
          new FourLines(plain.what(), plain.seen(), left(standing, lang), plain.todo());
    };
  }

  private static Locale locale(Lang lang) {
    return switch (lang) {
      case EN -> Locale.ENGLISH;
      case ZH -> Locale.CHINESE;
    };
  }

  /** What stands in the registries now, a line a repository and tag. */
  static List<String> left(Standing standing, Lang lang) {
    var lines = new ArrayList<String>();
    for (var place : standing.places()) {
      var name = place.repository().toString();
      lines.add(
          (switch (place.reach()) {
                case NOTHING -> new Text("{0}: nothing was written", "{0}：没有写入任何内容");
                case CONTENT ->
                    new Text(
                        "{0}: some blobs arrived (the next run does not send them again); no tag"
                            + " was touched",
                        "{0}：部分 blob 已上传（下次无需重传），标签未动");
                case READY ->
                    new Text(
                        "{0}: everything is there by digest; no tag was touched",
                        "{0}：内容已按摘要齐备，标签未动");
                case PUT_BACK ->
                    new Text(
                        "{0}: not all tags could be moved, so they were put back",
                        "{0}：标签未能全部移动，已退回");
                case POINTED -> new Text("{0}: the tags were moved", "{0}：标签已移动");
              })
              .in(lang, name));
      for (var tag : place.tags()) {
        tag(tag, name, lang).ifPresent(lines::add);
      }
    }
    return lines.isEmpty() ? List.of(new Text("nothing was written", "没有写入任何内容").in(lang)) : lines;
  }

  private static Optional<String> tag(Standing.Stand tag, String name, Lang lang) {
    var now = tag.now().map(Digest::toString);
    if (!tag.known()) {
      return Optional.of(
          new Text(
                  "{0}:{1} could not be read; look with: gantry digest {0}:{1}",
                  "{0}:{1} 未能读取，请运行：gantry digest {0}:{1}")
              .in(lang, name, tag.tag()));
    }
    if (tag.unmoved()) {
      return tag.before()
          .map(before ->
              new Text("{0}:{1} stands at {2} as before", "{0}:{1} 仍指向 {2}")
                  .in(lang, name, tag.tag(), before));
    }
    return Optional.of(
        now.map(at ->
                new Text("{0}:{1} stands at {2} and could not be put back", "{0}:{1} 现指向 {2}，未能退回")
                    .in(lang, name, tag.tag(), at))
            .orElseGet(() ->
                new Text("{0}:{1} is not there any more", "{0}:{1} 已不存在")
                    .in(lang, name, tag.tag())));
  }

  private static Json.Obj json(
      Failure failure, Explanation explanation, Standing standing, Exit exit) {
    var diagnosis = explanation.best();
    var four = four(failure, explanation, standing, Lang.EN);
    var places = new ArrayList<Json>();
    for (var place : standing.places()) {
      var tags = new ArrayList<Json>();
      place.tags().forEach(tag -> tags.add(json(tag)));
      places.add(
          Json.object()
              .with("repository", place.repository().toString())
              .with("reach", place.reach().name().toLowerCase(Locale.ROOT))
              .with("tags", new Json.Arr(tags)));
    }
    var plain = FourLines.json(failure, exit);
    var error =
        plain
            .object("error")
            .orElseThrow()
            .with("what", four.what())
            .with("seen", Json.strings(four.seen()))
            .with("left", Json.strings(four.left()))
            .with("do", Json.strings(four.todo()))
            .with("cause", diagnosis.cause().id())
            .with("confidence", new Json.Num(Double.toString(diagnosis.confidence())))
            .with("standing", new Json.Arr(places));
    return plain.with("error", error.with("meaning", ExplanationJson.meaning(explanation)));
  }

  private static Json json(Standing.Stand tag) {
    return Json.object()
        .with("tag", tag.tag().value())
        .with("before", text(tag.before()))
        .with("now", text(tag.now()))
        .with("known", new Json.Bool(tag.known()));
  }

  private static Json text(Optional<Digest> digest) {
    return digest.<Json>map(one -> new Json.Str(one.toString())).orElse(Json.Null.NULL);
  }
}
