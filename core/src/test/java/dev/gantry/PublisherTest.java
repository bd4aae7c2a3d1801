package dev.gantry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.failure.Failure;
import dev.gantry.oci.Digest;
import dev.gantry.plan.Plan;
import dev.gantry.plan.Step;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherTest {
  private static final String APP = "registry.example/demo/app:";

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

  private Receipt published(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Published.class);
    return outcome.receipt();
  }

  @Test
  void anImageArrivesAndTheReceiptSaysHow() throws Exception {
    var layout = Layouts.image(folder.resolve("image"), "a", 3);
    var receipt = published(stage.publish(layout, APP + "v1", APP + "latest"));
    var delivery = receipt.deliveries().getFirst();
    assertThat(delivery.references()).containsExactly(APP + "v1", APP + "latest");
    assertThat(delivery.blobsSent()).isEqualTo(4);
    assertThat(delivery.bytesSent()).isGreaterThan(60_000);
    assertThat(delivery.anonymous()).isEqualTo(Receipt.Anonymous.YES);
    assertThat(receipt.revision()).contains("abc123");
    assertThat(receipt.run()).contains("docker run --rm -p 8080:8080 " + APP + "v1");
    assertThat(receipt.platforms()).hasToString("[linux/amd64]");
    assertThat(receipt.json().compact())
        .contains("\"digest\":\"" + receipt.root().digest() + "\"", "\"rehearsal\":true");
    assertThat(stage.at(APP + "v1")).contains(receipt.root().digest());
    assertThat(stage.at(APP + "latest")).contains(receipt.root().digest());
  }

  @Test
  void anIndexGoesWholeAndSharedLayersOnce() throws Exception {
    var layout = Layouts.index(folder.resolve("index"), "a");
    var receipt = published(stage.publish(layout, APP + "v1"));
    assertThat(receipt.platforms()).hasToString("[linux/amd64, linux/arm64]");
    assertThat(receipt.deliveries().getFirst().blobsSent()).isEqualTo(4); // 2 layers, 2 configs
  }

  @Test
  void theSecondTimeNothingIsSent() {
    var layout = Layouts.image(folder.resolve("image"), "a", 3);
    published(stage.publish(layout, APP + "v1"));
    var again = published(stage.publish(layout, APP + "v1")).deliveries().getFirst();
    assertThat(again.blobsSent()).isZero();
    assertThat(again.blobsPresent()).isEqualTo(4);
    assertThat(again.bytesSent()).isZero();
  }

  @Test
  void withinARegistryBlobsAreMounted() {
    var layout = Layouts.image(folder.resolve("image"), "a", 3);
    var receipt =
        published(
            stage.publish(
                layout, APP + "v1", "registry.example/team/app:v1", "other.example/app:v1"));
    assertThat(receipt.deliveries())
        .extracting(Receipt.Delivery::blobsSent)
        .containsExactly(4, 0, 4);
    assertThat(receipt.deliveries())
        .extracting(Receipt.Delivery::blobsMounted)
        .containsExactly(0, 4, 0);
  }

  @Test
  void aDryRunWritesNothingAndTellsAll() throws Exception {
    var first = Layouts.image(folder.resolve("first"), "a", 3);
    var root = published(stage.publish(first, APP + "v1")).root().digest();
    var second = Layouts.image(folder.resolve("second"), "b", 2);
    var request = stage.request(second, APP + "v1", APP + "v2").planOnly();
    var outcome = stage.publish(request);
    assertThat(outcome).isInstanceOf(Outcome.Planned.class);
    var plan = ((Outcome.Planned) outcome).plans().getFirst();
    assertThat(plan.steps()).filteredOn(Step.Send.class::isInstance).hasSize(3);
    assertThat(plan.bytesToSend()).isGreaterThan(40_000).isEqualTo(plan.bytesAtMost());
    assertThat(plan.points().values()).containsExactly(Optional.of(root), Optional.empty());
    assertThat(stage.at(APP + "v1")).contains(root);
    assertThat(stage.at(APP + "v2")).isEmpty();
  }

  @Test
  void aTagThatMustNotMoveIsRefusedBeforeAnythingIsSent() throws Exception {
    var first = Layouts.image(folder.resolve("first"), "a", 3);
    var root = published(stage.publish(first, APP + "v1")).root().digest();
    var second = Layouts.image(folder.resolve("second"), "b", 2);
    var outcome = stage.publish(careful(stage.request(second, APP + "v2", APP + "v1")));
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    var failed = (Outcome.Failed) outcome;
    assertThat(failed.failure()).isInstanceOf(Failure.Refused.class);
    assertThat(failed.failure().toString()).contains("policy.tag-immutable");
    assertThat(stage.at(APP + "v1")).contains(root);
    assertThat(stage.at(APP + "v2")).isEmpty();
  }

  @Test
  void theSameImageUnderATagThatMustNotMoveIsSuccess() {
    var layout = Layouts.image(folder.resolve("first"), "a", 3);
    published(stage.publish(layout, APP + "v1"));
    var again = published(stage.publish(careful(stage.request(layout, APP + "v1"))));
    assertThat(again.deliveries().getFirst().bytesSent()).isZero();
  }

  @Test
  void aNameThatTheKindOfRegistryCannotHoldIsRefusedOffline() {
    var layout = Layouts.image(folder.resolve("image"), "a", 1);
    var outcome = stage.publish(layout, "ghcr.io/app:v1");
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) outcome).failure().toString()).contains("name.namespace");
    assertThat(((Outcome.Failed) outcome).standing().places()).isEmpty();
  }

  @Test
  void everyByteIsReadBackIfThatIsWished() {
    var layout = Layouts.index(folder.resolve("index"), "a");
    var plain = stage.request(layout, APP + "v1");
    var receipt =
        published(
            stage.publish(
                new PublishRequest(
                    plain.source(),
                    plain.destinations(),
                    plain.platform(),
                    plain.mode(),
                    plain.overwrite(),
                    PublishRequest.Verify.CONTENT,
                    plain.timeout())));
    assertThat(receipt.root().digest()).isInstanceOf(Digest.class);
    assertThat(receipt.deliveries().getFirst().tags()).hasSize(1);
  }

  private static PublishRequest careful(PublishRequest request) {
    return new PublishRequest(
        request.source(),
        request.destinations(),
        request.platform(),
        request.mode(),
        Plan.Overwrite.REFUSED,
        request.verify(),
        request.timeout());
  }
}
