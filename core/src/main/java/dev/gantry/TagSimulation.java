package dev.gantry;

import dev.gantry.failure.Failure;
import dev.gantry.failure.Failure.Problem;
import dev.gantry.failure.Failure.Stage;
import dev.gantry.failure.PublishException;
import dev.gantry.tags.ActionsExpression;
import dev.gantry.tags.Context;
import dev.gantry.tags.DocumentedTags;
import dev.gantry.tags.Fact;
import dev.gantry.tags.Now;
import dev.gantry.tags.Simulation;
import dev.gantry.tags.TagInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The front door to simulations: rules of a workflow or of the wish, and documents to check. */
public final class TagSimulation {
  private TagSimulation() {}

  /** What every kind of event gives, and which documented tags are promised in vain. */
  public record Simulated(List<Simulation.Row> rows, List<DocumentedTags.Finding> findings) {}

  /**
   * Simulates.
   *
   * @param workflow whose metadata step and triggers count
   * @param documents to look into; empty for the README files of the folder
   */
  public static Simulated of(TagWish wish, Optional<Path> workflow, List<Path> documents) {
    var read = workflow.map(TagWorkflow::read);
    var given = new LinkedHashMap<String, String>();
    read.ifPresent(found -> given.putAll(found.inputs()));
    given.putAll(wish.inputs());
    var compat = wish.compat() || (read.isPresent() && wish.inputs().isEmpty());
    var inputs = new TagInputs(given, wish.env(), compat);
    var values = read.map(TagWorkflow::values).orElse(Map.of());
    var base = base(wish);
    var triggers = read.map(TagWorkflow::triggers).orElse(Set.<String>of());
    var rows =
        Simulation.rows(inputs, base, triggers, values, new Now(Instant.EPOCH, ZoneOffset.UTC));
    var images = images(inputs, base, values);
    var findings = new ArrayList<>(DocumentedTags.doubts(rows));
    for (var document : documents.isEmpty() ? readmes(wish.folder()) : documents) {
      findings.addAll(DocumentedTags.find(document.toString(), text(document), images, rows));
    }
    read.ifPresent(found ->
        findings.addAll(
            DocumentedTags.find(
                workflow.map(Path::toString).orElse("the workflow"),
                found.text().replaceAll("\\$\\{\\{\\s*github\\.ref_name\\s*}}", "v1.2.3"),
                images,
                rows)));
    return new Simulated(rows, findings);
  }

  private static Context base(TagWish wish) {
    var facts = new LinkedHashMap<String, Fact>();
    for (var name : List.of("GANTRY_REPOSITORY", "GITHUB_REPOSITORY")) {
      Optional.ofNullable(wish.env().get(name))
          .filter(value -> !value.isEmpty())
          .ifPresent(value -> facts.putIfAbsent("repository", new Fact(value, name)));
    }
    new GitAnswers(wish.folder(), Map.of())
        .defaultBranch()
        .ifPresent(branch -> facts.put("default branch", branch));
    Optional.ofNullable(wish.env().get("GANTRY_DEFAULT_BRANCH"))
        .ifPresent(name -> facts.put("default branch", new Fact(name, "GANTRY_DEFAULT_BRANCH")));
    return Context.of("simulation").with(facts);
  }

  /** The names of the images without a run; what only a run knows is left out. */
  private static List<String> images(TagInputs inputs, Context base, Map<String, String> values) {
    var known = new LinkedHashMap<>(values);
    known.put("github.repository", base.repository().map(Fact::value).orElse("owner/app"));
    var filled = new LinkedHashMap<String, String>();
    values.forEach((key, value) -> filled.put(key, ActionsExpression.fill(value, known)));
    known.putAll(filled);
    return ActionsExpression.fill(inputs.get("images"), known)
        .lines()
        .map(String::strip)
        .map(line -> line.startsWith("name=") ? line.substring(5) : line)
        .map(line -> line.contains(",") ? line.substring(0, line.indexOf(',')) : line)
        .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.endsWith("/"))
        .toList();
  }

  private static List<Path> readmes(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("README"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw refused(folder, e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw refused(file, e);
    }
  }

  private static PublishException refused(Path file, IOException e) {
    return new PublishException(
        new Failure.Refused(
            Stage.REQUEST,
            new Problem(
                "other",
                "the document cannot be read: " + e.getMessage(),
                file.toString(),
                "name documents that are there with --docs")),
        e);
  }
}
