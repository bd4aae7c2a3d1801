package dev.gantry.cli;

import dev.gantry.TagPlanning;
import dev.gantry.TagWish;
import dev.gantry.oci.Tag;
import dev.gantry.tags.PlanJson;
import dev.gantry.tags.Presets;
import dev.gantry.tags.TagInputs;
import dev.gantry.tags.TagPlan;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code gantry tags}: which tags, labels and annotations this commit gets. */
final class TagsCommand implements Command {
  @Override
  public Form form() {
    var form =
        Form.of(
            "tags",
            new Text(
                "Plans the tags, labels and annotations of this commit, in the input language of"
                    + " docker/metadata-action. Inputs are also read from INPUT_… variables; an"
                    + " option wins.",
                "按 docker/metadata-action 的输入语言规划此提交的标签、label 和 annotation。也读取 INPUT_… 变量，选项优先。"));
    TagsForm.inputs(form);
    TagsForm.sources(form);
    TagsForm.outputs(form);
    return Access.options(form);
  }

  @Override
  public Exit run(Given given, Terminal terminal) throws InterruptedException {
    var wish = wish(given, terminal);
    if (given.has("--simulate") || given.has("--from-workflow")) {
      return TagsSimulation.run(wish, given, terminal);
    }
    var planned = TagPlanning.plan(wish);
    planned.plan().warnings().forEach(warning -> warn(warning, given, terminal));
    if (given.has("--github")) {
      new TagsToGitHub(planned.plan(), wish, terminal).write();
    }
    if (terminal.wantsJson()) {
      terminal.json(PlanJson.document(planned.plan()));
    } else if (given.has("--explain")) {
      TagsExplained.lines(planned, terminal.lang()).forEach(terminal::result);
    } else if (!given.has("--github")) {
      TagsText.lines(planned.plan(), given.text("--output").orElse("text"), wish)
          .forEach(terminal::result);
    }
    return Exit.DONE;
  }

  private static void warn(String warning, Given given, Terminal terminal) {
    if (given.has("--github")) {
      terminal.result("::warning::" + escaped(warning));
    } else {
      terminal.note(new Text("warning: {0}", "警告：{0}"), warning);
    }
  }

  /** A message of a workflow command (docs.github.com, workflow commands, escaping). */
  static String escaped(String message) {
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  /** The plan that a rules file gives here, its warnings told. */
  static TagPlan plan(Path rules, Terminal terminal) {
    var wish =
        new TagWish(
            TagPlanning.rules(rules, terminal.in()),
            false,
            Optional.empty(),
            Optional.empty(),
            InstantSource.system(),
            Path.of("").toAbsolutePath(),
            terminal.environment(),
            Optional.empty());
    var plan = TagPlanning.plan(wish).plan();
    plan.warnings().forEach(warning -> terminal.note(new Text("warning: {0}", "警告：{0}"), warning));
    return plan;
  }

  private static TagWish wish(Given given, Terminal terminal) {
    var inputs = new LinkedHashMap<String, String>();
    given.text("--preset").ifPresent(name -> inputs.putAll(Presets.of(name)));
    given.path("--rules").ifPresent(file -> inputs.putAll(TagPlanning.rules(file, terminal.in())));
    take(inputs, given, TagInputs.NAMES);
    take(inputs, given, TagInputs.OURS);
    return new TagWish(
        inputs,
        given.has("--compat"),
        given.path("--repository-json"),
        given.text("--now"),
        InstantSource.system(),
        Path.of("").toAbsolutePath(),
        terminal.environment(),
        given
            .text("--releases-from")
            .filter("registry"::equals)
            .map(_ -> () -> released(inputs, given, terminal)));
  }

  /** The tags that stand in the repository of the first image. */
  private static List<String> released(Map<String, String> inputs, Given given, Terminal terminal)
      throws InterruptedException {
    var image =
        new TagInputs(inputs, terminal.environment(), false)
            .get("images")
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.contains("="))
            .findFirst()
            .orElseThrow(() ->
                Misuse.of(
                    new Text(
                        "--releases-from registry without an image",
                        "--releases-from registry 需要镜像"),
                    new Text(
                        "name one: --images ghcr.io/you/app", "请给出：--images ghcr.io/you/app")));
    var reference = Named.repository(image);
    var access = Access.of(given, terminal);
    try (var wiring = access.wiring(List.of(reference.registry()), terminal.progress())) {
      return wiring.sources().source(reference.repository()).tags().stream()
          .map(Tag::value)
          .toList();
    }
  }

  private static void take(Map<String, String> inputs, Given given, Iterable<String> names) {
    names.forEach(name -> given.text("--" + name).ifPresent(value -> inputs.put(name, value)));
  }
}
