package dev.gantry.explain.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a GitHub workflow, a composite action, or a piece of one: jobs, one job, steps, one step,
 * the inputs of a step.
 */
final class GitHubReader {
  private static final Set<String> INPUTS =
      Set.of(
          "registry",
          "username",
          "password",
          "tags",
          "push",
          "platforms",
          "outputs",
          "images",
          "image",
          "context",
          "cache-to",
          "cache-from",
          "driver",
          "driver-opts",
          "load",
          "build-args",
          "provenance");

  private final String source;

  private GitHubReader(String source) {
    this.source = source;
  }

  /** Empty where it is no such file. */
  static Optional<Pipeline> read(String source, Node root) {
    var reader = new GitHubReader(source);
    if (root.at("jobs").isPresent()) {
      return Optional.of(reader.workflow(root));
    }
    var runs = root.at("runs");
    if (runs.flatMap(node -> node.text("using")).isPresent()) {
      var steps = runs.flatMap(node -> node.at("steps"));
      return Optional.of(
          reader.piece(
              Pipeline.Kind.GITHUB_ACTION,
              List.of(reader.job("action", root.line(), runs.orElseThrow(), steps.isPresent()))));
    }
    return reader.fragment(root);
  }

  private Pipeline workflow(Node root) {
    var jobs = new ArrayList<Job>();
    root.at("jobs")
        .ifPresent(all ->
            all.fields()
                .forEach(field -> jobs.add(job(field.key(), field.line(), field.value(), true))));
    var on = root.field("on").or(() -> root.field("true"));
    return new Pipeline(
        source,
        Pipeline.Kind.GITHUB,
        on.map(field -> events(field.value())).orElse(List.of()),
        permissions(root),
        environment(root),
        jobs,
        on.isPresent());
  }

  private Pipeline piece(Pipeline.Kind kind, List<Job> jobs) {
    return new Pipeline(source, kind, List.of(), Optional.empty(), Map.of(), jobs, false);
  }

  private Optional<Pipeline> fragment(Node root) {
    var steps = root.items().stream().anyMatch(GitHubReader::isStep);
    if (root instanceof Node.Items && steps) {
      var holder =
          new Node.Fields(List.of(new Node.Field("steps", root.line(), root)), root.line());
      return Optional.of(piece(Pipeline.Kind.GITHUB, List.of(job("", root.line(), holder, false))));
    }
    if (root.at("steps").isPresent() && root.fields().stream().noneMatch(GitHubReader::foreign)) {
      var inner = root.at("steps").stream().flatMap(all -> all.items().stream());
      return inner.anyMatch(GitHubReader::isStep)
          ? Optional.of(piece(Pipeline.Kind.GITHUB, List.of(job("", root.line(), root, false))))
          : Optional.empty();
    }
    if (isStep(root)) {
      return Optional.of(piece(Pipeline.Kind.GITHUB, List.of(single(root))));
    }
    if (root.fields().stream().anyMatch(field -> isJob(field.value()))) {
      return Optional.of(
          piece(
              Pipeline.Kind.GITHUB,
              root.fields().stream()
                  .map(field -> job(field.key(), field.line(), field.value(), false))
                  .toList()));
    }
    return inputs(root);
  }

  /** Bare inputs of a step, or a block of rights or events alone. */
  private Optional<Pipeline> inputs(Node root) {
    if (root.at("permissions").isPresent() || root.at("on").isPresent()) {
      return Optional.of(workflow(root));
    }
    var with = root.at("with").orElse(root);
    if (with.fields().stream().anyMatch(field -> INPUTS.contains(field.key()))
        && root.fields().stream().noneMatch(GitHubReader::foreign)
        && with.fields().stream().noneMatch(field -> field.value() instanceof Node.Fields)) {
      var holder = new Node.Fields(List.of(new Node.Field("with", with.line(), with)), root.line());
      return Optional.of(piece(Pipeline.Kind.GITHUB, List.of(single(holder))));
    }
    return Optional.empty();
  }

  /** Keys that only other systems have. */
  private static boolean foreign(Node.Field field) {
    return Set.of(
            "script",
            "stage",
            "stages",
            "pool",
            "kind",
            "docker",
            "settings",
            "orbs",
            "before_script",
            "workflows",
            "commands",
            "pipeline",
            "repo")
        .contains(field.key());
  }

  private static boolean isStep(Node node) {
    return node.text("uses").isPresent()
        || (node.text("run").isPresent() && node.at("settings").isEmpty());
  }

  private static boolean isJob(Node node) {
    return node.at("runs-on").isPresent()
        && (node.at("steps").isPresent() || node.text("name").isPresent());
  }

  private Job single(Node step) {
    var items = new Node.Items(List.of(step), step.line());
    var holder = new Node.Fields(List.of(new Node.Field("steps", step.line(), items)), step.line());
    return job("", step.line(), holder, false);
  }

  private Job job(String id, int line, Node node, boolean whole) {
    var steps =
        node.at("steps").map(Node::items).orElse(List.of()).stream().map(this::step).toList();
    var images = new ArrayList<Node.Text>();
    node.at("container").ifPresent(container -> images.addAll(image(container)));
    node.at("services")
        .ifPresent(all -> all.fields().forEach(one -> images.addAll(image(one.value()))));
    return new Job(
        id,
        node.text("name").map(Node.Text::value).filter(name -> !name.isBlank()).orElse(id),
        line,
        node.at("needs").map(Node::texts).orElse(List.of()),
        text(node, "if"),
        permissions(node),
        text(node, "runs-on"),
        text(node, "uses"),
        environment(node),
        node.at("outputs").map(Node::map).orElse(Map.of()),
        images,
        steps,
        whole);
  }

  private static List<Node.Text> image(Node container) {
    return container instanceof Node.Text text
        ? List.of(text)
        : container.text("image").map(List::of).orElse(List.of());
  }

  private Step step(Node node) {
    var with = new LinkedHashMap<String, Node.Text>();
    node.at("with").ifPresent(inputs -> with.putAll(inputs.map()));
    return new Step(
        text(node, "id").value().strip(),
        text(node, "name").value().strip(),
        node.line(),
        text(node, "if"),
        text(node, "uses"),
        with,
        environment(node),
        node.text("run").map(List::of).orElse(List.of()));
  }

  private static Node.Text text(Node node, String key) {
    return node.field(key)
        .flatMap(field ->
            field.value() instanceof Node.Text(var value, var _, var block, var folded)
                ? Optional.of(new Node.Text(value, field.line(), block, folded))
                : Optional.empty())
        .orElseGet(() -> Node.Text.of("", node.line()));
  }

  private static Map<String, Node.Text> environment(Node node) {
    return node.at("env").map(Node::map).orElse(Map.of());
  }

  private static Optional<Permissions> permissions(Node node) {
    return node.field("permissions").map(field -> Permissions.of(field.value(), field.line()));
  }

  private static List<Pipeline.Event> events(Node on) {
    return switch (on) {
      case Node.Text text -> List.of(new Pipeline.Event(text.value().strip(), text.line(), text));
      case Node.Items items ->
          items.texts().stream()
              .map(text -> new Pipeline.Event(text.value().strip(), text.line(), text))
              .toList();
      case Node.Fields fields ->
          fields.all().stream()
              .map(field -> new Pipeline.Event(field.key(), field.line(), field.value()))
              .toList();
    };
  }
}
