package dev.gantry.push;

import dev.gantry.event.Event;
import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.Tag;
import dev.gantry.plan.Standing.Stand;
import dev.gantry.registry.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Moves the tags of a publish, over all its repositories: all of them, or none.
 *
 * <p>No registry has a transaction over tags, so the old manifests are fetched first, every tag is
 * moved and looked at, and if one could not be moved, those that were are put back. What stands
 * where in the end is read from the registry and told.
 */
public final class Pointing {
  /** How many tags are moved at once; every one is a request of its own. */
  private static final int AT_ONCE = 4;

  private static final Failure STOPPED =
      new Failure.Cancelled(Failure.Stage.POINT, "stopped while tags were moved");

  private final Consumer<Event> events;

  public Pointing(Consumer<Event> events) {
    this.events = events;
  }

  /** A tag to be moved in a repository. */
  public record Mark(Target target, Tag tag, Optional<Digest> before) {}

  /** How it ended. */
  public sealed interface Result {
    /** Every tag points at the root. */
    record All(Map<Target, List<Stand>> stands) implements Result {}

    /**
     * One could not be moved.
     *
     * @param stands where the tags stand now
     */
    record None(Failure failure, Map<Target, List<Stand>> stands) implements Result {}
  }

  /** What came of trying to move one tag. */
  private record Attempt(Mark mark, Optional<Failure> failure, boolean tried) {}

  /** Moves all marks to the manifest, or puts them back. An interrupt counts as a failure. */
  public Result point(List<Mark> marks, Manifest root) throws InterruptedException {
    var olds = olds(marks, root.digest());
    var attempts = Together.settle(marks, AT_ONCE, mark -> move(mark, root));
    var failure = attempts.stream().flatMap(attempt -> attempt.failure().stream()).findFirst();
    if (failure.isEmpty()) {
      return new Result.All(
          byTarget(
              attempts,
              attempt ->
                  new Stand(
                      attempt.mark().tag(),
                      attempt.mark().before(),
                      Optional.of(root.digest()),
                      true)));
    }
    boolean interrupted = Thread.interrupted(); // what stopped the moving must not stop this
    var stands = byTarget(attempts, attempt -> putBack(attempt, root.digest(), olds));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return new Result.None(failure.get(), stands);
  }

  /** The manifests that tags would be put back to; without them nothing is moved. */
  private Map<Mark, Manifest> olds(List<Mark> marks, Digest root) throws InterruptedException {
    var moving =
        marks.stream()
            .filter(mark -> mark.before().isPresent() && !mark.before().get().equals(root))
            .toList();
    var olds = new LinkedHashMap<Mark, Manifest>();
    if (marks.size() == 1) {
      return olds; // a single tag moves or does not: there is nothing to put back
    }
    List<Optional<Manifest>> found =
        Together.map(moving, AT_ONCE, mark -> mark.target().manifest(mark.before().orElseThrow()));
    for (int i = 0; i < moving.size(); i++) {
      var mark = moving.get(i);
      found.get(i).ifPresent(manifest -> olds.put(mark, manifest));
    }
    return olds;
  }

  private Attempt move(Mark mark, Manifest root) {
    if (mark.before().equals(Optional.of(root.digest()))) {
      return new Attempt(mark, Optional.empty(), false);
    }
    if (Thread.currentThread().isInterrupted()) {
      return new Attempt(mark, Optional.of(STOPPED), false);
    }
    try {
      mark.target().point(mark.tag(), root);
      events.accept(
          new Event.TagMoved(mark.target().repository(), mark.tag(), mark.before(), root.digest()));
      return new Attempt(mark, Optional.empty(), true);
    } catch (PublishException e) {
      // A cut may have come after the registry did it: only the registry knows.
      return stand(mark).filter(stand -> stand.now().equals(Optional.of(root.digest()))).isPresent()
          ? new Attempt(mark, Optional.empty(), true)
          : new Attempt(mark, Optional.of(e.failure()), true);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Attempt(mark, Optional.of(STOPPED), true);
    }
  }

  private Stand putBack(Attempt attempt, Digest root, Map<Mark, Manifest> olds) {
    var mark = attempt.mark();
    var now = stand(mark);
    if (attempt.tried() && now.isPresent() && now.get().now().equals(Optional.of(root))) {
      try {
        var old = olds.get(mark);
        if (old != null) {
          mark.target().point(mark.tag(), old);
          events.accept(
              new Event.TagMoved(
                  mark.target().repository(), mark.tag(), Optional.of(root), old.digest()));
        } else if (mark.before().isEmpty()) {
          mark.target().delete(mark.tag());
        }
      } catch (PublishException e) {
        events.accept(
            new Event.Noticed(
                mark.target().repository()
                    + ":"
                    + mark.tag()
                    + " could not be put back: "
                    + e.getMessage()));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      now = stand(mark);
    }
    return now.orElseGet(() -> new Stand(mark.tag(), mark.before(), Optional.empty(), false));
  }

  /** Where the tag stands by the registry's own word; empty if it gives none. */
  private Optional<Stand> stand(Mark mark) {
    try {
      return Optional.of(
          new Stand(mark.tag(), mark.before(), mark.target().resolve(mark.tag()), true));
    } catch (PublishException _) {
      return Optional.empty(); // told as unknown
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Map<Target, List<Stand>> byTarget(
      List<Attempt> attempts, java.util.function.Function<Attempt, Stand> stand) {
    var all = new LinkedHashMap<Target, List<Stand>>();
    for (var attempt : attempts) {
      all.computeIfAbsent(attempt.mark().target(), _ -> new ArrayList<>())
          .add(stand.apply(attempt));
    }
    return all;
  }
}
