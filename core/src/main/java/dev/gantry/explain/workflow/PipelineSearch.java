package dev.gantry.explain.workflow;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which of several pipeline files a log comes from: the one in which the names stand that the log
 * gives to jobs, steps, actions and commands. A name that stands in several files says less.
 */
public final class PipelineSearch {
  private static final double LEAST = 2;
  private static final double CLEAR = 1.5;
  private static final int NAMED = 3;

  /**
   * The file that fits.
   *
   * @param why names of the log that stand in it, the most telling first
   */
  public record Choice(PipelineFile file, List<String> why) {
    public Choice {
      why = List.copyOf(why);
    }
  }

  private PipelineSearch() {}

  /** The clear best, or none: a wrong file would mislead more than none. */
  public static Optional<Choice> best(List<PipelineFile> files, RunNames names) {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    var matches = files.stream().map(file -> matches(file.pipeline(), names)).toList();
    var holders = new HashMap<String, Integer>();
    matches.forEach(match -> match.keySet().forEach(name -> holders.merge(name, 1, Integer::sum)));
    var best = -1;
    var first = 0.0;
    var second = 0.0;
    for (var at = 0; at < files.size(); at++) {
      var score =
          matches.get(at).entrySet().stream()
              .mapToDouble(entry -> entry.getValue() / holders.getOrDefault(entry.getKey(), 1))
              .sum();
      if (score > first) {
        second = first;
        first = score;
        best = at;
      } else {
        second = Math.max(second, score);
      }
    }
    if (best < 0 || first < LEAST || first < CLEAR * second) {
      return Optional.empty();
    }
    var match = matches.get(best);
    var why =
        match.entrySet().stream()
            .sorted(
                Map.Entry.<String, Double>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(NAMED)
            .map(Map.Entry::getKey)
            .toList();
    return Optional.of(new Choice(files.get(best), why));
  }

  /** What of the log stands in the file, with how much it says. */
  private static Map<String, Double> matches(Pipeline pipeline, RunNames names) {
    var matches = new LinkedHashMap<String, Double>();
    for (var job : pipeline.jobs()) {
      if (names.hasJob(job)) {
        matches.put("job " + job.title(), 3.0);
      }
      for (var step : job.steps()) {
        step(step, names, matches);
      }
    }
    return matches;
  }

  private static void step(Step step, RunNames names, Map<String, Double> matches) {
    if (!step.title().isEmpty() && names.steps().contains(RunNames.plain(step.title()))) {
      matches.put("step " + step.title(), 2.0);
    }
    var uses = step.uses().value().strip().toLowerCase(Locale.ROOT);
    if (!uses.isEmpty() && names.actions().contains(uses)) {
      matches.put(uses, 1.0);
    }
    for (var line : lines(step)) {
      if (names.commands().contains(line)) {
        matches.put(line, line.length() > 12 ? 2.0 : 0.5);
      }
    }
  }

  private static Set<String> lines(Step step) {
    var lines = new HashSet<String>();
    step.script()
        .forEach(script ->
            script.lines().forEach(line -> lines.add(line.value().toLowerCase(Locale.ROOT))));
    return lines;
  }
}
