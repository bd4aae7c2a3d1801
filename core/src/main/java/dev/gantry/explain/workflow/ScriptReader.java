package dev.gantry.explain.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads pipelines that are made of commands: GitLab CI, Azure Pipelines, CircleCI, Drone and
 * Woodpecker; of the last four only what is needed to see logins, pushes and names of secrets.
 */
final class ScriptReader {
  private static final Set<String> GITLAB_WORDS =
      Set.of(
          "stages",
          "variables",
          "image",
          "services",
          "default",
          "include",
          "workflow",
          "cache",
          "before_script",
          "after_script",
          "pages",
          "spec");
  private static final int DEEPEST = 12;

  private final String source;

  private ScriptReader(String source) {
    this.source = source;
  }

  /** Empty where it is none of these. */
  static Optional<Pipeline> read(String source, List<Node> documents) {
    var reader = new ScriptReader(source);
    var root = documents.getFirst();
    if (documents.stream()
        .anyMatch(one -> one.text("kind").isPresent() && one.at("steps").isPresent())) {
      return Optional.of(reader.plugins(Pipeline.Kind.DRONE, documents));
    }
    if (gitlab(root)) {
      return Optional.of(reader.gitlab(root.fields(), root));
    }
    if (woodpecker(root)) {
      return Optional.of(reader.plugins(Pipeline.Kind.WOODPECKER, documents));
    }
    var name = source.toLowerCase(Locale.ROOT);
    if (name.contains("circleci")
        || root.at("orbs").isPresent()
        || root.at("docker").isPresent()
        || circle(root)) {
      return Optional.of(reader.flat(Pipeline.Kind.CIRCLECI, root, List.of("run", "command")));
    }
    if (name.contains("azure")
        || root.at("pool").isPresent()
        || root.at("trigger").isPresent()
        || tasks(root)) {
      return Optional.of(reader.flat(Pipeline.Kind.AZURE, root, List.of("script", "bash", "pwsh")));
    }
    return Optional.empty();
  }

  /** CircleCI has jobs whose steps are words and {@code run}. */
  static boolean circle(Node root) {
    return root.text("version").isPresent()
        && root.at("jobs").stream()
            .flatMap(jobs -> jobs.fields().stream())
            .anyMatch(job ->
                job.value().at("docker").isPresent()
                    || job.value().at("machine").isPresent()
                    || job.value().at("executor").isPresent());
  }

  private static boolean tasks(Node root) {
    return root.items().stream()
        .anyMatch(one -> one.text("task").isPresent() || one.text("bash").isPresent());
  }

  private static boolean gitlab(Node root) {
    return root.fields().stream()
        .anyMatch(field ->
            (field.key().equals("script") && !root.at("uses").isPresent())
                || field.value().at("script").isPresent()
                || (field.value().at("stage").isPresent()
                    && field.value().at("image").isPresent()));
  }

  private static boolean woodpecker(Node root) {
    return root.at("pipeline").or(() -> root.at("steps")).or(() -> Optional.of(root)).stream()
        .flatMap(steps ->
            steps instanceof Node.Items items
                ? items.all().stream()
                : steps.fields().stream().map(Node.Field::value))
        .anyMatch(step ->
            step.text("image").isPresent()
                && (step.at("settings").isPresent()
                    || step.at("commands").isPresent()
                    || step.at("repo").isPresent()));
  }

  private Pipeline gitlab(List<Node.Field> fields, Node root) {
    var common = root.at("default").orElse(root);
    var templates = new HashMap<String, Node>();
    fields.forEach(field -> templates.put(field.key(), field.value()));
    var jobs = new ArrayList<Job>();
    if (root.at("script").isPresent()) {
      jobs.add(gitlabJob("", root.line(), root, root));
    }
    for (var field : fields) {
      if (!GITLAB_WORDS.contains(field.key()) && field.value() instanceof Node.Fields job) {
        var whole = extended(job, templates, new HashSet<>());
        jobs.add(gitlabJob(field.key(), field.line(), whole, common));
      }
    }
    var events =
        root.at("workflow").flatMap(node -> node.at("rules")).stream()
            .flatMap(rules -> rules.items().stream())
            .flatMap(rule -> rule.text("if").stream())
            .filter(rule -> rule.value().contains("merge_request_event"))
            .map(rule -> new Pipeline.Event("merge_request_event", rule.line(), rule))
            .toList();
    return new Pipeline(
        source, Pipeline.Kind.GITLAB, events, Optional.empty(), variables(root), jobs, true);
  }

