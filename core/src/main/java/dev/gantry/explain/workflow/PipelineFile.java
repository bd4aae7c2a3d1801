package dev.gantry.explain.workflow;

import dev.gantry.explain.log.Observation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A pipeline's file (GitHub Actions, GitLab CI, Jenkins, Azure, CircleCI, Drone, Woodpecker) or a
 * piece of one, and what it says about publishing: facts whose names begin with {@code wf.}, each
 * with its line. It judges nothing. Reading never fails and costs a multiple of the text's length.
 */
public final class PipelineFile {
  /** Why a text is no YAML, and where, counted from 1. */
  public record Fault(String what, int line, int column) {}

  private final String source;
  private final List<String> lines;
  private final Pipeline pipeline;
  private final Optional<Fault> fault;

  private PipelineFile(
      String source, List<String> lines, Pipeline pipeline, Optional<Fault> fault) {
    this.source = source;
    this.lines = lines;
    this.pipeline = pipeline;
    this.fault = fault;
  }

  /** Reads a text; what is no YAML is read as far as its indentation goes. */
  public static PipelineFile of(String source, String content) {
    var text = content.startsWith("\ufeff") ? content.substring(1) : content;
    var lines = text.lines().toList();
    if (jenkins(source, text)) {
      var pipeline = ScriptReader.lines(source, text, Pipeline.Kind.JENKINS);
      return new PipelineFile(source, lines, pipeline, Optional.empty());
    }
    return switch (Yaml.read(text)) {
      case Yaml.Read.Tree(var documents) -> {
        var found = pipeline(source, documents);
        yield new PipelineFile(
            source, lines, found.orElseGet(() -> salvaged(source, text)), Optional.empty());
      }
      case Yaml.Read.Broken(var what, var line, var column) -> {
        var fault = new Fault(what, line, column);
        var pipeline = salvaged(source, text);
        yield new PipelineFile(
            source,
            lines,
            pipeline,
            excerpt(text, pipeline) ? Optional.empty() : Optional.of(fault));
      }
    };
  }

  private static Pipeline salvaged(String source, String text) {
    return pipeline(source, List.of(Salvage.read(text)))
        .orElseGet(() -> ScriptReader.lines(source, text, Pipeline.Kind.UNKNOWN));
  }

  private static Optional<Pipeline> pipeline(String source, List<Node> documents) {
    if (documents.isEmpty()) {
      return Optional.empty();
    }
    var root = documents.getFirst();
    var circle = ScriptReader.circle(root) || source.contains(".circleci");
    return (circle ? Optional.<Pipeline>empty() : GitHubReader.read(source, root))
        .or(() -> ScriptReader.read(source, documents));
  }

  /** A piece cut out of a file: it begins indented or with an item, or has no root of its own. */
  private static boolean excerpt(String text, Pipeline pipeline) {
    var first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    return !pipeline.whole()
        && (first.startsWith(" ") || first.startsWith("\t") || first.startsWith("-"));
  }

  private static boolean jenkins(String source, String text) {
    var name = source.substring(source.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return name.startsWith("jenkinsfile")
        || name.endsWith(".groovy")
        || text.lines()
            .limit(40)
            .anyMatch(line ->
                line.startsWith("pipeline {")
                    || line.startsWith("node {")
                    || line.startsWith("node("));
  }

  /** As it was named. */
  public String source() {
    return source;
  }

  /** Present where it is no YAML and no piece of such either. */
  public Optional<Fault> fault() {
    return fault;
  }

  Pipeline pipeline() {
    return pipeline;
  }

  /** All facts. */
  public List<Observation> facts() {
    return facts(RunNames.NONE);
  }

  /** The facts of the jobs that a log names; of all jobs where it names none of them. */
  public List<Observation> facts(RunNames names) {
    var sheet = new Sheet(source, lines);
    var work = pipeline.jobs().stream().map(job -> Work.of(pipeline, job)).toList();
    var logins = work.stream().filter(Work::logsIn).count();
    Forks.events(pipeline, sheet);
    var flow = new Flow(pipeline);
    for (var one : relevant(names, work)) {
      var job = one.job();
      var acts = one.acts();
      sheet.about(job);
      Rights.of(pipeline, job, acts, sheet);
      Logins.of(job, acts, logins > (one.logsIn() ? 1 : 0), sheet);
      Forks.of(pipeline, job, acts, sheet);
      Builds.of(pipeline, job, acts, sheet);
      Tags.of(pipeline, job, acts, sheet);
      flow.of(pipeline, job, acts, sheet);
      GitLab.of(pipeline, job, acts, sheet);
    }
    return sheet.all();
  }

  /** A job with what it does. */
  private record Work(Job job, List<Act> acts) {
    static Work of(Pipeline pipeline, Job job) {
      return new Work(job, Acts.of(pipeline, job));
    }

    boolean logsIn() {
      return acts.stream().anyMatch(act -> act instanceof Act.Login);
    }

    boolean pushes() {
      return acts.stream().anyMatch(act -> act instanceof Act.Push);
    }
  }

  private static List<Work> relevant(RunNames names, List<Work> work) {
    var named = work.stream().filter(one -> names.hasJob(one.job())).toList();
    if (!named.isEmpty()) {
      return named;
    }
    var pushing = work.stream().filter(Work::pushes).toList();
    return pushing.isEmpty() ? work : pushing;
  }
}
