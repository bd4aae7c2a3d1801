package dev.gantry.cli;

import dev.gantry.oci.Json;

/** {@code gantry logout [REGISTRY]}: forgets what login kept. */
final class LogoutCommand implements Command {
  @Override
  public Form form() {
    return Form.of(
            "logout",
            new Text(
                "Forgets the credential of a registry, where docker login or gantry login kept it.",
                "删除 docker login 或 gantry login 保存的仓库凭据。"))
        .option("--auth-file", "FILE", new Text("forget it in this file", "从该文件中删除"))
        .maybe("REGISTRY", new Text("docker.io if it is left out", "省略时为 docker.io"))
        .example("gantry logout ghcr.io", new Text("forget ghcr.io", "删除 ghcr.io 的凭据"));
  }

  @Override
  public Exit run(Given given, Terminal terminal) throws InterruptedException {
    var registry = LoginCommand.registry(given);
    var places = LoginCommand.store(given, terminal).forget(registry);
    if (terminal.wantsJson()) {
      terminal.json(
          Json.object()
              .with("registry", registry.toString())
              .with("forgotten", Json.strings(places)));
    } else if (places.isEmpty()) {
      terminal.result(new Text("nothing was kept for {0}", "没有保存 {0} 的凭据"), registry);
    } else {
      terminal.result(
          new Text("signed out of {0}: {1}", "已登出 {0}：{1}"), registry, String.join(", ", places));
    }
    return Exit.DONE;
  }
}
