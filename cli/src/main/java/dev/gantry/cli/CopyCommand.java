package dev.gantry.cli;

import dev.gantry.source.Source;

/** {@code gantry copy REF TARGET…}: takes an image from one registry to others, byte for byte. */
final class CopyCommand implements Command {
  @Override
  public Form form() {
    return Access.options(
        Wish.options(
                Form.of(
                    "copy",
                    new Text(
                        "Copies an image or index from a registry to others, byte for byte, so"
                            + " that its digest stays. Within one registry blobs are mounted, not"
                            + " sent.",
                        "将仓库中的镜像或索引逐字节复制到其他仓库，摘要不变；同一仓库内以挂载代替发送。")))
            .argument("REF", new Text("the image to copy", "要复制的镜像"))
            .arguments("TARGET", 1, new Text("where it goes, as HOST/PATH:TAG", "目标，形如 主机/路径:标签"))
            .example(
                "gantry copy ghcr.io/octo/app:1.2.3 registry.example/octo/app:1.2.3",
                new Text("all platforms, same digest", "全部平台，摘要不变")));
  }

  @Override
  public Exit run(Given given, Terminal terminal) throws InterruptedException {
    var source = new Source.Remote(Named.image(given.argument("REF")));
    return Delivering.run(Wish.request(given, source, given.arguments("TARGET")), given, terminal);
  }
}
