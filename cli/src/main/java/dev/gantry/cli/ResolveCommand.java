package dev.gantry.cli;

import dev.gantry.rules.PushStep;
import dev.gantry.rules.Resolution;

/** {@code gantry resolve}: which image a push step takes, and to which reference it sends it. */
final class ResolveCommand implements Command {
  @Override
  public Form form() {
    return Access.options(
        Form.of(
                "resolve",
                new Text(
                    "Says which image a push step takes and to which reference it sends it, by the"
                        + " team's registries file; nothing is asked of a registry.",
                    "根据团队的仓库清单，说明推送步骤取哪个镜像、推送到哪个引用；不访问任何仓库。"))
            .option("--image", "IMAGE", new Text("the local image", "本地镜像"))
            .option("--tag", "TAG", new Text("what it is called there", "推送后的标签"))
            .option(
                "--registry", "NAME|ID", new Text("a registry of the registries file", "仓库清单中的仓库"))
            .option("--project", "NAME|ID", new Text("a project of that registry", "该仓库中的项目"))
            .example(
                "gantry resolve --image myapp --tag 0722 --registry harbor --project production",
                new Text("source, target and the same by docker", "源、目标及等价的 docker 命令")));
  }

  @Override
  public Exit run(Given given, Terminal terminal) {
    var image =
        given
            .text("--image")
            .orElseThrow(() ->
                new Misuse(
                    new Text("no --image", "缺少 --image"),
                    new Text(
                        "write gantry resolve --image IMAGE --tag TAG",
                        "请写 gantry resolve --image 镜像 --tag 标签")));
    var step =
        new PushStep(image, given.text("--tag"), given.text("--registry"), given.text("--project"));
    var resolution = Resolution.of(step, Access.of(given, terminal).registries());
    if (terminal.wantsJson()) {
      terminal.json(resolution.json());
      return Exit.DONE;
    }
    terminal.result(
        Columns.padded(new Text("source", "源").in(terminal.lang()), 8)
            + resolution.source().familiar());
    terminal.result(
        Columns.padded(new Text("target", "目标").in(terminal.lang()), 8) + resolution.target());
    resolution.shellLines().forEach(line -> terminal.result("  " + line));
    return Exit.DONE;
  }
}
