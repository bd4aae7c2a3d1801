package dev.gantry.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.source.Dockerd;
import dev.gantry.source.Pictures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * The programs found on this machine that push images, each with the same image ready to go, and
 * with folders of a test's own for whatever they keep.
 */
final class Tools implements AutoCloseable {
  /** A program; the constant's name is how it is started. */
  enum Tool {
    docker,
    skopeo,
    buildah,
    podman,
    crane,
    regctl,
    oras,
    helm,
    buildctl;

    boolean there() {
      return List.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).stream()
          .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(name())));
    }
  }

  /** How a tool is to speak to a registry. */
  enum Speaking {
    PLAIN,
    TLS
  }

  /**
   * One push.
   *
   * @param image what is pushed: {@code lab:v1}, or something that is not there
   * @param target host, path and tag
   * @param user name and password, as in {@code ann:correct}
   * @param environment what is added to the surroundings
   */
  record Push(
      String image,
      String target,
      Speaking speaking,
      Optional<String> user,
      Map<String, String> environment) {}

  private final Path folder;
  private final Optional<Dockerd> engine;
  private final Optional<Process> buildkit;

  private Tools(Path folder, Optional<Dockerd> engine, Optional<Process> buildkit) {
    this.folder = folder;
    this.engine = engine;
    this.buildkit = buildkit;
  }

  private static Optional<Process> buildkit(Path folder) throws Exception {
    if (!Tool.buildctl.there() || !"root".equals(System.getProperty("user.name"))) {
      return Optional.empty();
    }
    var daemon =
        new ProcessBuilder(
                "buildkitd",
                "--addr",
                "unix://" + folder.resolve("buildkit.sock"),
                "--root",
                folder.resolve("buildkit").toString(),
                "--oci-worker-snapshotter=native",
                "--oci-worker-net=host")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("buildkitd.log").toFile())
            .start();
    return Optional.of(daemon);
  }

  /** Makes the image and gives it to every tool. */
  static Tools ready(Path folder, String... insecure) throws Exception {
    var files =
        Pictures.layout(
            List.of(Pictures.picture(new Random(7), 3, "linux", "amd64")), List.of("v1"), true);
    Pictures.write(folder.resolve("layout"), files);
    if (Tool.skopeo.there()) {
      run(
          folder,
          Map.of(),
          List.of(
              "skopeo",
              "--insecure-policy",
              "copy",
              "-q",
              "oci:layout:v1",
              "docker-archive:image.tar:lab:v1"));
    }
    if (Tool.helm.there()) {
      var chart = Files.createDirectories(folder.resolve("chart/lab"));
      Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: lab\nversion: 1.0.0\n");
      run(folder, Map.of(), List.of("helm", "package", "chart/lab"));
    }
    var context = Files.createDirectories(folder.resolve("context"));
    Files.writeString(context.resolve("hello"), "hello\n".repeat(9));
    Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY hello /hello\n");
    var tools = new Tools(folder, engine(folder, insecure), buildkit(folder));
    tools.load();
    return tools;
  }

  private static Optional<Dockerd> engine(Path folder, String... insecure) throws Exception {
    if (!Tool.docker.there() || !"root".equals(System.getProperty("user.name"))) {
      return Optional.empty();
    }
    return Optional.of(Dockerd.start(Files.createDirectory(folder.resolve("engine")), insecure));
  }

  private void load() throws Exception {
    if (engine.isPresent()) {
      engine.get().docker("load", "-i", folder.resolve("image.tar").toString());
    }
    for (var tool : List.of(Tool.buildah, Tool.podman)) {
      if (tool.there()) {
        must(command(tool, List.of("pull", "-q", "docker-archive:" + folder.resolve("image.tar"))));
      }
    }
  }

  /** The tools that are there. */
  List<Tool> all() {
    return List.of(Tool.values()).stream()
        .filter(Tool::there)
        .filter(tool -> tool != Tool.docker || engine.isPresent())
        .toList();
  }

  /** What the tool prints when it pushes this, and how it ends. */
  Dockerd.Ran push(Tool tool, Push push) throws Exception {
    var home = Files.createTempDirectory(folder, tool.name());
    var environment = new HashMap<>(push.environment());
    environment.putIfAbsent("HOME", home.toString());
    environment.putIfAbsent("XDG_RUNTIME_DIR", home.toString());
    if (!List.of(Tool.buildah, Tool.podman, Tool.skopeo).contains(tool)) {
      environment.putIfAbsent("DOCKER_CONFIG", home.toString());
    }
    if (tool == Tool.buildctl && push.user().isPresent()) {
      var auth = Base64.getEncoder().encodeToString(push.user().get().getBytes(UTF_8));
      Files.writeString(
          home.resolve("config.json"),
          "{\"auths\":{\"" + host(push.target()) + "\":{\"auth\":\"" + auth + "\"}}}");
    }
    engine.ifPresent(docker -> environment.put("DOCKER_HOST", docker.host()));
    var log = new StringBuilder();
    var code = 0;
    for (var command : commands(tool, push)) {
      if (code == 0) {
        var ran = run(folder, environment, command);
        log.append(ran.said());
        code = ran.code();
      }
    }
    return new Dockerd.Ran(code, log.toString());
  }

  private static String host(String target) {
    return target.replaceFirst("^https?://", "").replaceFirst("/.*", "");
  }

  private List<List<String>> commands(Tool tool, Push wish) {
    var target = wish.target();
    var verify = "--tls-verify=" + (wish.speaking() == Speaking.TLS);
    var tag = wish.image().substring(wish.image().indexOf(':') + 1);
    var plain = wish.speaking() == Speaking.PLAIN;
    var host = host(target);
    var user = wish.user().map(text -> text.split(":", 2));
    var commands = new ArrayList<List<String>>();
    switch (tool) {
      case docker -> {
        user.ifPresent(
            both -> commands.add(List.of("docker", "login", "-u", both[0], "-p", both[1], host)));
        commands.add(List.of("docker", "tag", wish.image(), target));
        commands.add(List.of("docker", "push", target));
      }
      case skopeo -> {
        var copy =
            new ArrayList<>(
                List.of("skopeo", "--insecure-policy", "copy", "--dest" + verify.substring(1)));
        wish.user().ifPresent(both -> copy.add("--dest-creds=" + both));
        copy.addAll(List.of("oci:layout:" + tag, "docker://" + target));
        commands.add(copy);
      }
      case buildah, podman -> {
        var rest = new ArrayList<>(List.of("push", verify));
        wish.user().ifPresent(both -> rest.add("--creds=" + both));
        rest.addAll(List.of(wish.image(), "docker://" + target));
        commands.add(command(tool, rest));
      }
      case crane -> {
        user.ifPresent(both ->
            commands.add(List.of("crane", "auth", "login", "-u", both[0], "-p", both[1], host)));
        commands.add(
            plain
                ? List.of("crane", "push", "--insecure", "layout", target)
                : List.of("crane", "push", "layout", target));
      }
      case regctl -> {
        commands.add(
            List.of("regctl", "registry", "set", "--tls", plain ? "disabled" : "enabled", host));
        user.ifPresent(both ->
            commands.add(
                List.of("regctl", "registry", "login", "-u", both[0], "-p", both[1], host)));
        commands.add(List.of("regctl", "image", "copy", "ocidir://layout:" + tag, target));
      }
      case oras -> {
        var copy = new ArrayList<>(List.of("oras", "cp", "--from-oci-layout", "layout:" + tag));
        wish.user().ifPresent(both -> copy.addAll(List.of("--to-username", both.split(":", 2)[0])));
        wish.user().ifPresent(both -> copy.addAll(List.of("--to-password", both.split(":", 2)[1])));
        if (plain) {
          copy.add("--to-plain-http");
        }
        copy.add(target);
        commands.add(copy);
      }
      case helm -> {
        var way = plain ? List.of("--plain-http") : List.<String>of();
        user.ifPresent(both -> {
          var login =
              new ArrayList<>(
                  List.of("helm", "registry", "login", "-u", both[0], "-p", both[1], host));
          login.add("--insecure");
          commands.add(login);
        });
        var push = new ArrayList<>(List.of("helm", "push", "lab-1.0.0.tgz"));
        push.add("oci://" + target.replaceAll("/[^/]*$", ""));
        push.addAll(way);
        commands.add(push);
      }
      case buildctl -> {
        var output = "type=image,push=true,name=" + target;
        commands.add(
            List.of(
                "buildctl",
                "--addr",
                "unix://" + folder.resolve("buildkit.sock"),
                "build",
                "--progress=plain",
                "--frontend=dockerfile.v0",
                "--local=context=context",
                "--local=dockerfile=context",
                "--output",
                plain ? output + ",registry.insecure=true" : output));
      }
    }
    return commands;
  }

  private List<String> command(Tool tool, List<String> rest) {
    var command =
        new ArrayList<>(
            List.of(
                tool.name(),
                "--root",
                folder.resolve(tool + "-root").toString(),
                "--runroot",
                folder.resolve(tool + "-run").toString(),
                "--storage-driver",
                "vfs"));
    command.addAll(rest);
    return command;
  }

  private void must(List<String> command) throws Exception {
    var ran = run(folder, Map.of(), command);
    if (ran.code() != 0) {
      throw new AssertionError(String.join(" ", command) + ": " + ran.said());
    }
  }

  private static Dockerd.Ran run(Path in, Map<String, String> environment, List<String> command)
      throws Exception {
    return Dockerd.run(environment, Optional.of(in), command.toArray(String[]::new));
  }

  @Override
  public void close() {
    engine.ifPresent(Dockerd::close);
    buildkit.ifPresent(Process::destroy);
  }
}
