package dev.gantry.cli;

import java.util.ArrayList;
import java.util.List;

/** The help of one command, and of all of them, in lines for a terminal. */
final class Help {
  private static final int LEFT = 26;

  private Help() {}

  /** {@code gantry push [OPTIONS] SOURCE TARGET…}. */
  static String usage(Form form) {
    var line = new StringBuilder("gantry ").append(form.name()).append(" [OPTIONS]");
    for (var argument : form.arguments()) {
      var label = argument.label() + (argument.most() > 1 ? "…" : "");
      line.append(' ').append(argument.least() == 0 ? "[" + label + "]" : label);
    }
    return line.toString();
  }

  /** The help of one command. */
  static List<String> of(Form form, Lang lang, int width) {
    var lines = new ArrayList<String>();
    lines.add(new Text("Usage: ", "用法：").in(lang) + usage(form));
    lines.add("");
    lines.addAll(Columns.wrapped(form.text().in(lang), width));
    if (!form.arguments().isEmpty()) {
      lines.add("");
      lines.add(new Text("Arguments:", "参数：").in(lang));
      form.arguments()
          .forEach(argument -> row(lines, argument.label(), argument.text().in(lang), width));
    }
    lines.add("");
    lines.add(new Text("Options:", "选项：").in(lang));
    form.options()
        .forEach(option -> row(lines, label(form, option), option.text().in(lang), width));
    if (!form.examples().isEmpty()) {
      lines.add("");
      lines.add(new Text("Examples:", "示例：").in(lang));
      for (var example : form.examples()) {
        lines.add("  " + example.line());
        Columns.wrapped(example.text().in(lang), width - 6)
            .forEach(line -> lines.add("      " + line));
      }
    }
    return lines;
  }

  /** {@code -u, --username NAME}. */
  static String label(Form form, Form.Option option) {
    var names = form.shortOf(option).map(letter -> letter + ", ").orElse("") + option.name();
    return switch (option.takes()) {
      case NOTHING -> names;
      case VALUE -> names + " " + option.label();
      case VALUES -> names + " " + option.label() + " …";
      case PERHAPS -> names + "[=" + option.label() + "]";
    };
  }

  /** The help of the program: every command with its line. */
  static List<String> all(Lang lang, int width) {
    var lines = new ArrayList<String>();
    lines.add(new Text("Usage: ", "用法：").in(lang) + "gantry COMMAND [OPTIONS]");
    lines.add("");
    lines.addAll(
        Columns.wrapped(
            new Text(
                    "Gets container images into registries, and says exactly why when one does not"
                        + " arrive.",
                    "把容器镜像送进镜像仓库；送不到时，准确说明原因。")
                .in(lang),
            width));
    lines.add("");
    lines.add(new Text("Commands:", "命令：").in(lang));
    Commands.all().forEach(entry -> row(lines, entry.name(), entry.summary().in(lang), width, 14));
    lines.add("");
    lines.addAll(
        Columns.wrapped(
            new Text(
                    "'gantry COMMAND --help' explains one of them, with examples; 'gantry"
                        + " --version' tells the version.",
                    "“gantry 命令 --help” 说明单个命令并给出示例；“gantry --version” 显示版本。")
                .in(lang),
            width));
    return lines;
  }

  private static void row(List<String> lines, String left, String right, int width) {
    row(lines, left, right, width, LEFT);
  }

  private static void row(List<String> lines, String left, String right, int width, int column) {
    var texts = Columns.wrapped(right, Math.max(20, width - column - 2));
    var first = texts.isEmpty() ? "" : texts.getFirst();
    if (Columns.width(left) + 1 > column) {
      lines.add("  " + left);
      lines.add(" ".repeat(column + 2) + first);
    } else {
      lines.add("  " + Columns.padded(left, column) + first);
    }
    texts.stream().skip(1).forEach(text -> lines.add(" ".repeat(column + 2) + text));
  }
}
