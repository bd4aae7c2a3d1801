package dev.gantry;

import dev.gantry.event.Event;
import dev.gantry.explain.Explanation;
import dev.gantry.failure.Evidence;
import dev.gantry.failure.Failure;
import dev.gantry.failure.Failure.Stage;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.MediaType;
import dev.gantry.oci.Repository;
import dev.gantry.plan.Plan;
import dev.gantry.plan.Standing;
import dev.gantry.plan.Survey;
import dev.gantry.push.Deadline;
import dev.gantry.push.Pointing;
import dev.gantry.push.Pusher;
import dev.gantry.push.Pusher.Stop;
import dev.gantry.push.ReadBack;
import dev.gantry.push.Surveyor;
import dev.gantry.push.Together;
import dev.gantry.registry.Target;
import dev.gantry.rules.ArtifactFacts;
import dev.gantry.rules.Finding;
import dev.gantry.source.Artifact;
import dev.gantry.source.Layer;
import dev.gantry.source.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The front door of a publish: one straight walk. Read, survey, check, plan, send, commit, point,
 * read back; then the receipt. It returns and never throws.
 */
public final class Publisher {
  /** Requests under way at once, before the gate of each host has its say. */
  private static final int STREAMS = 16;

  private final Wiring wiring;

  public Publisher(Wiring wiring) {
    this.wiring = wiring;
  }

  /** Carries out the request. */
  public Outcome publish(PublishRequest request) {
    return publish(request, _ -> {});
  }

  /**
   * Carries out the request.
   *
   * @param planned told what will be done in each repository, before anything is written
   */
  public Outcome publish(PublishRequest request, Consumer<List<Plan>> planned) {
    var walk = new Walk(request, planned);
    try (var deadline = new Deadline(request.timeout())) {
      return walk.guarded(deadline);
    }
  }

  /** One publish under way; what it knows of the registries is what a failure is told with. */
  private final class Walk {
    private final PublishRequest request;
    private final Consumer<List<Plan>> planned;
    private final Consumer<Event> events = wiring.events();
    private final java.time.Instant started = wiring.clock().instant();
    private Stage stage = Stage.REQUEST;
    private List<Stop> stops = List.of();
    private Standing.Reach reach = Standing.Reach.NOTHING;

    Walk(PublishRequest request, Consumer<List<Plan>> planned) {
      this.request = request;
      this.planned = planned;
    }

    Outcome guarded(Deadline deadline) {
      try {
        return walk();
      } catch (PublishException e) {
        return failed(deadline.passed() ? outOfTime() : e.failure());
      } catch (InterruptedException _) {
        return failed(
            deadline.passed() ? outOfTime() : new Failure.Cancelled(stage, "somebody stopped it"));
      } catch (IOException | UncheckedIOException e) {
        return failed(unreadable(e));
      } catch (RuntimeException e) { // the only broad catch: a defect of ours
        return failed(new Failure.Defect(stage, e));
      } finally {
        wiring.whereabouts().save();
      }
    }

    private Outcome walk() throws InterruptedException, IOException {
      var offline = offlineFindings();
      refuse(offline);
      reached(Stage.READ, "reading " + request.source());
      try (var artifact = wiring.read(request.source(), request.platform())) {
        return walk(artifact, offline);
      }
    }

    private Outcome walk(Artifact read, List<Finding> offline)
        throws InterruptedException, IOException {
      var artifact = read;
      if (artifact instanceof Artifact.Draft draft && digestsFirst()) {
        artifact = draft.finish();
      }
      reached(Stage.SURVEY, "looking at " + names());
      var surveys = surveys(artifact, offline);
      reached(Stage.PLAN, "planning");
      var plans = plans(artifact, surveys, offline);
      if (request.mode() != PublishRequest.Mode.PUSH) {
        return new Outcome.Planned(plans);
      }
      plans.forEach(plan -> refuse(plan.findings()));
      planned.accept(plans);
      Artifact.Whole whole;
      try {
        whole = send(artifact, surveys);
        commit(whole, offline);
      } catch (PublishException e) {
        if (!childIsMissing(e.failure())) {
          throw e;
        }
        // What the survey saw is gone: the whole walk once more, believing nothing is there.
        events.accept(new Event.Noticed("the registry misses a part; sending everything again"));
        whole = send(artifact, surveys.stream().map(Survey::nothing).toList());
        commit(whole, offline);
      }
      return point(whole);
    }

