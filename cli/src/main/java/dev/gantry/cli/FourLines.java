package dev.gantry.cli;

import dev.gantry.failure.Evidence;
import dev.gantry.failure.Failure;
import dev.gantry.oci.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A failure as it is told: what · seen · left · do.
 *
 * @param what one line, with the cause's id where one is known
 * @param seen what was observed; more lines where there were more observations
 * @param left what stands in the registry now
 * @param todo one command or setting a line
 */
record FourLines(String what, List<String> seen, List<String> left, List<String> todo) {

  /** Who can mend it, as far as the failure alone tells. */
  static Exit exit(Failure failure) {
    return switch (failure) {
      case Failure.Refused _ -> Exit.YOURS;
      case Failure.Cancelled _ -> Exit.INTERRUPTED;
      case Failure.OutOfTime _ -> Exit.LATER;
      case Failure.Defect _ -> Exit.DEFECT;
      case Failure.Unreachable unreachable ->
          switch (unreachable.why()) {
            case DNS, TLS_TRUST, TLS_OTHER, HTTP_HTTPS, PROXY -> Exit.YOURS;
            case CONNECT, RESET, TIMEOUT -> Exit.LATER;
          };
      case Failure.OffProtocol _ -> Exit.OWNERS;
      case Failure.Rejected rejected -> {
        int status = rejected.evidence().answer().map(Evidence.Answer::status).orElse(0);
        yield status == 429 || status >= 500 ? Exit.LATER : Exit.YOURS;
      }
    };
  }

  static FourLines of(Failure failure, Lang lang) {
    return new FourLines(
        what(failure, lang),
        seen(failure, lang),
        List.of(
            failure instanceof Failure.Refused
                ? new Text("nothing was written", "没有写入任何内容").in(lang)
                : new Text("not looked at", "尚未查看").in(lang)),
        todo(failure, lang));
  }

  /** The lines as they are printed, the labels in a column. */
  String rendered(Terminal terminal) {
    var lang = terminal.lang();
    var lines = new ArrayList<String>();
    lines.add(terminal.red("gantry: ") + terminal.bold(what));
    block(lines, new Text("seen", "所见").in(lang), seen);
    block(lines, new Text("left", "现状").in(lang), left);
    block(lines, new Text("do", "处理").in(lang), todo);
    return String.join("\n", lines);
  }

  private static void block(List<String> lines, String label, List<String> texts) {
    var head = "  " + Columns.padded(label, 6);
    for (var text : texts) {
      lines.add(head + text);
      head = " ".repeat(8);
    }
  }

  private static String what(Failure failure, Lang lang) {
    return switch (failure) {
      case Failure.Refused refused -> {
        var first = refused.problems().isEmpty() ? null : refused.problems().getFirst();
        yield first == null
            ? new Text("this cannot work", "这样行不通").in(lang)
            : Chinese.of(first.what(), lang) + "  [" + first.cause() + "]";
      }
      case Failure.Rejected rejected ->
          new Text("{0} refused it ({1})", "{0} 拒绝了请求（{1}）")
              .in(lang, rejected.evidence().url().getAuthority(), stage(failure, lang));
      case Failure.Unreachable unreachable ->
          new Text("no usable answer from {0}: {1} ({2})", "{0} 没有可用的应答：{1}（{2}）")
              .in(
                  lang,
                  unreachable.evidence().url().getAuthority(),
                  Chinese.of(unreachable.words(), lang),
                  stage(failure, lang));
      case Failure.OffProtocol off ->
          new Text("{0} answered outside the protocol: {1}", "{0} 的应答不符合协议：{1}")
              .in(lang, off.evidence().url().getAuthority(), off.rule());
      case Failure.Cancelled cancelled ->
          new Text("stopped: {0} ({1})", "已停止：{0}（{1}）")
              .in(lang, Chinese.of(cancelled.why(), lang), stage(failure, lang));
      case Failure.OutOfTime(_, var limit) ->
          new Text("the time of {0} s for the whole run is over ({1})", "整个运行的时限 {0} 秒已到（{1}）")
              .in(lang, limit.toSeconds(), stage(failure, lang));
      case Failure.Defect _ ->
          new Text("a defect of Gantry itself ({0})", "Gantry 自身的缺陷（{0}）")
              .in(lang, stage(failure, lang));
    };
  }

