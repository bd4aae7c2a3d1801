package dev.gantry.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.login.Credentials;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.Tag;
import dev.gantry.rehearsal.Rehearsal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Taking one tag away where the registry does not want to. */
final class TagRemovalFaults {
  private static final Tag GONE = new Tag("gone");
  private static final Tag STAYS = new Tag("stays");

  private Rehearsal registry;
  private Board board;
  private Target target;
  private Manifest image;

  @BeforeEach
  void start() throws Exception {
    registry = Rehearsal.start();
    board = new Board(registry.uri(), Credentials.NONE);
    target = board.keeper("demo/tags");
    image = Pieces.pushed(target, "image");
    target.point(GONE, image);
    target.point(STAYS, image);
  }

  @AfterEach
  void stop() throws Exception {
    board.close();
    assertThat(registry.check()).isEmpty();
    registry.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 405, 501})
  void whereOnlyManifestsAreDeletedAStandInGoes(int status) throws Exception {
    registry.faults().add("delete-tag: status " + status);
    target.delete(GONE);
    assertThat(target.resolve(GONE)).isEmpty();
    assertThat(target.resolve(STAYS)).contains(image.digest());
    assertThat(target.tags()).containsExactly(STAYS);
  }

  @Test
  void whereNothingIsDeletedTheTagIsNotTouched() throws Exception {
    registry.faults().add("delete-tag: status 405").add("delete-manifest: status 405");
    assertThatThrownBy(() -> target.delete(GONE))
        .isInstanceOfSatisfying(
            PublishException.class,
            failed ->
                assertThat(failed.failure())
                    .isInstanceOfSatisfying(
                        Failure.Refused.class,
                        refused ->
                            assertThat(refused.problems().getFirst().where())
                                .isEqualTo("registry.example/demo/tags:gone")));
    assertThat(target.resolve(GONE)).contains(image.digest());
  }

  @Test
  void aTagIsPutBackIfTheStandInCannotBeDeleted() throws Exception {
    registry.faults().add("delete-tag: status 405").add("delete-manifest #2: status 403");
    assertThatThrownBy(() -> target.delete(GONE)).isInstanceOf(PublishException.class);
    assertThat(target.resolve(GONE)).contains(image.digest());
  }

  @Test
  void aForbiddenDeletionIsToldAsItIs() {
    registry.faults().add("delete-tag: status 403 body \"immutable\"");
    assertThatThrownBy(() -> target.delete(GONE))
        .isInstanceOfSatisfying(
            PublishException.class,
            failed -> {
              assertThat(failed.failure()).isInstanceOf(Failure.Rejected.class);
              assertThat(failed.toString()).contains("immutable");
            });
  }
}
