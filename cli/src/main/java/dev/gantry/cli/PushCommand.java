package dev.gantry.cli;

import dev.gantry.oci.Bytes;
import dev.gantry.oci.Json;
import dev.gantry.oci.Tag;
import dev.gantry.rules.PushStep;
import dev.gantry.rules.Resolution;
import dev.gantry.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** {@code gantry push SOURCE TARGET…}: gets an image into registries, all tags or none. */
final class PushCommand implements Command {
  @Override
  public Form form() {
    return Access.options(
        Wish.options(
                Form.of(
                    "push",
                    new Text(
                        "Sends an image to one or more repositories, moves all tags or none, and"
                            + " reads everything back. A SOURCE is oci:DIR[:tag], oci-archive:FILE,"
                            + " docker-archive:FILE[:ref], docker-daemon:NAME[:tag], docker://REF"
                            + " or an existing path.",
                        "将镜像发送到一个或多个仓库：标签要么全部移动，要么都不动，最后回读验证。"
                            + "SOURCE 可以是 oci:目录[:标签]、oci-archive:文件、docker-archive:文件[:引用]、"
                            + "docker-daemon:名称[:标签]、docker://引用，或已有路径。")))
            .option(
                "--step",
                "FILE",
                new Text(
                    "take source and target from a pipeline platform's push step (JSON; - for"
                        + " standard input), by the registries file",
                    "从流水线平台的推送步骤（JSON，- 表示标准输入）及仓库清单得出来源与目标"))
            .arguments(
                "SOURCE TARGET",
                0,
                new Text(
                    "where the image comes from, then where it goes, as HOST/PATH:TAG",
                    "先是镜像来源，然后是一个或多个目标，形如 主机/路径:标签"))
            .example(
                "gantry push examples/hello registry.example/demo/hello:v1 --rehearse",
                new Text("try it out without any registry", "无需任何仓库，先行演练"))
            .example(
                "gantry push docker-daemon:myapp:latest ghcr.io/octo/app:1.2.3 --tag 1.2 --tag 1",
                new Text("from the Docker Engine, three tags", "从 Docker 引擎推送，共三个标签"))
            .example(
                "gantry push oci-archive:app.tar ghcr.io/octo/app:v1 docker.io/octo/app:v1",
                new Text("to two registries, all or none", "推送到两个仓库，要么全成要么全不动"))
            .example(
                "gantry push --step step.json --registries registries.yaml",
                new Text("a pipeline platform's own push step", "流水线平台的推送步骤")));
  }

  @Override
  public Exit run(Given given, Terminal terminal) throws InterruptedException {
    var words = given.arguments("SOURCE TARGET");
    if (given.has("--step")) {
      return step(words, given, terminal);
    }
    if (words.size() < 2) {
      throw Misuse.of(
          words.isEmpty()
              ? new Text("no SOURCE and no TARGET", "缺少 SOURCE 和 TARGET")
              : new Text("no TARGET for {0}", "{0} 没有 TARGET"),
          new Text(
              "write gantry push SOURCE TARGET, as: gantry push docker-daemon:app:v1"
                  + " ghcr.io/octo/app:v1",
              "请写 gantry push SOURCE TARGET，例如：gantry push docker-daemon:app:v1"
                  + " ghcr.io/octo/app:v1"),
          words.isEmpty() ? "" : words.getFirst());
    }
    var source = Source.parse(words.getFirst());
    var targets = words.subList(1, words.size());
    var rules = given.path("--tags-from");
    if (rules.isEmpty()) {
      return Delivering.run(Wish.request(given, source, targets), given, terminal);
    }
    var plan = TagsCommand.plan(rules.get(), terminal);
    if (!plan.push().yes()) {
      terminal.note(new Text("nothing is pushed: {0}", "不推送：{0}"), plan.push().reason());
      return Exit.DONE;
    }
    var tags = plan.names().stream().map(Tag::new).toList();
    return Delivering.run(Wish.request(given, source, targets, tags), given, terminal);
  }

  /** What a platform's push step means: its image is one of the Engine on this machine. */
  private static Exit step(List<String> words, Given given, Terminal terminal)
      throws InterruptedException {
    if (!words.isEmpty()) {
      throw Misuse.of(
          new Text("{0} beside --step", "--step 之外还给出了 {0}"),
          new Text("the step names source and target: leave it out", "步骤已指明来源与目标：请去掉"),
          words.getFirst());
    }
    var document = document(given.text("--step").orElseThrow(), terminal);
    var step = PushStep.read(Json.parseObject(document));
    step.ignored()
        .forEach(name ->
            terminal.note(
                new Text("note: the step's '{0}' says nothing here", "提示：步骤中的“{0}”未被使用"), name));
    var resolution = Resolution.of(step, Access.of(given, terminal).registries());
    return Delivering.run(
        Wish.request(
            given,
            new Source.DockerDaemon(resolution.source().familiar()),
            List.of(resolution.target().toString())),
        given,
        terminal);
  }

  private static Bytes document(String file, Terminal terminal) {
    try {
      return Bytes.of(
          file.equals("-") ? terminal.in().readAllBytes() : Files.readAllBytes(Path.of(file)));
    } catch (IOException | InvalidPathException e) {
      throw Access.refused(
          "other",
          "the step cannot be read: " + e.getMessage(),
          "--step " + file,
          "give a file with the step's JSON, or - for standard input");
    }
  }
}