  private static List<String> seen(Failure failure, Lang lang) {
    return switch (failure) {
      case Failure.Refused refused ->
          refused.problems().stream()
              .map(problem ->
                  refused.problems().size() == 1
                      ? problem.where()
                      : problem.where() + ": " + Chinese.of(problem.what(), lang))
              .toList();
      case Failure.Cancelled cancelled -> List.of(Chinese.of(cancelled.why(), lang));
      case Failure.OutOfTime(_, var limit) -> List.of("--timeout " + limit.toSeconds() + "s");
      case Failure.Defect defect -> trace(defect.thrown());
      case Failure.Rejected(_, var evidence) -> List.of(request(evidence, lang));
      case Failure.Unreachable(_, var evidence, var why, _) ->
          List.of(request(evidence, lang) + " → " + why);
      case Failure.OffProtocol(_, var evidence, _) -> List.of(request(evidence, lang));
    };
  }

  /** The request, the answer in the registry's own words, the attempt and the credential. */
  static String request(Evidence evidence, Lang lang) {
    var line = new StringBuilder(evidence.method()).append(' ').append(evidence.url());
    evidence
        .answer()
        .ifPresent(answer -> {
          line.append(" → ").append(answer.status());
          var said =
              answer.errors().stream()
                  .map(one ->
                      one.message().isEmpty() ? one.code() : one.code() + ": " + one.message())
                  .collect(Collectors.joining("; "));
          line.append(' ')
              .append(said.isEmpty() ? Columns.cut(answer.excerpt().strip(), 200) : said);
        });
    line.append(
        new Text(" (attempt {0}, credential: {1})", "（第 {0} 次，凭据：{1}）")
            .in(
                lang,
                evidence.attempt(),
                evidence.sent().equals(Evidence.Login.NONE)
                    ? new Text("none", "无").in(lang)
                    : evidence.sent().kind() + ", " + evidence.sent().source()));
    return line.toString();
  }

  private static List<String> todo(Failure failure, Lang lang) {
    return switch (failure) {
      case Failure.Refused refused ->
          refused.problems().stream()
              .map(problem -> Chinese.of(problem.todo(), lang))
              .distinct()
              .toList();
      case Failure.Defect _ ->
          List.of(
              new Text(
                      "please report it with the lines above and the output of gantry --version",
                      "请附上以上内容和 gantry --version 的输出进行报告")
                  .in(lang));
      case Failure.OutOfTime _ ->
          List.of(
              new Text(
                      "run the same command again: what arrived is not sent twice; or give more"
                          + " time",
                      "重新运行同一命令（已上传的内容不会重复发送），或放宽时限")
                  .in(lang));
      case Failure.Cancelled _ ->
          List.of(new Text("run the same command again", "重新运行同一命令").in(lang));
      case Failure.Rejected _, Failure.Unreachable _, Failure.OffProtocol _ ->
          List.of(
              new Text(
                      "look at what the registry said above; --json has all of it",
                      "请查看上面仓库返回的原话；--json 含全部内容")
                  .in(lang));
    };
  }

  private static List<String> trace(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString().lines().map(line -> line.replace("\t", "  ")).limit(12).toList();
  }

  private static String stage(Failure failure, Lang lang) {
    return (switch (failure.stage()) {
          case REQUEST -> new Text("reading the request", "读取请求时");
          case READ -> new Text("reading the image", "读取镜像时");
          case SIGN_IN -> new Text("signing in", "登录时");
          case SURVEY -> new Text("looking at the registry", "查看仓库时");
          case PLAN -> new Text("planning", "制定计划时");
          case UPLOAD -> new Text("sending a blob", "上传 blob 时");
          case COMMIT -> new Text("sending a manifest", "提交 manifest 时");
          case POINT -> new Text("moving a tag", "移动标签时");
          case VERIFY -> new Text("reading back", "回读验证时");
        })
        .in(lang);
  }

  /** The same for programs; always English. */
  static Json.Obj json(Failure failure, Exit exit) {
    var lines = of(failure, Lang.EN);
    var error =
        Json.object()
            .with("kind", failure.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT))
            .with("stage", failure.stage().name().toLowerCase(java.util.Locale.ROOT))
            .with("what", lines.what())
            .with("seen", Json.strings(lines.seen()))
            .with("left", Json.strings(lines.left()))
            .with("do", Json.strings(lines.todo()));
    return Json.object()
        .with("outcome", "failed")
        .with("exit", new Json.Num(exit.code()))
        .with("error", error);
  }
}
