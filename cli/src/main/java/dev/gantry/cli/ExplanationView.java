package dev.gantry.cli;

import dev.gantry.explain.Cause;
import dev.gantry.explain.Diagnosis;
import dev.gantry.explain.Explanation;
import dev.gantry.explain.Failing;
import dev.gantry.explain.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An explanation in lines for a terminal: what, seen, test, do; the others in one line each. */
final class ExplanationView {
  private static final int LABEL = 9;
  private static final int EVIDENCE = 3;

  private ExplanationView() {}

  static Locale locale(Lang lang) {
    return switch (lang) {
      case EN -> Locale.ENGLISH;
      case ZH -> Locale.CHINESE;
    };
  }

  static List<String> of(Explanation explanation, Terminal terminal) {
    var lang = terminal.lang();
    var locale = locale(lang);
    var best = explanation.best();
    var lines = new ArrayList<String>();
    if (explanation.certain()) {
      lines.add(
          terminal.red(explanation.source() + ": ")
              + terminal.bold(best.cause().meaning().in(locale))
              + "  ["
              + best.cause().id()
              + ", "
              + percent(best)
              + "]");
    } else {
      lines.add(
          terminal.red(explanation.source() + ": ")
              + terminal.bold(new Text("it cannot be told from this log", "仅凭此日志无法判断").in(lang)));
    }
    seen(lines, best, lang);
    explanation
        .failing()
        .map(ExplanationView::circumstances)
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> block(lines, new Text("read", "读出").in(lang), List.of(text)));
    var width = terminal.view().width() - LABEL - 2;
    if (!explanation.certain()) {
      block(
          lines,
          new Text("look", "查看").in(lang),
          Columns.wrapped(best.cause().look().in(locale), width));
    }
    best.test()
        .ifPresent(test -> {
          var texts = new ArrayList<>(Columns.wrapped(test.text().in(locale), width));
          test.command().ifPresent(command -> texts.add("$ " + command));
          block(lines, new Text("test", "判定").in(lang), texts);
        });
    block(
        lines,
        new Text("probe", "探测").in(lang),
        ProbeLines.of(explanation.probes(), lang).stream()
            .flatMap(line ->
                line.contains("://") ? Stream.of(line) : Columns.wrapped(line, width).stream())
            .toList());
    todo(lines, best.remedies(), lang, width);
    explanation.diagnoses().stream()
        .skip(1)
        .forEach(other ->
            lines.add(
                "  "
                    + Columns.padded(new Text("or", "或").in(lang), LABEL)
                    + other.cause().id()
                    + " ("
                    + percent(other)
                    + "): "
                    + other.cause().meaning().in(locale)));
    return lines;
  }

  /** The parts of the failing line that a reader may have missed, in one line. */
  private static String circumstances(Failing failing) {
    return Stream.of("step", "tool", "registry", "reference", "phase", "event", "permissions")
        .flatMap(
            name -> failing.part(name).stream().map(value -> name + " " + Columns.cut(value, 60)))
        .collect(Collectors.joining(" · "));
  }

  private static void seen(List<String> lines, Diagnosis best, Lang lang) {
    var texts =
        best.evidence().stream()
            .limit(EVIDENCE)
            .map(one -> one.where() + "  " + one.excerpt())
            .toList();
    block(
        lines,
        new Text("seen", "所见").in(lang),
        texts.isEmpty()
            ? List.of(new Text("no sign of a known cause", "没有已知原因的迹象").in(lang))
            : texts);
    block(
        lines,
        new Text("against", "反证").in(lang),
        best.against().stream()
            .limit(EVIDENCE)
            .map(one -> one.where() + "  " + one.excerpt())
            .toList());
  }

  private static void todo(List<String> lines, List<Remedy> remedies, Lang lang, int width) {
    var number = 1;
    var texts = new ArrayList<String>();
    for (var remedy : remedies) {
      var head = number++ + ". ";
      for (var line : Columns.wrapped(remedy.text().in(locale(lang)), width - 3)) {
        texts.add(head + line);
        head = "   ";
      }
      remedy.code().ifPresent(code -> code.lines().forEach(line -> texts.add("     " + line)));
    }
    block(lines, new Text("do", "处理").in(lang), texts);
  }

  private static void block(List<String> lines, String label, List<String> texts) {
    var head = "  " + Columns.padded(label, LABEL);
    for (var text : texts) {
      lines.add(head + text);
      head = " ".repeat(LABEL + 2);
    }
  }

  static String percent(Diagnosis diagnosis) {
    return Math.round(diagnosis.confidence() * 100) + " %";
  }

  /** The page of a cause. */
  static List<String> page(Cause cause, Terminal terminal) {
    var lang = terminal.lang();
    var locale = locale(lang);
    var width = terminal.view().width() - LABEL - 2;
    var lines = new ArrayList<String>();
    lines.add(terminal.bold(cause.id()) + "  " + cause.meaning().in(locale));
    block(lines, new Text("look", "查看").in(lang), Columns.wrapped(cause.look().in(locale), width));
    todo(lines, cause.remedies(), lang, width);
    block(lines, new Text("sources", "来源").in(lang), cause.sources());
    return lines;
  }
}
