package dev.gantry;

import dev.gantry.failure.Failure;
import dev.gantry.failure.Failure.Stage;
import dev.gantry.failure.PublishException;
import dev.gantry.tags.Answers;
import dev.gantry.tags.Fact;
import dev.gantry.tags.Project;
import java.util.List;
import java.util.Optional;

/** Takes the releases from a list and asks somebody else for everything else. */
final class ReleaseAnswers implements Answers {
  private final TagWish.Releases releases;
  private final Answers otherwise;
  private Optional<List<String>> known = Optional.empty();

  ReleaseAnswers(TagWish.Releases releases, Answers otherwise) {
    this.releases = releases;
    this.otherwise = otherwise;
  }

  @Override
  public List<String> gitTags() {
    if (known.isEmpty()) {
      try {
        known = Optional.of(List.copyOf(releases.names()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new PublishException(new Failure.Cancelled(Stage.REQUEST, "interrupted"), e);
      }
    }
    return known.get();
  }

  @Override
  public Optional<Project> project() {
    return otherwise.project();
  }

  @Override
  public Optional<Fact> defaultBranch() {
    return otherwise.defaultBranch();
  }

  @Override
  public Optional<Fact> commitDate(String sha) {
    return otherwise.commitDate(sha);
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
