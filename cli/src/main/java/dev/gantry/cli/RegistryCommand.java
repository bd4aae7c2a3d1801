package dev.gantry.cli;

import dev.gantry.http.Answered;
import dev.gantry.http.Identity;
import dev.gantry.oci.Json;
import dev.gantry.rehearsal.Rehearsal;
import dev.gantry.rehearsal.Settings;
import dev.gantry.rehearsal.auth.Auth;
import dev.gantry.rehearsal.auth.User;
import dev.gantry.rehearsal.likeness.Likeness;
import dev.gantry.rehearsal.likeness.SeedFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code gantry registry}: the rehearsal registry as a server. */
final class RegistryCommand implements Command {
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(5);

  @Override
  public Form form() {
    return Form.of(
            "registry",
            new Text(
                "Serves a registry on this machine, to push to and to pull from: an OCI registry"
                    + " with, on request, sign-in and faults. It takes anonymous"
                    + " pushes and deletes unless told otherwise, and ends with Ctrl-C.",
                "在本机提供一个 OCI 镜像仓库，可推送、可拉取，可按需模拟登录与故障。" + "默认允许匿名推送与删除，按 Ctrl-C 结束。"))
        .option(
            "--port",
            "N",
            new Text("where it listens (default 0: any free port)", "监听端口（默认 0：任意空闲端口）"))
        .option("--address", "IP", new Text("default 127.0.0.1", "默认 127.0.0.1"))
        .option(
            "--store",
            "DIR",
            new Text(
                "keep everything in this folder (default: nothing is kept)", "内容保存在该目录（默认不保留）"))
        .option(
            "--like",
            "KIND",
            new Text(
                "behave like this kind of registry: ghcr, dockerhub, ecr, harbor, coding …",
                "模拟该类仓库的行为：ghcr、dockerhub、ecr、harbor、coding 等"))
        .option(
            "--seed",
            "FILE",
            new Text("what is there from the start (YAML or JSON)", "初始内容与状态（YAML 或 JSON）"))
        .list(
            "--fault",
            "LINE",
            new Text(
                "let requests go wrong, as 'upload #2: status 503'",
                "让请求出错，例如 'upload #2: status 503'"))
        .option("--faults", "FILE", new Text("the same, a line each", "同上，每行一条"))
        .choice(
            "--auth",
            List.of("none", "basic", "bearer"),
            new Text("how clients sign in (default none)", "客户端登录方式（默认 none）"))
        .list("--user", "NAME:PASSWORD", new Text("somebody who may do everything", "拥有全部权限的用户"))
        .list("--reader", "NAME:PASSWORD", new Text("somebody who may only pull", "只能拉取的用户"))
        .option("--htpasswd", "FILE", new Text("users with bcrypt passwords", "含 bcrypt 密码的用户文件"))
        .flag(
            "--anonymous-pull",
            new Text("pulling needs no sign-in where --auth is set", "启用 --auth 时仍允许匿名拉取"))
        .option(
            "--token-life",
            "TIME",
            new Text("how long bearer tokens are good for (default 5m)", "bearer 令牌有效期（默认 5m）"))
        .option(
            "--tls",
            "FILE",
            new Text(
                "speak HTTPS by a certificate made now, written to FILE for --ca",
                "使用现场生成的证书提供 HTTPS，证书写入 FILE 供 --ca 使用"))
        .flag("--log", new Text("print a line a request on stderr", "在 stderr 上为每个请求输出一行"))
        .example(
            "gantry registry --port 5000",
            new Text(
                "push to 127.0.0.1:5000/demo/app:v1 then", "随后可推送到 127.0.0.1:5000/demo/app:v1"))
        .example(
            "gantry registry --like ghcr",
            new Text("with the rules and refusals of GHCR", "采用 GHCR 的规则与拒绝方式"))
        .example(
            "gantry registry --auth bearer --user dev:secret --fault 'chunk #2: cut received 1M'",
            new Text("tokens, and a cut in the second chunk", "令牌登录，并在第二个分块中断"));
  }

  @Override
  public Exit run(Given given, Terminal terminal) throws InterruptedException {
    try (var registry = Rehearsal.start(settings(given, terminal))) {
      var address = registry.uri().toString().replaceAll("/$", "");
      if (terminal.wantsJson()) {
        terminal.json(
            Json.object()
                .with("url", address)
                .with("name", registry.name())
                .with("port", new Json.Num(registry.port())));
      } else {
        terminal.result(address);
      }
      terminal.note(
          new Text(
              "gantry push SOURCE {0}/demo/app:v1 pushes there; Ctrl-C ends it",
              "可用 gantry push 源 {0}/demo/app:v1 推送；按 Ctrl-C 结束"),
          registry.name());
      return served(registry);
    } catch (IOException e) {
      throw Access.refused(
          "other",
          "the registry cannot start: " + e.getMessage(),
          "gantry registry",
          "name another --port or --store");
    }
  }

