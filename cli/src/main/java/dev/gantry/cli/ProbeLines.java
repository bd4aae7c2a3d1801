package dev.gantry.cli;

import dev.gantry.explain.Explanation;
import dev.gantry.explain.Probed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Probes in lines for people: which request, what was answered, what it decided. */
final class ProbeLines {
  private ProbeLines() {}

  static List<String> of(List<Explanation.Decision> probes, Lang lang) {
    var locale = ExplanationView.locale(lang);
    var lines = new ArrayList<String>();
    for (var decision : probes) {
      switch (decision.probed()) {
        case Probed.NotMade _ -> lines.add(decision.text().in(locale));
        case Probed.Made made -> lines.addAll(of(made, decision, lang, locale));
      }
    }
    return lines;
  }

  private static List<String> of(
      Probed.Made made, Explanation.Decision decision, Lang lang, Locale locale) {
    var lines = new ArrayList<String>();
    var first = made.asked().getFirst();
    lines.add(asked(first) + "  [" + as(made, lang) + "]");
    made.asked().stream().skip(1).limit(3).forEach(one -> lines.add(asked(one)));
    lines.add(new Text("so: {0}", "结论：{0}").in(lang, decision.text().in(locale)));
    return lines;
  }

  private static String asked(Probed.Asked one) {
    return one.request() + " -> " + one.answer();
  }

  private static String as(Probed.Made made, Lang lang) {
    return made.as().equals("none") ? new Text("without credentials", "匿名").in(lang) : made.as();
  }
}
