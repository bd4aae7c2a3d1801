package dev.gantry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.event.Event;
import dev.gantry.failure.Failure;
import dev.gantry.oci.Digest;
import dev.gantry.plan.Standing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every stage of the walk with something going wrong; afterwards no tag has moved by half. */
class PublisherFaults {
  private static final String APP = "registry.example/demo/app:";
  private static final String ALSO = "other.example/demo/app:";

  @TempDir Path folder;
  private Stage stage;

  @BeforeEach
  void start() throws Exception {
    stage = new Stage(folder.resolve("home"));
  }

  @AfterEach
  void nothingIsHalf() throws Exception {
    assertThat(stage.check()).isEmpty();
    stage.close();
  }

  private Digest published(String seed, String... to) {
    var layout = Layouts.image(folder.resolve(seed), seed, 3);
    var outcome = stage.publish(layout, to);
    assertThat(outcome).isInstanceOf(Outcome.Published.class);
    return outcome.receipt().root().digest();
  }

  private Outcome.Failed failed(String seed, String... to) {
    var layout = Layouts.image(folder.resolve(seed), seed, 3);
    var outcome = stage.publish(layout, to);
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return (Outcome.Failed) outcome;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "manifest #1: status 503",
        "open #2: status 502",
        "open #1: too-many 3",
        "put-manifest #1: status 500",
        "finish #2: status 503",
        "finish #1: drop",
        "open #3: drop",
        "put-manifest #2: drop",
        "manifest #3: cut sent 1",
        "finish #1: cut received 5000",
        "blob #2: status 500",
      })
  void whatPassesByItselfIsNotToldAsAFailure(String fault) throws Exception {
    stage.first.faults().add(fault);
    var root = published("a", APP + "v1", APP + "v2");
    assertThat(stage.at(APP + "v1")).contains(root);
    assertThat(stage.at(APP + "v2")).contains(root);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "open: status 403 | CONTENT",
        "finish: status 400 | CONTENT",
        "put-manifest: status 403 | CONTENT",
        "open: html 403 | CONTENT",
        "finish: status 413 | CONTENT",
      })
  void whatIsRefusedLeavesEveryTagAlone(String fault, Standing.Reach atMost) throws Exception {
    var before = published("a", APP + "v1");
    stage.first.faults().add(fault);
    var failed = failed("b", APP + "v1", APP + "v2");
    assertThat(failed.standing().moved()).isFalse();
    assertThat(failed.standing().places()).allMatch(place -> place.reach().compareTo(atMost) <= 0);
    assertThat(stage.at(APP + "v1")).contains(before);
    assertThat(stage.at(APP + "v2")).isEmpty();
  }

  @Test
  void whenOneTagCannotBeMovedTheOthersArePutBack() throws Exception {
    var before = published("a", APP + "v1", APP + "v2");
    stage.first.faults().add("PUT /v2/demo/app/manifests/v3: status 403");
    var failed = failed("b", APP + "v1", APP + "v2", APP + "v3");
    assertThat(stage.at(APP + "v1")).contains(before);
    assertThat(stage.at(APP + "v2")).contains(before);
    assertThat(stage.at(APP + "v3")).isEmpty();
    assertThat(failed.standing().moved()).isFalse();
    assertThat(failed.standing().places().getFirst().reach()).isEqualTo(Standing.Reach.PUT_BACK);
  }

  @Test
  void whatWasNewIsTakenAwayAgain() throws Exception {
    stage.first.faults().add("PUT /v2/demo/app/manifests/v2: status 403");
    var failed = failed("a", APP + "v1", APP + "v2");
    assertThat(stage.at(APP + "v1")).isEmpty();
    assertThat(stage.at(APP + "v2")).isEmpty();
    assertThat(failed.standing().moved()).isFalse();
  }

  @Test
  void allOrNoneHoldsOverRegistries() throws Exception {
    var before = published("a", APP + "v1", ALSO + "v1");
    stage.second.faults().add("PUT /v2/demo/app/manifests/v1: status 403");
    failed("b", APP + "v1", ALSO + "v1");
    assertThat(stage.at(APP + "v1")).contains(before);
    assertThat(stage.at(ALSO + "v1")).contains(before);
  }

  @Test
  void aTagThatCannotBePutBackIsTold() throws Exception {
    published("a", APP + "v1", APP + "v2");
    // The first move is let through; putting it back, which is the second, is not.
    stage.first.faults().add("PUT /v2/demo/app/manifests/v1 #2-: status 403");
    stage.first.faults().add("PUT /v2/demo/app/manifests/v2: status 403");
    var failed = failed("b", APP + "v1", APP + "v2");
    assertThat(failed.standing().moved()).isTrue();
    var stand = failed.standing().places().getFirst().tags().getFirst();
    assertThat(stand.tag().value()).isEqualTo("v1");
    assertThat(stand.now()).isEqualTo(stage.at(APP + "v1")).isNotEqualTo(stand.before());
    assertThat(stand.known()).isTrue();
  }

  @Test
  void aMoveWhoseAnswerIsLostCountsIfTheTagStandsThere() throws Exception {
    stage.first.faults().add("PUT /v2/demo/app/manifests/v1 #1-9: drop");
    var root = published("a", APP + "v1", APP + "v2");
    assertThat(stage.at(APP + "v1")).contains(root);
  }

  @Test
  void anUnreachableRegistryIsToldBeforeAnythingIsSentElsewhere() throws Exception {
    stage.second.close();
    var failed = failed("a", APP + "v1", ALSO + "v1");
    assertThat(failed.failure().seen()).isPresent();
    assertThat(failed.standing().places()).isEmpty();
    assertThat(stage.at(APP + "v1")).isEqualTo(Optional.empty());
  }

  @Test
  void aRunThatIsOutOfTimeSaysSoAndMovesNothing() throws Exception {
    var before = published("a", APP + "v1");
    stage.first.faults().add("finish: stall received 0 for 60s");
    var layout = Layouts.image(folder.resolve("b"), "b", 2);
    var request = stage.request(layout, APP + "v1");
    var outcome =
        stage.publish(
            new PublishRequest(
                request.source(),
                request.destinations(),
                request.platform(),
                request.mode(),
                request.overwrite(),
                request.verify(),
                Optional.of(Duration.ofMillis(700))));
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) outcome).failure()).isInstanceOf(Failure.OutOfTime.class);
    assertThat(stage.at(APP + "v1")).contains(before);
  }

  @Test
  void whoIsStoppedWhileTagsMovePutsThemBack() throws Exception {
    var before = published("a", APP + "v1", APP + "v2");
    stage.first.faults().add("PUT /v2/demo/app/manifests/v2 #1: stall received 0 for 60s");
    var layout = Layouts.image(folder.resolve("b"), "b", 2);
    var walking = Thread.currentThread();
    var outcomes = new CopyOnWriteArrayList<Outcome>();
    var worker =
        Thread.ofPlatform()
            .start(() -> outcomes.add(stage.publish(layout, APP + "v1", APP + "v2")));
    while (stage.events.stream().filter(event -> event instanceof Event.TagMoved).count() < 3) {
      Thread.onSpinWait(); // the two moves of the first publish, and one of the second
    }
    worker.interrupt();
    worker.join();
    assertThat(walking.isInterrupted()).isFalse();
    assertThat(outcomes).hasSize(1).first().isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) outcomes.getFirst()).failure())
        .isInstanceOf(Failure.Cancelled.class);
    assertThat(stage.at(APP + "v1")).contains(before);
    assertThat(stage.at(APP + "v2")).contains(before);
  }
}
