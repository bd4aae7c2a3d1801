package dev.gantry;

import dev.gantry.failure.Failure;
import dev.gantry.failure.Failure.Problem;
import dev.gantry.failure.Failure.Stage;
import dev.gantry.failure.PublishException;
import dev.gantry.tags.Answers;
import dev.gantry.tags.Fact;
import dev.gantry.tags.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers a tag plan's questions by asking the git program about a checkout. */
public final class GitAnswers implements Answers {
  private final Path folder;
  private final Map<String, String> env;
  private Optional<List<String>> knownTags = Optional.empty();

  /**
   * Answers about a checkout.
   *
   * @param env variables for git besides those of this process
   */
  public GitAnswers(Path folder, Map<String, String> env) {
    this.folder = folder;
    this.env = Map.copyOf(env);
  }

  /**
   * Ref, commit and commit date of what is checked out, by the names a context has for them. On a
   * detached HEAD the ref is told from what points at the commit, as actions-toolkit does it.
   *
   * @throws PublishException when there is no commit, or nothing tells the ref
   */
  public Map<String, Fact> head() {
    var ref =
        git("branch", "--show-current").isEmpty() ? detachedRef() : git("symbolic-ref", "HEAD");
    var sha = git("show", "--format=%H", "HEAD", "--quiet", "--");
    var facts = new LinkedHashMap<String, Fact>();
    facts.put("ref", new Fact(ref, "git HEAD"));
    facts.put("sha", new Fact(sha, "git HEAD"));
    facts.put("commit date", new Fact(git("show", "-s", "--format=%ci", sha), "git show"));
    return facts;
  }

  private String detachedRef() {
    var said = git("show", "-s", "--pretty=%D");
    var decoration =
        said.startsWith("grafted, ") ? said.substring("grafted, ".length()).strip() : said;
    if (decoration.equals("HEAD")) {
      return containingRef();
    }
    if (!decoration.startsWith("HEAD, ")) {
      throw unknown("Cannot find detached HEAD ref in \"" + said + "\"");
    }
    var ref = decoration.substring("HEAD, ".length()).strip();
    if (ref.startsWith("tag: ")) {
      return tagRef(ref, said);
    }
    if (ref.matches("pull/\\d+/(head|merge)")) {
      return "refs/" + ref;
    }
    var slash = ref.indexOf('/');
    if (slash < 1 || slash == ref.length() - 1) {
      throw unknown("Unsupported detached HEAD ref in \"" + said + "\"");
    }
    var behind = ref.substring(slash + 1);
    var next = behind.indexOf('/');
    var comma = behind.lastIndexOf(", ", next < 0 ? behind.length() : next);
    return "refs/heads/" + (comma > 0 ? behind.substring(comma + 2) : behind).strip();
  }

  /** The longest tag that the decoration begins with. */
  private String tagRef(String decoration, String said) {
    var refs =
        new ArrayList<>(
            lines(git("for-each-ref", "--format=%(refname)", "--points-at", "HEAD", "refs/tags/")));
    refs.sort(Comparator.comparingInt(ref -> -ref.length()));
    for (var ref : refs) {
      var written = "tag: " + ref.substring("refs/tags/".length());
      if (decoration.equals(written) || decoration.startsWith(written + ", ")) {
        return ref;
      }
    }
    if (refs.size() == 1) {
      return refs.getFirst();
    }
    throw unknown("Cannot find detached tag ref in \"" + said + "\"");
  }

  private String containingRef() {
    var local = containing("refs/heads/");
    if (local.isPresent()) {
      return local.get();
    }
    var remote = containing("refs/remotes/");
    if (remote.isPresent()) {
      var parts = remote.get().split("/", 4);
      return parts.length == 4 ? "refs/heads/" + parts[3] : remote.get();
    }
    return lines(git("tag", "--contains", "HEAD")).stream()
        .findFirst()
        .map(tag -> "refs/tags/" + tag)
        .orElseThrow(() -> unknown("Cannot infer ref from detached HEAD"));
  }

  private Optional<String> containing(String scope) {
    return lines(
            git(
                "for-each-ref",
                "--format=%(refname)",
                "--contains",
                "HEAD",
                "--sort=-committerdate",
                scope))
        .stream()
        .findFirst();
  }

  private PublishException unknown(String what) {
    return new PublishException(
        new Failure.Refused(
            Stage.REQUEST,
            new Problem(
                "ci.misconfigured-workflow",
                what,
                "the checkout " + folder,
                "check out a branch or a tag, or use --context workflow")));
  }

  @Override
  public Optional<Project> project() {
    return Optional.empty();
  }

  /** What the remote's HEAD points at, as a clone remembers it. */
  @Override
  public Optional<Fact> defaultBranch() {
    return tryGit("symbolic-ref", "--short", "refs/remotes/origin/HEAD")
        .filter(name -> name.startsWith("origin/"))
        .map(name -> new Fact(name.substring("origin/".length()), "git origin/HEAD"));
  }

  @Override
  public Optional<Fact> commitDate(String sha) {
    return tryGit("show", "-s", "--format=%cI", sha, "--")
        .filter(date -> !date.isEmpty())
        .map(date -> new Fact(date, "git show"));
  }

  @Override
  public List<String> gitTags() {
    if (knownTags.isEmpty()) {
      knownTags =
          tryGit("for-each-ref", "--format=%(refname:lstrip=2)", "refs/tags/")
              .map(GitAnswers::lines)
              .or(() -> Optional.of(List.of()));
    }
    return knownTags.orElseThrow();
  }

  @Override
  public List<String> branches() {
    var local =
        tryGit("for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads/")
            .map(GitAnswers::lines)
            .orElse(List.of());
    var remote =
        tryGit("for-each-ref", "--format=%(refname:lstrip=3)", "refs/remotes/")
            .map(GitAnswers::lines)
            .orElse(List.of());
    return java.util.stream.Stream.concat(local.stream(), remote.stream())
        .filter(branch -> !branch.equals("HEAD"))
        .distinct()
        .toList();
  }

  @Override
  public Optional<Fact> commitCount() {
    return tryGit("rev-list", "--count", "HEAD").map(count -> new Fact(count, "git rev-list"));
  }

  @Override
  public Optional<Fact> describe() {
    return tryGit("describe", "--tags", "--always").map(text -> new Fact(text, "git describe"));
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  private String git(String... arguments) {
    var ran = run(arguments);
    if (ran.code() != 0 && !ran.errors().isEmpty()) {
      throw unknown("git " + arguments[0] + ": " + ran.errors());
    }
    return ran.output();
  }

  /** The answer, or nothing where git has none, as in a folder without a repository. */
  private Optional<String> tryGit(String... arguments) {
    var ran = run(arguments);
    return ran.code() == 0 ? Optional.of(ran.output()) : Optional.empty();
  }

  private record Ran(int code, String output, String errors) {}

  private Ran run(String... arguments) {
    var command = new ArrayList<String>(List.of("git"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(env);
    try {
      var process = builder.start();
      process.getOutputStream().close();
      var errors = process.getErrorStream();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var said = new String(errors.readAllBytes(), StandardCharsets.UTF_8);
      return new Ran(process.waitFor(), output.strip(), said.strip());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PublishException(new Failure.Cancelled(Stage.REQUEST, "git was interrupted"), e);
    } catch (IOException e) {
      throw new PublishException(
          new Failure.Refused(
              Stage.REQUEST,
              new Problem(
                  "other",
                  "git cannot be started: " + e.getMessage(),
                  "the checkout " + folder,
                  "install git, or use --context workflow")),
          new UncheckedIOException(e));
    }
  }
}
