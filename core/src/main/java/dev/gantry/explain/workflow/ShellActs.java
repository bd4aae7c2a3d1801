package dev.gantry.explain.workflow;

import java.util.List;
import java.util.Set;

/** What one command of a script does about images. */
final class ShellActs {
  private static final Set<String> ENGINES = Set.of("docker", "podman", "nerdctl", "buildah");

  private ShellActs() {}

  static void of(Shell.Command command, Step step, Scope scope, Guard guard, List<Act> acts) {
    var tool = command.word(0);
    tool = tool.substring(tool.lastIndexOf('/') + 1);
    if (ENGINES.contains(tool)) {
      engine(command, step, scope, guard, acts);
      return;
    }
    switch (tool) {
      case "skopeo", "regctl" -> skopeo(command, step, scope, guard, acts);
      case "crane", "oras", "helm" -> client(command, step, scope, guard, acts);
      case "executor", "/kaniko/executor" ->
          push(command, step, scope, guard, acts, command.values("--destination", "-d"), false);
      case "gcloud" -> gcloud(command, scope, guard, acts);
      case "az" -> azure(command, scope, guard, acts);
      case "docker.withRegistry" -> login(command, command.word(1), "", scope, guard, acts);
      case "docker.build" ->
          acts.add(
              new Act.Build(
                  step,
                  List.of(reference(command.word(1), scope, command)),
                  true,
                  platforms(command, scope),
                  command.line(),
                  guard));
      case "git" -> {
        if (command.starts("git", "clone") || command.starts("git", "checkout")) {
          acts.add(new Act.SetUp("checkout", step, command.line(), guard));
        }
      }
      default -> {}
    }
  }

  private static void engine(
      Shell.Command command, Step step, Scope scope, Guard guard, List<Act> acts) {
    var second = command.word(1);
    switch (second) {
      case "login" -> engineLogin(command, 2, scope, guard, acts);
      case "push" -> push(command, step, scope, guard, acts, command.operands(2), true);
      case "build" -> build(command, step, scope, guard, acts);
      case "buildx" -> {
        switch (command.word(2)) {
          case "build", "b" -> build(command, step, scope, guard, acts);
          case "create", "use" -> acts.add(new Act.SetUp("buildx", step, command.line(), guard));
          case "imagetools" -> {
            if (command.word(3).equals("create")) {
              push(command, step, scope, guard, acts, command.values("-t", "--tag"), false);
            }
          }
          default -> {}
        }
      }
      case "tag" -> {
        var names = command.operands(2);
        if (names.size() > 1) {
          acts.add(
              new Act.Fetch(
                  List.of(reference(names.get(1), scope, command)), false, command.line(), guard));
        }
      }
      case "pull" ->
          acts.add(
              new Act.Fetch(
                  command.operands(2).stream().map(one -> reference(one, scope, command)).toList(),
                  false,
                  command.line(),
                  guard));
      case "load", "import", "commit", "compose", "from" ->
          acts.add(new Act.Fetch(List.of(), true, command.line(), guard));
      case "run" -> {
        if (command.text().contains("binfmt") || command.text().contains("qemu-user-static")) {
          acts.add(new Act.SetUp("qemu", step, command.line(), guard));
        }
      }
      default -> {}
    }
  }

  private static void build(
      Shell.Command command, Step step, Scope scope, Guard guard, List<Act> acts) {
    var references =
        command.values("-t", "--tag").stream().map(one -> reference(one, scope, command)).toList();
    var plain = !command.word(1).equals("buildx");
    acts.add(
        new Act.Build(
            step,
            references,
            plain || command.has("--load"),
            platforms(command, scope),
            command.line(),
            guard));
    if (command.has("--push") || command.text().contains("push=true")) {
      acts.add(new Act.Push(step, references, false, command.line(), guard));
    }
  }

  private static void push(
      Shell.Command command,
      Step step,
      Scope scope,
      Guard guard,
      List<Act> acts,
      List<String> names,
      boolean fromEngine) {
    var references = names.stream().map(name -> reference(name, scope, command)).toList();
    acts.add(new Act.Push(step, references, fromEngine, command.line(), guard));
  }

