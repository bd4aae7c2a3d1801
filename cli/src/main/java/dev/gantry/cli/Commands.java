package dev.gantry.cli;

import java.util.List;

/** The table of commands: every name, its one-line summary, and how it is made. */
final class Commands {
  private Commands() {}

  /** One line of the table. */
  record Entry(String name, Text summary) {}

  /** All commands in the order of the help. */
  static List<Entry> all() {
    return List.of(
        new Entry(
            "completion",
            new Text(
                "print the completion script for bash, zsh or fish", "输出 bash、zsh 或 fish 的补全脚本")));
  }

  static List<String> names() {
    return all().stream().map(Entry::name).toList();
  }

  /** A new command of that name. */
  static Command make(String name) {
    return switch (name) {
      case "completion" -> new Completion();
      default -> throw Refusal.command(name, names());
    };
  }
}
