package dev.gantry.cli;

import dev.gantry.TagPlanning;
import java.util.ArrayList;
import java.util.List;

/** For each tag the rule and the context it came from, for each other rule why it gave nothing. */
final class TagsExplained {
  private TagsExplained() {}

  static List<String> lines(TagPlanning.Planned planned, Lang lang) {
    var plan = planned.plan();
    var lines = new ArrayList<String>();
    lines.add(new Text("context: {0}", "上下文：{0}").in(lang, planned.context().ci()));
    planned
        .context()
        .facts()
        .forEach((name, fact) ->
            lines.add("  " + name + " = " + fact.value() + "  (" + fact.source() + ")"));
    lines.add(new Text("rules:", "规则：").in(lang));
    var shown = new ArrayList<String>();
    for (var trace : plan.traces()) {
      var result =
          trace.tags().isEmpty()
              ? new Text("nothing: ", "无：").in(lang) + trace.why()
              : String.join(", ", trace.tags())
                  + new Text("  from ", "  来自 ").in(lang)
                  + trace.why();
      lines.add("  " + trace.rule().number() + " " + trace.rule().text());
      lines.add("      → " + result);
      shown.addAll(trace.tags());
    }
    plan.names().stream()
        .filter(name -> !shown.contains(name))
        .forEach(name -> lines.add("  " + new Text("flavor → {0}", "flavor → {0}").in(lang, name)));
    plan.variants()
        .forEach((name, tags) -> lines.add("  " + name + " → " + String.join(", ", tags)));
    lines.add(
        (plan.push().yes()
                ? new Text("push: yes, {0}", "推送：是，{0}")
                : new Text("push: no, {0}", "推送：否，{0}"))
            .in(lang, plan.push().reason()));
    return lines;
  }
}
