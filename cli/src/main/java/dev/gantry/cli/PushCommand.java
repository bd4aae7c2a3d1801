package dev.gantry.cli;

import dev.gantry.source.Source;

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
            .argument("SOURCE", new Text("where the image comes from", "镜像来源"))
            .arguments("TARGET", 1, new Text("where it goes, as HOST/PATH:TAG", "目标，形如 主机/路径:标签"))
            .example(
                "gantry push examples/hello registry.example/demo/hello:v1 --rehearse",
                new Text("try it out without any registry", "无需任何仓库，先行演练"))
            .example(
                "gantry push docker-daemon:myapp:latest ghcr.io/octo/app:1.2.3 --tag 1.2 --tag 1",
                new Text("from the Docker Engine, three tags", "从 Docker 引擎推送，共三个标签"))
            .example(
                "gantry push oci-archive:app.tar ghcr.io/octo/app:v1 docker.io/octo/app:v1",
                new Text("to two registries, all or none", "推送到两个仓库，要么全成要么全不动")));
  }

  @Override
  public Exit run(Given given, Terminal terminal) throws InterruptedException {
    var request =
        Wish.request(given, Source.parse(given.argument("SOURCE")), given.arguments("TARGET"));
    return Delivering.run(request, given, terminal);
  }
}