  /** The job with what its {@code extends} say, ours first. */
  private static Node extended(Node job, Map<String, Node> templates, Set<String> seen) {
    var fields = new ArrayList<Node.Field>();
    for (var parent : job.at("extends").map(Node::texts).orElse(List.of())) {
      var found = templates.get(parent.value());
      if (found != null && seen.size() < DEEPEST && seen.add(parent.value())) {
        fields.addAll(extended(found, templates, seen).fields());
      }
    }
    fields.addAll(job.fields());
    return new Node.Fields(fields, job.line());
  }

  private static Job gitlabJob(String id, int line, Node job, Node common) {
    var images = new ArrayList<Node.Text>();
    for (var key : List.of("image", "services")) {
      job.at(key)
          .or(() -> common.at(key))
          .ifPresent(node ->
              node.items()
                  .forEach(one ->
                      images.addAll(
                          one instanceof Node.Text text
                              ? List.of(text)
                              : one.text("name").map(List::of).orElse(List.of()))));
    }
    var script = new ArrayList<Node.Text>();
    job.at("before_script")
        .or(() -> common.at("before_script"))
        .ifPresent(node -> flatten(node, script, 0));
    job.at("script").ifPresent(node -> flatten(node, script, 0));
    job.at("after_script").ifPresent(node -> flatten(node, script, 0));
    var step = new Step("", "", line, nothing(line), nothing(line), Map.of(), Map.of(), script);
    return new Job(
        id,
        id,
        line,
        job.at("needs").map(Node::texts).orElse(List.of()),
        conditions(job, line),
        Optional.empty(),
        nothing(line),
        nothing(line),
        variables(job),
        Map.of(),
        images,
        List.of(step),
        true);
  }

  /** All of rules, only and except in one text. */
  private static Node.Text conditions(Node job, int line) {
    var words = new ArrayList<Node.Text>();
    for (var key : List.of("rules", "only", "except")) {
      job.at(key).ifPresent(node -> flatten(node, words, 0));
    }
    return Node.Text.of(
        String.join("\n", words.stream().limit(200).map(Node.Text::value).toList()),
        words.isEmpty() ? line : words.getFirst().line());
  }

  private static void flatten(Node node, List<Node.Text> into, int depth) {
    switch (node) {
      case Node.Text text -> into.add(text);
      case Node.Items items when depth < DEEPEST ->
          items.all().forEach(one -> flatten(one, into, depth + 1));
      case Node.Fields fields when depth < DEEPEST ->
          fields.all().forEach(one -> flatten(one.value(), into, depth + 1));
      case Node.Items _, Node.Fields _ -> {}
    }
  }

  private static Map<String, Node.Text> variables(Node node) {
    var map = new LinkedHashMap<String, Node.Text>();
    node.at("variables")
        .ifPresent(all -> {
          map.putAll(all.map());
          all.fields()
              .forEach(field ->
                  field.value().text("value").ifPresent(value -> map.put(field.key(), value)));
        });
    return map;
  }

  /** Drone and Woodpecker: a step is an image with settings, or commands. */
  private Pipeline plugins(Pipeline.Kind kind, List<Node> documents) {
    var jobs = new ArrayList<Job>();
    for (var document : documents) {
      var steps = new ArrayList<Step>();
      var all = document.at("steps").or(() -> document.at("pipeline")).orElse(document);
      for (var field : all.fields()) {
        plugin(field.key(), field.line(), field.value()).ifPresent(steps::add);
      }
      if (all instanceof Node.Items items) {
        items
            .all()
            .forEach(one ->
                plugin(one.text("name").map(Node.Text::value).orElse(""), one.line(), one)
                    .ifPresent(steps::add));
      }
      var id = document.text("name").map(Node.Text::value).orElse("");
      jobs.add(plain(id, document.line(), steps));
    }
    return new Pipeline(source, kind, List.of(), Optional.empty(), Map.of(), jobs, true);
  }

