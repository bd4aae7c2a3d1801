package dev.gantry.tags;

import java.util.List;
import java.util.Optional;

/**
 * What a plan may have to know from git, a forge's API or a registry. Every question is asked only
 * when a rule needs its answer. An implementation that cannot find out throws {@link
 * dev.gantry.failure.PublishException}; not knowing is an empty answer.
 */
public interface Answers {
  /** The repository's own words about itself. */
  Optional<Project> project();

  /** The default branch. */
  default Optional<Fact> defaultBranch() {
    return project()
        .flatMap(project -> project.defaultBranch().map(name -> new Fact(name, project.source())));
  }

  /** When a commit was committed, in ISO 8601. */
  Optional<Fact> commitDate(String sha);

  /** All git tags of the repository by their names, v1.2.3 or api/v1.2.3. */
  List<String> gitTags();

  /** All branches by their names, without the remote's. */
  List<String> branches();

  /** How many commits lead to this one. */
  Optional<Fact> commitCount();

  /** The nearest tag with the distance to it, as git describe has it: v1.2.3-4-gabc1234. */
  Optional<Fact> describe();

  /** Knows nothing at all. */
  Answers NONE =
      new Answers() {
        @Override
        public Optional<Project> project() {
          return Optional.empty();
        }

        @Override
        public Optional<Fact> commitDate(String sha) {
          return Optional.empty();
        }

        @Override
        public List<String> gitTags() {
          return List.of();
        }

        @Override
        public List<String> branches() {
          return List.of();
        }

        @Override
        public Optional<Fact> commitCount() {
          return Optional.empty();
        }

        @Override
        public Optional<Fact> describe() {
          return Optional.empty();
        }
      };
}
