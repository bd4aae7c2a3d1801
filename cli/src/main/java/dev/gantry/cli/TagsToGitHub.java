package dev.gantry.cli;

import dev.gantry.TagWish;
import dev.gantry.failure.Failure;
import dev.gantry.failure.Failure.Problem;
import dev.gantry.failure.Failure.Stage;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Json;
import dev.gantry.tags.PlanJson;
import dev.gantry.tags.TagInputs;
import dev.gantry.tags.TagPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a plan where a GitHub job looks for it: outputs, environment, bake files (docs.github.com,
 * workflow commands, environment files).
 */
final class TagsToGitHub {
  private final TagPlan plan;
  private final TagWish wish;
  private final Terminal terminal;
  private final TagInputs inputs;

  TagsToGitHub(TagPlan plan, TagWish wish, Terminal terminal) {
    this.plan = plan;
    this.wish = wish;
    this.terminal = terminal;
    this.inputs = new TagInputs(wish.inputs(), wish.env(), wish.compat());
  }

  void write() {
    var outputs = new LinkedHashMap<>(TagsText.outputs(plan, inputs));
    outputs.putAll(bakeFiles());
    append("GITHUB_OUTPUT", outputs);
    if (inputs.exportsResults()) {
      var variables = new LinkedHashMap<String, String>();
      outputs.forEach((name, value) -> variables.put(TagsText.variable(name), value));
      append("GITHUB_ENV", variables);
    }
    terminal.note(
        new Text("{0} tags, push: {1} ({2})", "{0} 个标签，推送：{1}（{2}）"),
        plan.tags().size(),
        plan.push().yes(),
        plan.push().reason());
  }

  private Map<String, String> bakeFiles() {
    var temporary = wish.env().getOrDefault("RUNNER_TEMP", "");
    var folder = temporary.isEmpty() ? wish.folder() : Path.of(temporary);
    var files = new LinkedHashMap<String, String>();
    bakeFile(files, folder, "bake-file-tags", "-tags", PlanJson.bakeTags(plan));
    bakeFile(files, folder, "bake-file-labels", "-labels", PlanJson.bakeLabels(plan));
    bakeFile(
        files, folder, "bake-file-annotations", "-annotations", PlanJson.bakeAnnotations(plan));
    bakeFile(files, folder, "bake-file", "", PlanJson.bake(plan));
    return files;
  }

  private static void bakeFile(
      Map<String, String> files, Path folder, String output, String kind, Json.Obj content) {
    var file = folder.resolve("docker-metadata-action-bake" + kind + ".json");
    try {
      Files.writeString(file, content.pretty());
    } catch (IOException e) {
      throw unwritable(file.toString(), e);
    }
    files.put(output, file.toString());
  }

  /** Appends values between marks that do not occur in them. */
  private void append(String variable, Map<String, String> values) {
    var path = wish.env().getOrDefault(variable, "");
    if (path.isEmpty()) {
      return;
    }
    var text = new StringBuilder();
    values.forEach((name, value) -> {
      var mark = "gantry_end";
      while (value.contains(mark)) {
        mark += "_";
      }
      text.append(name).append("<<").append(mark).append('\n');
      text.append(value).append('\n').append(mark).append('\n');
    });
    try {
      Files.writeString(Path.of(path), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw unwritable(variable + " " + path, e);
    }
  }

  private static PublishException unwritable(String where, IOException e) {
    return new PublishException(
        new Failure.Refused(
            Stage.REQUEST,
            new Problem(
                "other",
                "the file cannot be written: " + e.getMessage(),
                where,
                "make its folder writable")),
        e);
  }
}
