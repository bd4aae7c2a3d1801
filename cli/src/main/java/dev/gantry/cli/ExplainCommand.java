package dev.gantry.cli;

import dev.gantry.explain.Cause;
import dev.gantry.explain.Causes;
import dev.gantry.explain.Explanation;
import dev.gantry.explain.log.LogReader;
import dev.gantry.explain.workflow.Overheard;
import dev.gantry.oci.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code gantry explain LOG…}: from a log to the cause, the evidence and the fix. */
final class ExplainCommand implements Command {
  private static final Text EMPTY =
      new Text(
          "{0} is empty; tools write their errors to stderr: docker push … 2>&1 | gantry explain -",
          "{0} 是空的；工具把错误写到标准错误：docker push … 2>&1 | gantry explain -");

  @Override
  public Form form() {
    return Access.options(
        Form.of(
                "explain",
                new Text(
                    "Reads what any tool printed and says what went wrong, on which lines that"
                        + " rests, what would decide, and what to do. Given the name of a cause,"
                        + " prints its page.",
                    "读取任何工具的输出，说明出了什么问题、依据哪些行、如何确认以及怎么处理。给出原因名则显示该原因的说明。"))
            .option(
                "--workflow",
                "FILE",
                new Text(
                    "the pipeline's file (default: beside the log under its name with .yml, or the"
                        + " one of the work tree that the log names or fits)",
                    "流水线文件（默认取日志旁同名的 .yml，或工作区中日志提到或相符的文件）"))
            .flag("--exit-code", new Text("exit with the code of who can fix it", "以“谁能修复”作为退出码"))
            .flag(
                "--markdown",
                new Text("print Markdown, for a summary or comment", "输出 Markdown，用于摘要或评论"))
            .flag(
                "--github", new Text("print annotations of GitHub Actions", "输出 GitHub Actions 注解"))
            .flag(
                "--probe",
                new Text(
                    "make the request that decides, with the credentials stored here for that"
                        + " registry; nothing is written",
                    "用本机为该仓库保存的凭据发出判定请求（不写入任何内容）"))
            .flag("--list", new Text("list every cause", "列出全部原因"))
            .arguments(
                "LOG", 0, new Text("a file, - for standard input, or a cause", "文件、-（标准输入）或原因名"))
            .example(
                "gantry explain build.log", new Text("why did it fail and what to do", "失败原因与处理办法"))
            .example(
                "gh run view 123 --log-failed | gantry explain -",
                new Text("the log of a run on GitHub", "GitHub 上一次运行的日志"))
            .example(
                "gantry explain build.log --probe",
                new Text("ask the registry what the log does not say", "向仓库询问日志没有说明的原因"))
            .example(
                "gantry explain auth.token-scope", new Text("all about one cause", "某个原因的完整说明")));
  }

  @Override
  public Exit run(Given given, Terminal terminal) throws InterruptedException {
    if (given.has("--list")) {
      list(terminal);
      return Exit.DONE;
    }
    var logs = given.arguments("LOG");
    if (logs.isEmpty()) {
      throw Misuse.of(
          new Text("gantry explain needs a log, - or a cause", "gantry explain 需要日志、- 或原因名"),
          new Text("write: gantry explain build.log", "写法：gantry explain build.log"));
    }
    var meant = Exit.DONE;
    var all = Exit.DONE;
    for (var log : logs) {
      var one = one(log, given, terminal);
      all = one.isPresent() ? all : Exit.YOURS;
      meant = meant == Exit.DONE ? one.orElse(Exit.YOURS) : meant;
    }
    return given.has("--exit-code") ? meant : all;
  }

