package dev.gantry.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Pages about commands, written from their forms: Markdown in both languages, and man pages. */
final class Pages {
  private Pages() {}

  /** {@code docs/cli/NAME.md}. */
  static String markdown(Form form) {
    var lines = new ArrayList<String>();
    lines.add("# gantry " + form.name());
    lines.add("");
    lines.add("<!-- Written from the command's form by HelpGolden; CONTRIBUTING.md says how. -->");
    for (var lang : Lang.values()) {
      lines.add("");
      lines.add(form.text().in(lang));
      lines.add("");
      lines.add("    " + Help.usage(form));
      lines.add("");
      lines.add(new Text("| option or argument | |", "| 选项或参数 | |").in(lang));
      lines.add("|---|---|");
      form.arguments()
          .forEach(one -> lines.add("| `" + one.label() + "` | " + one.text().in(lang) + " |"));
      form.options()
          .forEach(one ->
              lines.add(
                  "| `"
                      + Help.label(form, one).replace("|", "\\|")
                      + "` | "
                      + one.text().in(lang)
                      + " |"));
      lines.add("");
      form.examples()
          .forEach(one -> {
            lines.add("    " + one.line());
            lines.add("");
            lines.add(one.text().in(lang));
            lines.add("");
          });
      lines.removeLast();
    }
    return String.join("\n", lines) + "\n";
  }

  /** {@code docs/man/gantry-NAME.1}, in the macros of man(7). */
  static String man(Form form) {
    var lines = new ArrayList<String>();
    lines.add(".\\\" Written from the command's form by HelpGolden.");
    lines.add(
        ".TH GANTRY\\-"
            + form.name().toUpperCase(Locale.ROOT)
            + " 1 \"\" \"gantry\" \"Gantry Manual\"");
    lines.add(".SH NAME");
    lines.add("gantry\\-" + form.name() + " \\- " + roff(summary(form.name())));
    lines.add(".SH SYNOPSIS");
    lines.add(".B " + roff(Help.usage(form)));
    lines.add(".SH DESCRIPTION");
    lines.add(roff(form.text().en()));
    lines.add(".SH ARGUMENTS AND OPTIONS");
    form.arguments().forEach(one -> paragraph(lines, one.label(), one.text().en()));
    form.options().forEach(one -> paragraph(lines, Help.label(form, one), one.text().en()));
    lines.add(".SH EXAMPLES");
    form.examples().forEach(one -> paragraph(lines, one.line(), one.text().en()));
    lines.add(".SH EXIT STATUS");
    lines.add("0 done, 1 a defect of gantry, 2 wrong usage, 3 you can fix it,");
    lines.add("4 the registry's owner can, 5 try again later, 130 interrupted.");
    return String.join("\n", lines) + "\n";
  }

  private static void paragraph(List<String> lines, String head, String text) {
    lines.add(".TP");
    lines.add(".B " + roff(head));
    lines.add(roff(text));
  }

  private static String summary(String name) {
    return Commands.all().stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow()
        .summary()
        .en();
  }

  /** Dashes stay dashes, and no line begins with a control character. */
  private static String roff(String text) {
    var safe = text.replace("\\", "\\e").replace("-", "\\-");
    return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
  }
}
