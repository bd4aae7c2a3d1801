package dev.gantry.cli;

import dev.gantry.TagSimulation;
import dev.gantry.TagWish;
import dev.gantry.oci.Json;
import dev.gantry.tags.DocumentedTags;
import dev.gantry.tags.Simulation;
import java.nio.file.Path;

/**
 * {@code gantry tags --simulate}: what each kind of event would give, and what is promised in vain.
 */
final class TagsSimulation {
  private TagsSimulation() {}

  static Exit run(TagWish wish, Given given, Terminal terminal) {
    var documents = given.texts("--docs").stream().map(Path::of).toList();
    var simulated = TagSimulation.of(wish, given.path("--from-workflow"), documents);
    if (terminal.wantsJson()) {
      terminal.json(json(simulated));
      return Exit.DONE;
    }
    for (var row : simulated.rows()) {
      var result = row.problem().isEmpty() ? String.join(", ", row.names()) : "✗ " + row.problem();
      terminal.result(
          Columns.padded(row.event(), 30)
              + Columns.padded(push(row, terminal.lang()), 20)
              + (result.isEmpty() ? new Text("no tags", "无标签").in(terminal.lang()) : result));
    }
    for (var finding : simulated.findings()) {
      terminal.result("");
      terminal.result(finding.where() + ": " + finding.what());
      terminal.result("  " + finding.todo());
    }
    return Exit.DONE;
  }

  private static String push(Simulation.Row row, Lang lang) {
    if (!row.fires()) {
      return new Text("never runs", "不会运行").in(lang);
    }
    return row.push().yes()
        ? new Text("push", "推送").in(lang)
        : new Text("build only", "仅构建").in(lang);
  }

  private static Json.Obj json(TagSimulation.Simulated simulated) {
    var rows =
        simulated.rows().stream()
            .<Json>map(row ->
                Json.object()
                    .with("event", row.event())
                    .with("fires", new Json.Bool(row.fires()))
                    .with("tag-names", Json.strings(row.names()))
                    .with("push", new Json.Bool(row.push().yes()))
                    .with("push-reason", row.push().reason())
                    .with("error", row.problem()))
            .toList();
    var findings = simulated.findings().stream().map(TagsSimulation::finding).toList();
    return Json.object()
        .with("simulation", new Json.Arr(rows))
        .with("findings", new Json.Arr(findings));
  }

  private static Json finding(DocumentedTags.Finding finding) {
    return Json.object()
        .with("tag", finding.tag())
        .with("where", finding.where())
        .with("what", finding.what())
        .with("do", finding.todo());
  }
}
