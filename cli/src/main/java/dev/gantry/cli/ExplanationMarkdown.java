package dev.gantry.cli;

import dev.gantry.explain.Diagnosis;
import dev.gantry.explain.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An explanation as Markdown, and as workflow commands of GitHub Actions. */
final class ExplanationMarkdown {
  private ExplanationMarkdown() {}

  static List<String> of(Explanation explanation, Lang lang) {
    var locale = ExplanationView.locale(lang);
    var best = explanation.best();
    var lines = new ArrayList<String>();
    lines.add(
        "### "
            + explanation.source()
            + ": "
            + (explanation.certain()
                ? best.cause().meaning().in(locale)
                : new Text("it cannot be told from this log", "仅凭此日志无法判断").in(lang)));
    lines.add("");
    lines.add("| " + new Text("cause | sure | evidence", "原因 | 把握 | 依据").in(lang) + " |");
    lines.add("|---|---|---|");
    explanation.diagnoses().forEach(one -> lines.add(row(one)));
    lines.add("");
    best.test()
        .ifPresent(test -> {
          lines.add("**" + new Text("Test", "判定").in(lang) + "**: " + test.text().in(locale));
          test.command().ifPresent(command -> fenced(lines, command, ""));
          lines.add("");
        });
    if (!explanation.probes().isEmpty()) {
      lines.add("**" + new Text("Probe", "探测").in(lang) + "**");
      lines.add("");
      ProbeLines.of(explanation.probes(), lang)
          .forEach(line -> lines.add("- " + line.replace('`', '\'')));
      lines.add("");
    }
    for (var remedy : best.remedies()) {
      lines.add("1. " + remedy.text().in(locale));
      remedy.code().ifPresent(code -> fenced(lines, code, "   "));
    }
    return lines;
  }

  private static String row(Diagnosis one) {
    var evidence =
        one.evidence().stream()
            .limit(1)
            .map(seen ->
                seen.where() + ": `" + seen.excerpt().replace('`', '\'').replace("|", "\\|") + "`")
            .findFirst()
            .orElse("");
    return "| `"
        + one.cause().id()
        + "` | "
        + ExplanationView.percent(one)
        + " | "
        + evidence
        + " |";
  }

  private static void fenced(List<String> lines, String code, String indent) {
    lines.add(indent + "```");
    code.lines().forEach(line -> lines.add(indent + line));
    lines.add(indent + "```");
  }

  /**
   * One annotation, with values escaped as GitHub's toolkit does it (docs, "Workflow commands").
   */
  static List<String> annotations(Explanation explanation, Lang lang) {
    var locale = ExplanationView.locale(lang);
    var best = explanation.best();
    var text = new StringBuilder(best.cause().meaning().in(locale));
    best.evidence().stream()
        .limit(1)
        .forEach(
            seen -> text.append('\n').append(seen.where()).append(": ").append(seen.excerpt()));
    ProbeLines.of(explanation.probes(), lang).forEach(line -> text.append('\n').append(line));
    best.remedies().stream()
        .limit(2)
        .forEach(remedy -> text.append('\n').append(remedy.text().in(locale)));
    var level = explanation.certain() ? "error" : "notice";
    return List.of(
        String.format(
            Locale.ROOT,
            "::%s title=%s::%s",
            level,
            best.cause().id().replace("%", "%25").replace(":", "%3A").replace(",", "%2C"),
            text.toString().replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")));
  }
}
