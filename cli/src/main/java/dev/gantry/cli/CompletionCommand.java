package dev.gantry.cli;

/** {@code gantry completion SHELL}: the script that completes our command lines. */
final class CompletionCommand implements Command {
  @Override
  public Form form() {
    return Form.of(
            "completion",
            new Text(
                "Prints a script that completes gantry's commands and options in a shell.",
                "输出在 shell 中补全 gantry 命令与选项的脚本。"))
        .argument("SHELL", new Text("bash, zsh or fish", "bash、zsh 或 fish"))
        .example(
            "source <(gantry completion bash)",
            new Text("complete in this shell from now on", "在当前 shell 中启用补全"));
  }

  @Override
  public Exit run(Given given, Terminal terminal) {
    var shell = given.argument("SHELL");
    terminal.result(
        switch (shell) {
          case "bash" -> Shells.bash();
          case "zsh" -> Shells.zsh();
          case "fish" -> Shells.fish();
          default ->
              throw Misuse.of(
                  new Text("no completion for '{0}'", "没有“{0}”的补全脚本"),
                  new Text("write bash, zsh or fish", "请写 bash、zsh 或 fish"),
                  shell);
        });
    return Exit.DONE;
  }
}