  private static Optional<Step> plugin(String name, int line, Node node) {
    var image = node.text("image");
    if (image.isEmpty()) {
      return Optional.empty();
    }
    var with = new LinkedHashMap<>(node.map());
    node.at("settings")
        .ifPresent(settings -> {
          with.putAll(settings.map());
          settings
              .fields()
              .forEach(field ->
                  field
                      .value()
                      .text("from_secret")
                      .ifPresent(secret ->
                          with.put(
                              field.key(),
                              Node.Text.of(
                                  "${{ secrets." + secret.value() + " }}", field.line()))));
        });
    var script = new ArrayList<Node.Text>();
    node.at("commands").ifPresent(commands -> flatten(commands, script, 0));
    return Optional.of(
        new Step("", name, line, nothing(line), image.get(), with, Map.of(), script));
  }

  /** Azure and CircleCI: every command of the file, by the jobs in which they stand. */
  private Pipeline flat(Pipeline.Kind kind, Node root, List<String> words) {
    var jobs = new ArrayList<Job>();
    if (kind == Pipeline.Kind.CIRCLECI && root.at("jobs").isPresent()) {
      root.at("jobs")
          .ifPresent(all ->
              all.fields()
                  .forEach(job -> {
                    var steps = new ArrayList<Step>();
                    collect(job.value(), words, steps, 0);
                    jobs.add(plain(job.key(), job.line(), steps));
                  }));
    } else {
      var steps = new ArrayList<Step>();
      collect(root, words, steps, 0);
      jobs.add(plain("", root.line(), steps));
    }
    return new Pipeline(source, kind, List.of(), Optional.empty(), variables(root), jobs, true);
  }

  private static void collect(Node node, List<String> words, List<Step> steps, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    node.items()
        .forEach(one -> {
          if (one instanceof Node.Fields fields) {
            var title =
                fields.text("displayName").or(() -> fields.text("name")).map(Node.Text::value);
            var task = fields.text("task");
            var inputs = fields.at("inputs").map(Node::map).orElse(Map.of());
            var script = new ArrayList<Node.Text>();
            words.forEach(word -> fields.text(word).ifPresent(script::add));
            if (task.isPresent() || !script.isEmpty()) {
              var line = fields.line();
              steps.add(
                  new Step(
                      "",
                      title.orElse(""),
                      line,
                      nothing(line),
                      task.orElse(nothing(line)),
                      inputs,
                      Map.of(),
                      script));
            }
            fields.all().forEach(field -> collect(field.value(), words, steps, depth + 1));
          } else if (one instanceof Node.Items) {
            collect(one, words, steps, depth + 1);
          }
        });
  }

  private static Job plain(String id, int line, List<Step> steps) {
    return new Job(
        id,
        id,
        line,
        List.of(),
        nothing(line),
        Optional.empty(),
        nothing(line),
        nothing(line),
        Map.of(),
        Map.of(),
        List.of(),
        steps,
        true);
  }

  /** A Jenkinsfile, or any text at all: its lines as one script. */
  static Pipeline lines(String source, String text, Pipeline.Kind kind) {
    var bare = kind == Pipeline.Kind.JENKINS ? text.replaceAll("['\"(),]", " ") : text;
    var script = new Node.Text(bare, 0, true, false);
    var step = new Step("", "", 1, nothing(1), nothing(1), Map.of(), Map.of(), List.of(script));
    return new Pipeline(
        source,
        kind,
        List.of(),
        Optional.empty(),
        Map.of(),
        List.of(plain("", 1, List.of(step))),
        false);
  }

  private static Node.Text nothing(int line) {
    return Node.Text.of("", line);
  }
}
