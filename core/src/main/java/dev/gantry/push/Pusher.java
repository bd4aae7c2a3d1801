package dev.gantry.push;

import dev.gantry.event.Event;
import dev.gantry.failure.Evidence;
import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Digest;
import dev.gantry.oci.Registry;
import dev.gantry.oci.Repository;
import dev.gantry.plan.Plan;
import dev.gantry.plan.Survey;
import dev.gantry.registry.Target;
import dev.gantry.source.Artifact;
import dev.gantry.source.Content;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Brings blobs and manifests to all repositories of a publish, up to where only tags are missing.
 * It decides nothing that the plan has decided.
 */
public final class Pusher {
  private final Whereabouts whereabouts;
  private final Consumer<Event> events;
  private final int limit;

  public Pusher(Whereabouts whereabouts, int limit, Consumer<Event> events) {
    this.whereabouts = whereabouts;
    this.limit = limit;
    this.events = events;
  }

  /** One repository on the way, with what was seen there and what has been done so far. */
  public static final class Stop {
    private final Target target;
    private final Survey survey;
    private final Map<Digest, Event.How> done = new ConcurrentHashMap<>();
    private final Map<Digest, Long> sent = new ConcurrentHashMap<>();
    private final Set<Digest> committed = ConcurrentHashMap.newKeySet();

    public Stop(Target target, Survey survey) {
      this.target = target;
      this.survey = survey;
    }

    public Target target() {
      return target;
    }

    public Survey survey() {
      return survey;
    }

    /** How many blobs came there in this way. */
    public int count(Event.How how) {
      return (int) done.values().stream().filter(how::equals).count();
    }

    /** Bytes of blobs that were sent. */
    public long bytesSent() {
      return sent.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether anything was written. */
    public boolean touched() {
      return !committed.isEmpty() || done.values().stream().anyMatch(h -> h != Event.How.PRESENT);
    }

    private void note(Descriptor blob, Event.How how) {
      if (done.put(blob.digest(), how) == null && how == Event.How.SENT) {
        sent.put(blob.digest(), blob.size());
      }
    }
  }

  /**
   * Compresses what is pending and brings every blob to every stop; layers go out while the next
   * are compressed.
   */
  public Artifact.Whole deliver(Artifact.Draft draft, List<Stop> stops)
      throws InterruptedException, IOException {
    Artifact.Whole whole;
    try (var crew = new Crew(limit)) {
      whole =
          draft.finish((blob, content) -> {
            for (var group : groups(stops)) {
              crew.start(() -> bring(blob, content, group));
            }
          });
      crew.join();
    }
    deliver(whole, stops);
    return whole;
  }

  /** Brings every blob to every stop. Stops of one registry take them over from the first. */
  public void deliver(Artifact.Whole whole, List<Stop> stops) throws InterruptedException {
    record Load(Descriptor blob, List<Stop> group) {}
    var loads = new ArrayList<Load>();
    for (var group : groups(stops)) {
      whole.blobs().forEach(blob -> loads.add(new Load(blob, group)));
    }
    // The largest first: the last to end should be a small one.
    loads.sort((one, other) -> Long.compare(other.blob().size(), one.blob().size()));
    if (!loads.isEmpty()) {
      Together.forEach(loads, limit, load -> bring(load.blob(), whole.content(), load.group()));
    }
  }

  /** Puts the manifests there, children before parents. */
  public void commit(Plan plan, Stop stop) throws InterruptedException {
    var target = stop.target.at(Failure.Stage.COMMIT);
    for (var wave : plan.commits()) {
      Together.forEach(
          wave,
          limit,
          manifest -> {
            target.put(manifest);
            stop.committed.add(manifest.digest());
          });
    }
    whereabouts.seen(stop.target.repository(), stop.done.keySet());
  }

  private static Collection<List<Stop>> groups(List<Stop> stops) {
    var groups = new LinkedHashMap<Registry, List<Stop>>();
    for (var stop : stops) {
      groups.computeIfAbsent(stop.target.repository().registry(), _ -> new ArrayList<>()).add(stop);
    }
    return groups.values();
  }

  private void bring(Descriptor blob, Content content, List<Stop> group)
      throws InterruptedException {
    var near = new ArrayList<Repository>();
    for (var stop : group) {
      if (!stop.done.containsKey(blob.digest())) {
        var how = bring(blob, content, stop, near);
        stop.note(blob, how);
        events.accept(new Event.BlobDone(stop.target.repository(), blob, how));
      }
      near.addFirst(stop.target.repository());
    }
  }

  private Event.How bring(Descriptor blob, Content content, Stop stop, List<Repository> near)
      throws InterruptedException {
    if (stop.survey.present().contains(blob.digest())) {
      return Event.How.PRESENT;
    }
    var target = stop.target.at(Failure.Stage.UPLOAD);
    var from = new ArrayList<>(near);
    from.addAll(
        stop.survey
            .holders()
            .getOrDefault(
                blob.digest(), whereabouts.holders(target.repository().registry(), blob.digest())));
    from.removeIf(target.repository()::equals);
    // A layer that was compressed only now was not asked for in the survey.
    if (!stop.survey.asked(blob.digest()) && target.has(blob)) {
      return Event.How.PRESENT;
    }
    events.accept(new Event.BlobStarted(target.repository(), blob));
    try {
      return target.put(blob, content.body(blob), from.stream().distinct().toList());
    } catch (PublishException e) {
      if (digestRefused(e.failure())) {
        blame(blob, content, e);
      }
      throw e;
    }
  }

  private static boolean digestRefused(Failure failure) {
    return failure instanceof Failure.Rejected(_, var evidence)
        && evidence.answer().map(Evidence.Answer::errors).orElse(List.of()).stream()
            .anyMatch(said -> said.code().equals("DIGEST_INVALID"));
  }

  /** A refused digest is the file's fault if the file does not have it: then that is told. */
  private static void blame(Descriptor blob, Content content, PublishException refused) {
    try {
      content.check(blob);
    } catch (IOException e) {
      refused.addSuppressed(e);
    }
  }
}
