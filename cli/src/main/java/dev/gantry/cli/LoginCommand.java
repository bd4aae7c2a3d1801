package dev.gantry.cli;

import dev.gantry.login.Credential;
import dev.gantry.login.Keychain;
import dev.gantry.login.Secret;
import dev.gantry.login.Store;
import dev.gantry.oci.Json;
import dev.gantry.oci.Registry;
import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code gantry login [REGISTRY]}: tries a password out and keeps it where Docker keeps it. */
final class LoginCommand implements Command {
  /** More than any password or token has, in bytes. */
  private static final int LONGEST = 64 << 10;

  @Override
  public Form form() {
    return Access.options(
        Form.of(
                "login",
                new Text(
                    "Signs in to a registry and keeps the credential as docker login does: in"
                        + " config.json, or in the credential program that it names. A password"
                        + " that the registry refuses is not kept.",
                    "登录镜像仓库，并像 docker login 一样保存凭据：写入 config.json，或其中指定的凭据程序。" + "被仓库拒绝的密码不会保存。"))
            .option("--username", "NAME", new Text("the user name", "用户名"))
            .shortly("-u")
            .flag(
                "--password-stdin",
                new Text("read the password or token from standard input", "从标准输入读取密码或令牌"))
            .maybe("REGISTRY", new Text("docker.io if it is left out", "省略时为 docker.io"))
            .example(
                "echo $TOKEN | gantry login ghcr.io -u octo --password-stdin",
                new Text("in a CI job", "用于 CI 任务"))
            .example(
                "gantry login", new Text("Docker Hub, asking for both", "登录 Docker Hub，交互输入")));
  }

  @Override
  public Exit run(Given given, Terminal terminal) throws InterruptedException {
    var registry = registry(given);
    var access = Access.of(given, terminal);
    var user = given.text("--username").or(() -> asked(terminal)).orElseThrow(LoginCommand::noUser);
    var password = given.has("--password-stdin") ? piped(terminal) : typed(user);
    var credential = new Credential.Password(user, new Secret(password), "gantry login");
    try (var wiring = access.wiring(List.of(registry), terminal.progress())) {
      wiring.targets().verify(registry, credential);
    }
    var place = store(given, terminal).keep(registry, credential);
    if (terminal.wantsJson()) {
      terminal.json(
          Json.object()
              .with("registry", registry.toString())
              .with("username", user)
              .with("kept", place));
    } else {
      terminal.result(
          new Text("signed in to {0} as {1}; kept in {2}", "已以 {1} 登录 {0}；凭据保存在 {2}"),
          registry,
          user,
          place);
    }
    return Exit.DONE;
  }

  /** The registry that is named, or Docker Hub. */
  static Registry registry(Given given) {
    return given.arguments("REGISTRY").stream()
        .findFirst()
        .map(LoginCommand::plain)
        .map(Registry::parse)
        .orElse(Registry.DOCKER_HUB);
  }

  /** People paste addresses; the scheme and the path behind the host say nothing here. */
  private static String plain(String word) {
    int scheme = word.indexOf("://");
    var rest = scheme < 0 ? word : word.substring(scheme + 3);
    int slash = rest.indexOf('/');
    return slash < 0 ? rest : rest.substring(0, slash);
  }

  /** Where logins are kept. */
  static Store store(Given given, Terminal terminal) {
    var environment = terminal.environment();
    Path file =
        given
            .path("--auth-file")
            .orElseGet(() -> Keychain.dockerConfig(environment, Access.home(environment)));
    return new Store(file, environment);
  }

  private static Optional<String> asked(Terminal terminal) {
    var console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    return console
        .map(screen -> screen.readLine(new Text("User name: ", "用户名：").in(terminal.lang())))
        .filter(name -> !name.isBlank());
  }

  private static Misuse noUser() {
    return new Misuse(
        new Text("no user name", "缺少用户名"), new Text("give --username NAME", "请给出 --username 用户名"));
  }

  private static String typed(String user) {
    var console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    return console
        .map(screen -> screen.readPassword("Password of %s: ", user))
        .map(String::new)
        .filter(password -> !password.isEmpty())
        .orElseThrow(() ->
            new Misuse(
                new Text("no password", "缺少密码"),
                new Text(
                    "pipe it in: echo $TOKEN | gantry login REGISTRY -u NAME --password-stdin",
                    "用管道传入：echo $TOKEN | gantry login 仓库 -u 用户名 --password-stdin")));
  }

  private static String piped(Terminal terminal) {
    try {
      var bytes = terminal.in().readNBytes(LONGEST);
      var text = new String(bytes, StandardCharsets.UTF_8);
      // One line end belongs to echo, and no more.
      var password =
          text.endsWith("\r\n") ? cut(text, 2) : text.endsWith("\n") ? cut(text, 1) : text;
      if (password.isEmpty()) {
        throw new Misuse(
            new Text("standard input is empty, and holds no password", "标准输入为空，没有密码"),
            new Text("in CI, see whether the secret reaches this job", "在 CI 中，请检查密钥是否传给了该任务"));
      }
      return password;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String cut(String text, int characters) {
    return text.substring(0, text.length() - characters);
  }
}