  /** The code of who can mend it; empty if the log could not be read, which ends no batch. */
  private static Optional<Exit> one(String name, Given given, Terminal terminal)
      throws InterruptedException {
    var cause = Causes.table().find(name);
    if (cause.isPresent() && !Files.exists(Path.of(name))) {
      page(cause.get(), terminal);
      return Optional.of(Exit.DONE);
    }
    var named = given.path("--workflow").map(PipelineFiles::named);
    try (var in = new Overheard(open(name, terminal))) {
      var log = LogReader.read(name, in, Causes.table().vocabulary());
      if (log.bytes() == 0) {
        terminal.note(EMPTY, name);
      }
      var found =
          named.isPresent()
              ? named.map(
                  file -> new PipelineFiles.Found(file.source(), List.of(), file.facts(in.names())))
              : PipelineFiles.found(log, in.names(), Path.of("").toAbsolutePath(), terminal);
      found.filter(file -> !file.why().isEmpty()).ifPresent(file -> chosen(file, terminal));
      var around = new ArrayList<>(found.map(PipelineFiles.Found::facts).orElse(List.of()));
      around.addAll(Probing.team(log, given, terminal));
      var read = Explanation.of(log, around);
      var explanation = given.has("--probe") ? Probing.of(read, given, terminal) : read;
      show(explanation, given, terminal);
      return Optional.of(exit(explanation));
    } catch (IOException | InvalidPathException e) {
      unreadable(name, e, terminal);
      return Optional.empty();
    }
  }

  private static void chosen(PipelineFiles.Found found, Terminal terminal) {
    terminal.note(
        new Text("read with {0}, which fits the log by: {1}", "结合 {0} 解读，日志与它相符之处：{1}"),
        found.file(),
        String.join(", ", found.why()));
  }

  private static InputStream open(String name, Terminal terminal) throws IOException {
    return name.equals("-") ? terminal.in() : Files.newInputStream(Path.of(name));
  }

  private static void show(Explanation explanation, Given given, Terminal terminal) {
    if (terminal.wantsJson()) {
      terminal.json(ExplanationJson.of(explanation));
    } else if (given.has("--github")) {
      ExplanationMarkdown.annotations(explanation, terminal.lang()).forEach(terminal::result);
    } else if (given.has("--markdown")) {
      ExplanationMarkdown.of(explanation, terminal.lang()).forEach(terminal::result);
    } else {
      ExplanationView.of(explanation, terminal).forEach(terminal::result);
    }
  }

  /** The code of who can mend it; what cannot be told is nobody's. */
  static Exit exit(Explanation explanation) {
    if (!explanation.certain()) {
      return Exit.DONE;
    }
    return switch (explanation.best().cause().who()) {
      case YOU -> Exit.YOURS;
      case REGISTRY_OWNER -> Exit.OWNERS;
      case NETWORK, REGISTRY -> Exit.LATER;
      case THIS_TOOL -> Exit.DEFECT;
    };
  }

  private static void unreadable(String name, Exception e, Terminal terminal) {
    if (e instanceof NoSuchFileException) {
      unreadable(
          name,
          new Text("there is no such file", "没有这个文件"),
          new Text(
              "name a log, - for standard input, or a cause of gantry explain --list",
              "请给出日志文件、-（标准输入），或 gantry explain --list 中的原因"),
          terminal);
    } else if (e instanceof IOException && Files.isDirectory(Path.of(name))) {
      unreadable(
          name,
          new Text("it is a folder", "它是文件夹"),
          new Text("name the log in it", "请给出其中的日志文件"),
          terminal);
    } else {
      unreadable(
          name,
          Text.same(String.valueOf(e.getMessage())),
          new Text("check the path and its rights", "检查路径和权限"),
          terminal);
    }
  }

  private static void unreadable(String name, Text why, Text todo, Terminal terminal) {
    if (terminal.wantsJson()) {
      terminal.json(Json.object().with("file", name).with("error", why.en()));
      return;
    }
    var lang = terminal.lang();
    terminal.error(
        new Text("gantry: {0} cannot be read: {1}", "gantry: 无法读取 {0}：{1}")
            .in(lang, name, why.in(lang)));
    terminal.error("  " + new Text("do", "处理").in(lang) + ": " + todo.in(lang));
  }

  private static void list(Terminal terminal) {
    if (terminal.wantsJson()) {
      terminal.json(
          Json.object()
              .with(
                  "causes",
                  new Json.Arr(Causes.table().all().stream().map(ExplanationJson::of).toList())));
      return;
    }
    for (var cause : Causes.table().all()) {
      terminal.result(
          Columns.padded(cause.id(), 32)
              + cause.meaning().in(ExplanationView.locale(terminal.lang())));
    }
  }

  private static void page(Cause cause, Terminal terminal) {
    if (terminal.wantsJson()) {
      terminal.json(ExplanationJson.of(cause));
    } else {
      ExplanationView.page(cause, terminal).forEach(terminal::result);
    }
  }
}