  private static Settings settings(Given given, Terminal terminal) throws IOException {
    var settings = Settings.plain();
    var kind = given.text("--like");
    if (kind.isPresent()) {
      settings = settings.like(likeness(kind.get()));
    }
    settings = settings.at(address(given)).with(auth(given));
    var store = given.path("--store");
    if (store.isPresent()) {
      settings = settings.in(store.get());
    }
    try {
      for (var line : given.texts("--fault")) {
        settings.faults().add(line);
      }
    } catch (IllegalArgumentException e) {
      throw Access.refused(
          "other",
          "not a fault: " + e.getMessage(),
          "--fault",
          "docs/rehearsal.md has the language");
    }
    var faults = given.path("--faults");
    if (faults.isPresent()) {
      settings.faults().addFile(faults.get());
    }
    var seed = given.path("--seed");
    if (seed.isPresent()) {
      settings = settings.with(SeedFile.read(seed.get()));
    }
    var tls = given.path("--tls");
    if (tls.isPresent()) {
      settings = settings.with(identity(tls.get()));
    }
    return given.has("--log") ? settings.logging(told -> logged(told, terminal)) : settings;
  }

  private static Likeness likeness(String kind) {
    try {
      return Likeness.of(kind);
    } catch (IllegalArgumentException e) {
      throw Access.refused(
          "other",
          "no such kind of registry: " + e.getMessage(),
          "--like " + kind,
          "name one of them");
    }
  }

  private static InetSocketAddress address(Given given) {
    var host = given.text("--address").orElse("127.0.0.1");
    int port = given.number("--port", 0, 65535).orElse(0L).intValue();
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw Misuse.of(
          new Text("--address is '{0}', no address of this machine", "--address 的值“{0}”不是本机地址"),
          new Text("give an IP address such as 127.0.0.1", "请给出 IP 地址，例如 127.0.0.1"),
          host);
    }
  }

  private static Auth auth(Given given) throws IOException {
    var users = new ArrayList<User>();
    for (var word : given.texts("--user")) {
      users.add(User.writer(name(word, "--user"), password(word)));
    }
    for (var word : given.texts("--reader")) {
      users.add(User.reader(name(word, "--reader"), password(word)));
    }
    var htpasswd = given.path("--htpasswd");
    if (htpasswd.isPresent()) {
      users.addAll(User.htpasswd(htpasswd.get()));
    }
    var kind = given.text("--auth").orElse(users.isEmpty() ? "none" : "basic");
    boolean pull = given.has("--anonymous-pull");
    return switch (kind) {
      case "basic" -> new Auth.Basic(needed(users), pull);
      case "bearer" ->
          new Auth.Bearer(
              needed(users),
              pull,
              given.duration("--token-life").orElse(TOKEN_LIFE),
              Auth.Form.OPAQUE);
      default -> new Auth.Open();
    };
  }

  private static List<User> needed(List<User> users) {
    if (users.isEmpty()) {
      throw new Misuse(
          new Text("--auth without anybody who may sign in", "启用了 --auth，但没有可登录的用户"),
          new Text("add --user NAME:PASSWORD", "请加上 --user 用户名:密码"));
    }
    return users;
  }

  private static String name(String word, String option) {
    int colon = word.indexOf(':');
    if (colon < 1) {
      throw Misuse.of(
          new Text("{0} has no NAME:PASSWORD", "{0} 的值不是 用户名:密码"),
          new Text("write {0} dev:secret", "请写成 {0} dev:secret"),
          option);
    }
    return word.substring(0, colon);
  }

  private static String password(String word) {
    return word.substring(word.indexOf(':') + 1);
  }

  private static Identity identity(Path file) throws IOException {
    var identity = Identity.made(List.of("localhost", "127.0.0.1"));
    Files.writeString(file, identity.pem());
    return identity;
  }

  private static void logged(Answered told, Terminal terminal) {
    terminal.error(
        told.method()
            + " "
            + told.target()
            + " "
            + told.status()
            + " "
            + told.received()
            + "B in "
            + told.sent()
            + "B out");
  }

  /** Serves until somebody ends it, which is how a server is meant to end. */
  private static Exit served(Rehearsal registry) {
    try {
      registry.await();
    } catch (InterruptedException _) {
      return Exit.DONE;
    }
    return Exit.DONE;
  }
}