    /** With tags that must not move the digest has to be known before anything is sent. */
    private boolean digestsFirst() {
      return request.mode() == PublishRequest.Mode.PLAN_FULL
          || (request.mode() == PublishRequest.Mode.PUSH
              && request.overwrite() == Plan.Overwrite.REFUSED);
    }

    private List<Finding> offlineFindings() {
      var all = new ArrayList<Finding>();
      request
          .destinations()
          .forEach(to ->
              all.addAll(wiring.offline().check(to.repository(), to.tags(), Optional.empty())));
      return all;
    }

    /** Where a look fails, what is known to be wrong without one is the better answer. */
    private List<Survey> surveys(Artifact artifact, List<Finding> offline)
        throws InterruptedException {
      try {
        return surveys(artifact);
      } catch (PublishException unseen) {
        throw blocking(offline).orElse(unseen);
      }
    }

    private List<Survey> surveys(Artifact artifact) throws InterruptedException {
      var surveyor = new Surveyor(wiring.whereabouts(), STREAMS);
      return Together.map(
          request.destinations(),
          STREAMS,
          to ->
              surveyor.look(
                  wiring.targets().target(to.repository()).at(Stage.SURVEY),
                  artifact,
                  to.tags(),
                  near()));
    }

    /** A source that is a registry holds every blob: within one registry they can be mounted. */
    private List<Repository> near() {
      return request.source() instanceof Source.Remote(var reference)
          ? List.of(reference.repository())
          : List.of();
    }

    private List<Plan> plans(Artifact artifact, List<Survey> surveys, List<Finding> offline) {
      var plans = new ArrayList<Plan>();
      for (int i = 0; i < surveys.size(); i++) {
        var to = request.destinations().get(i);
        var findings = new ArrayList<>(offline);
        findings.addAll(
            wiring.offline().check(to.repository(), to.tags(), Optional.of(facts(artifact))));
        plans.add(Plan.of(artifact, surveys.get(i), to.tags(), findings, request.overwrite()));
      }
      return plans;
    }

    private Artifact.Whole send(Artifact artifact, List<Survey> surveys)
        throws InterruptedException, IOException {
      reached(Stage.UPLOAD, "sending to " + names());
      reach = Standing.Reach.CONTENT;
      stops =
          surveys.stream()
              .map(survey -> new Stop(wiring.targets().target(survey.repository()), survey))
              .toList();
      var pusher = new Pusher(wiring.whereabouts(), STREAMS, events);
      return switch (artifact) {
        case Artifact.Draft draft -> pusher.deliver(draft, stops);
        case Artifact.Whole whole -> {
          pusher.deliver(whole, stops);
          yield whole;
        }
      };
    }

    private void commit(Artifact.Whole whole, List<Finding> offline) throws InterruptedException {
      reached(Stage.COMMIT, "sending manifests");
      var pusher = new Pusher(wiring.whereabouts(), STREAMS, events);
      var plans = plans(whole, stops.stream().map(Stop::survey).toList(), offline);
      for (int i = 0; i < stops.size(); i++) {
        pusher.commit(plans.get(i), stops.get(i));
      }
      reach = Standing.Reach.READY;
    }

    private Outcome point(Artifact.Whole whole) throws InterruptedException, IOException {
      reached(Stage.POINT, "moving tags");
      var marks = new ArrayList<Pointing.Mark>();
      for (var stop : stops) {
        stop.survey()
            .tags()
            .forEach((tag, before) ->
                marks.add(new Pointing.Mark(stop.target().at(Stage.POINT), tag, before)));
      }
      return switch (new Pointing(events).point(marks, whole.root())) {
        case Pointing.Result.None(var failure, var stands) ->
            new Outcome.Failed(failure, meaning(failure), Standings.afterPutBack(stands));
        case Pointing.Result.All _ -> {
          reach = Standing.Reach.POINTED;
          readBack(whole.manifests());
          yield new Outcome.Published(new Receipts(wiring).write(request, whole, stops, started));
        }
      };
    }

