package dev.gantry.cli;

import dev.gantry.explain.log.Log;
import dev.gantry.explain.log.Observation;
import dev.gantry.explain.workflow.PipelineFile;
import dev.gantry.explain.workflow.PipelineSearch;
import dev.gantry.explain.workflow.RunNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the pipeline's file of a log: the one that was named, the one beside the log under its
 * name, the one that the log itself names, or the one of the work tree that the names in the log
 * fit.
 */
final class PipelineFiles {
  private static final long LARGEST = 1 << 20;
  private static final int MOST = 200;
  private static final List<String> WELL_KNOWN =
      List.of(
          ".gitlab-ci.yml",
          "Jenkinsfile",
          "azure-pipelines.yml",
          ".circleci/config.yml",
          ".drone.yml",
          ".woodpecker.yml");

  /**
   * A file with what it says.
   *
   * @param why in the words of the log; empty where it was named or lies beside
   */
  record Found(String file, List<String> why, List<Observation> facts) {}

  private PipelineFiles() {}

  /** The file named on the command line. */
  static PipelineFile named(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw Misuse.of(
            new Text("{0} is larger than 1 MiB", "{0} 超过 1 MiB"),
            new Text("give the pipeline's file", "请给出流水线文件"),
            file);
      }
      var read = read(file);
      read.fault()
          .ifPresent(fault -> {
            throw Misuse.of(
                new Text("{0}:{1}:{2}: this is no YAML: {3}", "{0}:{1}:{2}：不是有效的 YAML：{3}"),
                new Text("correct the line, or leave --workflow out", "修正该行，或不使用 --workflow"),
                file,
                fault.line(),
                fault.column(),
                fault.what());
          });
      return read;
    } catch (NoSuchFileException _) {
      throw Misuse.of(
          new Text("there is no file {0}", "没有文件 {0}"),
          new Text("give the pipeline's file", "请给出流水线文件"),
          file);
    } catch (IOException e) {
      throw Misuse.of(
          new Text("{0} cannot be read: {1}", "无法读取 {0}：{1}"),
          new Text("give a file that can be read", "请给出可读的文件"),
          file,
          String.valueOf(e.getMessage()));
    }
  }

  /** Found without being named; what is no YAML is left out with a note. */
  static Optional<Found> found(Log log, RunNames names, Path here, Terminal terminal)
      throws IOException {
    for (var file : beside(log)) {
      if (usable(file)) {
        return sound(read(file), terminal)
            .map(one -> new Found(one.source(), List.of(), one.facts(names)));
      }
    }
    var top = workTree(here);
    if (top.isEmpty() || names.isEmpty()) {
      return Optional.empty();
    }
    var files = new ArrayList<PipelineFile>();
    for (var file : candidates(top.get())) {
      sound(read(file, here.relativize(file)), terminal).ifPresent(files::add);
    }
    return PipelineSearch.best(files, names)
        .map(choice -> new Found(choice.file().source(), choice.why(), choice.file().facts(names)));
  }

  private static Optional<PipelineFile> sound(PipelineFile file, Terminal terminal) {
    file.fault()
        .ifPresent(fault ->
            terminal.note(
                new Text("{0}:{1}:{2} is no YAML and was not read", "{0}:{1}:{2} 不是有效的 YAML，未读取"),
                file.source(),
                fault.line(),
                fault.column()));
    return file.fault().isPresent() ? Optional.empty() : Optional.of(file);
  }

  private static List<Path> beside(Log log) {
    var files = new ArrayList<Path>();
    if (!log.source().equals("-")) {
      var path = Path.of(log.source());
      var name = path.getFileName().toString();
      var dot = name.lastIndexOf('.');
      var stem = dot > 0 ? name.substring(0, dot) : name;
      Stream.of(".yml", ".yaml").forEach(end -> files.add(path.resolveSibling(stem + end)));
    }
    log.facts()
        .all("workflow-file")
        .forEach(name -> files.add(Path.of(".github", "workflows", name)));
    return files;
  }

  /** The top of the work tree of a folder. */
  private static Optional<Path> workTree(Path here) {
    for (var folder = here; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(".git"))) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  private static List<Path> candidates(Path top) throws IOException {
    var files = new ArrayList<Path>();
    var workflows = top.resolve(".github").resolve("workflows");
    if (Files.isDirectory(workflows)) {
      try (var all = Files.list(workflows)) {
        all.filter(file -> file.toString().endsWith(".yml") || file.toString().endsWith(".yaml"))
            .sorted()
            .limit(MOST)
            .forEach(files::add);
      }
    }
    WELL_KNOWN.forEach(name -> files.add(top.resolve(name)));
    files.removeIf(file -> !usable(file));
    return files;
  }

  private static boolean usable(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) <= LARGEST;
    } catch (IOException _) {
      return false; // gone meanwhile
    }
  }

  private static PipelineFile read(Path file) throws IOException {
    return read(file, file);
  }

  private static PipelineFile read(Path file, Path shown) throws IOException {
    var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return PipelineFile.of(shown.toString(), text);
  }
}
