package dev.gantry.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one command takes: options, arguments and examples. From it come the parser, the help, the
 * page in {@code docs/cli}, the man page and the shell completion.
 */
public final class Form {

  /** How an option takes its value. */
  enum Takes {
    /** None: it is there or not. */
    NOTHING,
    /** One value, behind a space or {@code =}; it may begin with a dash. */
    VALUE,
    /** Like VALUE, and the option may be given again. */
    VALUES,
    /** One value behind {@code =} only, or none. */
    PERHAPS
  }

  /**
   * One option.
   *
   * @param name with its dashes
   * @param label what stands for the value in the help; empty if it takes none
   * @param choices the only values there are; empty if any value goes
   */
  record Option(String name, Takes takes, String label, List<String> choices, Text text) {}

  /**
   * One argument that is no option.
   *
   * @param most how many of it there may be
   */
  record Argument(String label, int least, int most, Text text) {}

  /** A command line that works, and what it does. */
  record Example(String line, Text text) {}

  private final String name;
  private final Text text;
  private final List<Option> options = new ArrayList<>();
  private final List<Argument> arguments = new ArrayList<>();
  private final List<Example> examples = new ArrayList<>();
  private final List<String> shorts = new ArrayList<>();

  private Form(String name, Text text) {
    this.name = name;
    this.text = text;
  }

  /** A form without options yet; the text says in one or more sentences what the command does. */
  public static Form of(String name, Text text) {
    return new Form(name, text);
  }

  /** An option without a value. */
  public Form flag(String option, Text explained) {
    return add(new Option(option, Takes.NOTHING, "", List.of(), explained));
  }

  /** An option with one value, given at most once. */
  public Form option(String option, String label, Text explained) {
    return add(new Option(option, Takes.VALUE, label, List.of(), explained));
  }

  /** An option with one value out of a few. */
  public Form choice(String option, List<String> choices, Text explained) {
    return add(new Option(option, Takes.VALUE, String.join("|", choices), choices, explained));
  }

  /** An option with one value that may be given many times. */
  public Form list(String option, String label, Text explained) {
    return add(new Option(option, Takes.VALUES, label, List.of(), explained));
  }

  /** An option that may carry a value behind {@code =}. */
  public Form perhaps(String option, String label, Text explained) {
    return add(new Option(option, Takes.PERHAPS, label, List.of(), explained));
  }

  /** A second, one-letter name for the option that was added last; {@code tags} has none. */
  public Form shortly(String letter) {
    shorts.add(letter + " " + options.getLast().name());
    return this;
  }

  /** An argument that must be there. */
  public Form argument(String label, Text explained) {
    arguments.add(new Argument(label, 1, 1, explained));
    return this;
  }

  /** Arguments at the end of the line, at least so many. */
  public Form arguments(String label, int least, Text explained) {
    arguments.add(new Argument(label, least, Integer.MAX_VALUE, explained));
    return this;
  }

  /** An argument at the end of the line that may be left out. */
  public Form maybe(String label, Text explained) {
    arguments.add(new Argument(label, 0, 1, explained));
    return this;
  }

  /** A command line that works. */
  public Form example(String line, Text explained) {
    examples.add(new Example(line, explained));
    return this;
  }

  private Form add(Option option) {
    options.add(option);
    return this;
  }

  String name() {
    return name;
  }

  Text text() {
    return text;
  }

  /** The command's own options, then those that every command has. */
  List<Option> options() {
    var all = new ArrayList<>(options);
    for (var common : COMMON) {
      if (all.stream().noneMatch(own -> own.name().equals(common.name()))) {
        all.add(common);
      }
    }
    return all;
  }

  List<Option> ownOptions() {
    return List.copyOf(options);
  }

  List<Argument> arguments() {
    return List.copyOf(arguments);
  }

  List<Example> examples() {
    return List.copyOf(examples);
  }

  /** The one-letter name of an option, with its dash. */
  Optional<String> shortOf(Option option) {
    return shorts.stream()
        .filter(pair -> pair.substring(pair.indexOf(' ') + 1).equals(option.name()))
        .map(pair -> pair.substring(0, pair.indexOf(' ')))
        .findFirst();
  }

  /** Options of every command. */
  static final List<Option> COMMON =
      List.of(
          new Option(
              "--json",
              Takes.NOTHING,
              "",
              List.of(),
              new Text(
                  "print the result as one JSON document on one line, in English",
                  "以一行 JSON 文档（英文）输出结果")),
          new Option(
              "--quiet",
              Takes.NOTHING,
              "",
              List.of(),
              new Text("print the result and errors only", "只输出结果和错误")),
          new Option(
              "--progress",
              Takes.VALUE,
              "auto|plain|json|none",
              List.of("auto", "plain", "json", "none"),
              new Text(
                  "how progress is shown on stderr (auto: bars on a terminal, else lines)",
                  "在 stderr 上显示进度的方式（auto：终端用进度条，否则按行输出）")),
          new Option(
              "--lang",
              Takes.VALUE,
              "en|zh",
              List.of("en", "zh"),
              new Text("language of messages (default: from LANG)", "消息语言（默认取自 LANG）")),
          new Option("--help", Takes.NOTHING, "", List.of(), new Text("print this help", "显示本帮助")));
}
