package dev.gantry.rehearsal.likeness;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state that a rehearsal begins with.
 *
 * @param exists repositories or the beginnings of their paths that are there; if any are given,
 *     what a registry wants to have been made by hand is missing everywhere else
 * @param missing repositories or the beginnings of their paths that are not there
 * @param readOnly whether nothing may be changed at all
 */
public record Seed(
    Map<String, Seeded> repositories,
    List<String> exists,
    List<String> missing,
    Optional<Quota> quota,
    Optional<Rate> rate,
    boolean readOnly) {

  /** Nothing is there and nothing is known to be missing. */
  public static final Seed EMPTY =
      new Seed(Map.of(), List.of(), List.of(), Optional.empty(), Optional.empty(), false);

  /**
   * A repository that is there already.
   *
   * @param tags and whether each is immutable; each points at an image made for it
   * @param immutable whether no tag may move
   * @param linkedTo the repository of source code that alone may push to this package
   * @param unlinked whether the package was pushed by hand and belongs to no source code
   * @param deleted whether it was deleted and may be restored
   * @param refuse situations by the book's words that every request for it meets, at the step for
   *     which an answer was recorded
   */
  public record Seeded(
      Map<String, Boolean> tags,
      boolean immutable,
      Optional<String> linkedTo,
      boolean unlinked,
      boolean deleted,
      List<String> refuse) {
    public Seeded {
      tags = Map.copyOf(tags);
      refuse = List.copyOf(refuse);
    }
  }

  /** Storage in bytes: how much there may be, and how much was used before the rehearsal. */
  public record Quota(long limit, long used) {}

  /** How many requests are answered within a time. */
  public record Rate(long requests, Duration window) {}

  public Seed {
    repositories = Map.copyOf(repositories);
    exists = List.copyOf(exists);
    missing = List.copyOf(missing);
  }

  /** What is said about this repository. */
  Optional<Seeded> of(String repository) {
    return Optional.ofNullable(repositories.get(repository));
  }

  /** Whether this repository is missing, or something it is in. */
  boolean lacks(String repository) {
    if (missing.stream().anyMatch(prefix -> within(repository, prefix))) {
      return true;
    }
    return !exists.isEmpty()
        && !repositories.containsKey(repository)
        && exists.stream().noneMatch(prefix -> within(repository, prefix));
  }

  private static boolean within(String repository, String prefix) {
    return repository.equals(prefix) || repository.startsWith(prefix + "/");
  }
}