  private static void engineLogin(
      Shell.Command command, int from, Scope scope, Guard guard, List<Act> acts) {
    var operands = command.operands(from);
    var host = operands.isEmpty() ? "" : operands.getLast();
    login(command, host, command.first("-p", "--password").orElse(""), scope, guard, acts);
  }

  private static void login(
      Shell.Command command,
      String host,
      String password,
      Scope scope,
      Guard guard,
      List<Act> acts) {
    var text = command.text();
    var secret = password.isEmpty() ? beforePipe(text) : password;
    var credential =
        text.contains("get-login-password") || text.contains("print-access-token")
            ? Credential.cloud(command.line())
            : Credential.of(scope.resolved(secret), command.line());
    var user = Node.Text.of(command.first("-u", "--username").orElse(""), command.line());
    acts.add(
        new Act.Login(Host.ofLogin(scope.resolved(host)), user, credential, command.line(), guard));
  }

  /** What is piped into the login; the whole line where nothing is. */
  private static String beforePipe(String text) {
    var pipe = text.indexOf('|');
    return pipe < 0 ? text : text.substring(0, pipe);
  }

  private static void skopeo(
      Shell.Command command, Step step, Scope scope, Guard guard, List<Act> acts) {
    if (command.word(1).equals("login")) {
      engineLogin(command, 2, scope, guard, acts);
    } else if (command.word(1).equals("registry") && command.word(2).equals("login")) {
      engineLogin(command, 3, scope, guard, acts);
    } else if (command.word(1).equals("copy")) {
      var operands = command.operands(2);
      if (operands.size() > 1) {
        push(command, step, scope, guard, acts, List.of(operands.getLast()), false);
      }
    }
  }

  private static void client(
      Shell.Command command, Step step, Scope scope, Guard guard, List<Act> acts) {
    if (command.word(2).equals("login")) {
      engineLogin(command, 3, scope, guard, acts); // crane auth login, helm registry login
    } else if (command.word(1).equals("login")) {
      engineLogin(command, 2, scope, guard, acts);
    } else if (command.word(1).equals("push")
        || command.word(1).equals("copy")
        || command.word(1).equals("cp")) {
      var operands = command.operands(2);
      if (!operands.isEmpty()) {
        var at = command.word(0).equals("oras") ? 0 : operands.size() - 1;
        push(
            command,
            step,
            scope,
            guard,
            acts,
            List.of(operands.get(at).replaceFirst("^oci://", "")),
            false);
      }
    }
  }

  /** {@code gcloud auth configure-docker HOSTS}; without hosts it covers gcr.io alone. */
  private static void gcloud(Shell.Command command, Scope scope, Guard guard, List<Act> acts) {
    if (command.starts("gcloud", "auth", "configure-docker")) {
      var hosts = command.operands(3);
      for (var host :
          hosts.isEmpty() ? List.of("gcr.io") : List.of(hosts.getFirst().split(",", -1))) {
        acts.add(
            new Act.Login(
                Host.ofLogin(scope.resolved(host)),
                Node.Text.of("", command.line()),
                Credential.cloud(command.line()),
                command.line(),
                guard));
      }
    }
  }

  private static void azure(Shell.Command command, Scope scope, Guard guard, List<Act> acts) {
    if (command.starts("az", "acr", "login")) {
      var name = scope.resolved(command.first("--name", "-n").orElse(""));
      var host =
          name.contains("$") || name.isEmpty()
              ? ""
              : name.replaceFirst("\\.azurecr\\.io$", "") + ".azurecr.io";
      acts.add(
          new Act.Login(
              host,
              Node.Text.of("", command.line()),
              Credential.cloud(command.line()),
              command.line(),
              guard));
    }
  }

  private static Node.Text platforms(Shell.Command command, Scope scope) {
    return Node.Text.of(scope.resolved(command.first("--platform").orElse("")), command.line());
  }

  private static Act.Reference reference(String name, Scope scope, Shell.Command command) {
    return Act.Reference.of(scope.resolved(name), command.line());
  }
}