    private void readBack(List<Manifest> manifests) throws InterruptedException {
      reached(Stage.VERIFY, "reading back");
      var readBack = new ReadBack(wiring.pause()::of, STREAMS);
      for (int i = 0; i < stops.size(); i++) {
        Target target = stops.get(i).target().at(Stage.VERIFY);
        readBack.look(target, request.destinations().get(i).tags(), manifests);
        if (request.verify() == PublishRequest.Verify.CONTENT) {
          readBack.content(target, manifests);
        }
      }
    }

    private void refuse(List<Finding> findings) {
      if (request.mode() == PublishRequest.Mode.PUSH) {
        blocking(findings)
            .ifPresent(refusal -> {
              throw refusal;
            });
      }
    }

    private static Optional<PublishException> blocking(List<Finding> findings) {
      var blocking = findings.stream().filter(Finding::blocks).map(Finding::problem).toList();
      return blocking.isEmpty()
          ? Optional.empty()
          : Optional.of(new PublishException(new Failure.Refused(Stage.PLAN, blocking)));
    }

    private void reached(Stage next, String text) {
      stage = next;
      events.accept(new Event.Reached(next.name(), text));
    }

    private String names() {
      return String.join(
          ", ", request.destinations().stream().map(to -> to.repository().toString()).toList());
    }

    private Outcome failed(Failure failure) {
      return new Outcome.Failed(failure, meaning(failure), Standings.of(reach, stops));
    }

    private Explanation meaning(Failure failure) {
      return Meaning.of(
          failure, wiring, request.destinations().stream().map(Destination::repository).toList());
    }

    private Failure outOfTime() {
      return new Failure.OutOfTime(stage, request.timeout().orElseThrow());
    }

    private Failure unreadable(Exception e) {
      return new Failure.Refused(
          stage,
          new Failure.Problem(
              diskFull(e) ? "local.disk-full" : "other",
              "a file of the image could not be read or written",
              request.source() + ": " + e.getMessage(),
              diskFull(e)
                  ? "make room on the disk of the cache (XDG_CACHE_HOME) and run it again"
                  : "check that the file is still there and readable"));
    }
  }

  private static ArtifactFacts facts(Artifact artifact) {
    return switch (artifact) {
      case Artifact.Whole whole -> {
        var others = new ArrayList<>(whole.manifests());
        others.remove(whole.root());
        yield ArtifactFacts.of(whole.root(), others);
      }
      case Artifact.Draft draft ->
          new ArtifactFacts(
              MediaType.IMAGE_MANIFEST,
              List.of(),
              draft.layers().stream().map(Publisher::part).toList());
    };
  }

  private static ArtifactFacts.Part part(Layer layer) {
    return switch (layer) {
      case Layer.Known(var blob) ->
          new ArtifactFacts.Part(blob.digest().toString(), blob.mediaType(), blob.size());
      case Layer.Pending(var diffId, var most) ->
          new ArtifactFacts.Part(diffId.toString(), MediaType.LAYER_GZIP, most);
    };
  }

  private static boolean diskFull(Exception e) {
    return String.valueOf(e.getMessage()).contains("No space left on device");
  }

  /** Codes by which registries say that a manifest names something they do not hold. */
  private static final Set<String> MISSING =
      Set.of("MANIFEST_BLOB_UNKNOWN", "BLOB_UNKNOWN", "MANIFEST_UNKNOWN");

  private static boolean childIsMissing(Failure failure) {
    return failure instanceof Failure.Rejected(var stage, var evidence)
        && stage == Stage.COMMIT
        && evidence.answer().map(Evidence.Answer::errors).orElse(List.of()).stream()
            .anyMatch(said -> MISSING.contains(said.code()));
  }
}
