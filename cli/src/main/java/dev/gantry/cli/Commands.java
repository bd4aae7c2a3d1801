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
            "push",
            new Text("get an image into registries, all tags or none", "将镜像推送到仓库，标签全动或全不动")),
        new Entry("copy", new Text("copy an image from one registry to others", "在仓库之间复制镜像")),
        new Entry("inspect", new Text("show what an image in a registry is made of", "显示仓库中镜像的组成")),
        new Entry("ls", new Text("list the tags of a repository", "列出仓库中的标签")),
        new Entry("digest", new Text("print the digest that a tag points at", "输出标签所指向的摘要")),
        new Entry(
            "rm", new Text("remove a tag, and no other tag of the image", "删除一个标签，不影响同一镜像的其他标签")),
        new Entry("explain", new Text("say why it failed, from any tool's log", "根据任何工具的日志说明失败原因")),
        new Entry("login", new Text("sign in to a registry", "登录镜像仓库")),
        new Entry("logout", new Text("forget the credential of a registry", "删除仓库凭据")),
        new Entry(
            "resolve", new Text("say which image a push step sends where", "说明推送步骤把哪个镜像推送到哪里")),
        new Entry("registry", new Text("serve a registry on this machine", "在本机提供一个镜像仓库")),
        new Entry(
            "completion",
            new Text(
                "print the completion script for bash, zsh or fish", "输出 bash、zsh 或 fish 的补全脚本")),
        new Entry(
            "tags",
            new Text(
                "which tags, labels and annotations this commit gets",
                "此提交应得的标签、label 和 annotation")));
  }

  static List<String> names() {
    return all().stream().map(Entry::name).toList();
  }

  /** A new command of that name. */
  static Command make(String name) {
    return switch (name) {
      case "push" -> new PushCommand();
      case "copy" -> new CopyCommand();
      case "inspect" -> new InspectCommand();
      case "ls" -> new LsCommand();
      case "digest" -> new DigestCommand();
      case "rm" -> new RmCommand();
      case "explain" -> new ExplainCommand();
      case "login" -> new LoginCommand();
      case "logout" -> new LogoutCommand();
      case "resolve" -> new ResolveCommand();
      case "registry" -> new RegistryCommand();
      case "completion" -> new CompletionCommand();
      case "tags" -> new TagsCommand();
      default -> throw Refusal.command(name, names());
    };
  }
}
