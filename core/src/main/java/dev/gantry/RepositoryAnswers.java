package dev.gantry;

import dev.gantry.oci.Json;
import dev.gantry.tags.Answers;
import dev.gantry.tags.Fact;
import dev.gantry.tags.Project;
import java.util.List;
import java.util.Optional;

/**
 * Answers from the repository object of GitHub's API, with commit dates beside it as {@code
 * "commits": {SHA: date}}; what it does not hold is asked of somebody else.
 *
 * @param source where the object was read
 */
public record RepositoryAnswers(Json.Obj repository, String source, Answers otherwise)
    implements Answers {

  @Override
  public Optional<Project> project() {
    return Optional.of(Project.read(repository, source));
  }

  @Override
  public Optional<Fact> defaultBranch() {
    return Answers.super.defaultBranch().or(otherwise::defaultBranch);
  }

  @Override
  public Optional<Fact> commitDate(String sha) {
    return repository
        .object("commits")
        .flatMap(commits -> commits.text(sha))
        .map(date -> new Fact(date, source))
        .or(() -> otherwise.commitDate(sha));
  }

  @Override
  public List<String> gitTags() {
    return otherwise.gitTags();
  }

  @Override
  public List<String> branches() {
    return otherwise.branches();
  }

  @Override
  public Optional<Fact> commitCount() {
    return otherwise.commitCount();
  }

  @Override
  public Optional<Fact> describe() {
    return otherwise.describe();
  }
}
