package dev.gantry.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.event.Event;
import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.http.Body;
import dev.gantry.login.Credential;
import dev.gantry.login.Credentials;
import dev.gantry.login.Secret;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.Tag;
import dev.gantry.rehearsal.Rehearsal;
import dev.gantry.rehearsal.Settings;
import dev.gantry.rehearsal.auth.Auth;
import dev.gantry.rehearsal.auth.User;
import dev.gantry.wire.Budget;
import dev.gantry.wire.MovingTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole push of one image while the registry misbehaves at one step or another. */
final class RehearsalFaults {
  private static final List<User> USERS =
      List.of(User.writer("writer", "geheim"), User.reader("reader", "geheim"));

  @TempDir Path folder;
  private Rehearsal registry;
  private Board board;

  @AfterEach
  void stop() throws Exception {
    board.close();
    assertThat(registry.check()).isEmpty();
    registry.close();
  }

  private void start(Auth auth, Credentials credentials) throws Exception {
    var time = new MovingTime();
    registry = Rehearsal.start(Settings.plain().with(auth).with(time));
    board = new Board(registry.uri(), credentials, Budget.USUAL, time);
  }

  private static Auth bearer(boolean anonymousPull) {
    return new Auth.Bearer(USERS, anonymousPull, Duration.ofMinutes(5), Auth.Form.OPAQUE);
  }

  private static Credentials as(String user, String password) {
    return _ -> new Credential.Password(user, new Secret(password), "test");
  }

  /** Pushes an image with a layer of 900 kB from a file and reads it back. */
  private void pushed() throws Exception {
    var target = board.target("demo/faults");
    var bytes = Pieces.bytes("large", 900_000);
    var file = Files.write(folder.resolve("layer"), bytes.toArray());
    var layer = Pieces.layer(bytes);
    target.put(layer, new Body.FileRegion(file, 0, bytes.size()), List.of());
    var config = Pieces.layer(Bytes.of("{}"));
    target.put(config, Pieces.body(Bytes.of("{}")), List.of());
    Manifest image = Pieces.odd(Pieces.image(config, List.of(layer)));
    target.put(image);
    target.point(new Tag("v1"), image);
    assertThat(target.resolve(new Tag("v1"))).contains(image.digest());
    try (var in = target.open(layer)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes.toArray());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "open #1: status 503",
        "open #1-3: too-many 5",
        "open #1: too-many date 30",
        "open #2: cut received 0",
        "finish #1: cut received 500k",
        "finish #1-2: cut received 10k",
        "finish #1: status 500",
        "finish #1: html 502",
        "finish #1: lose-sessions",
        "put-manifest #1: status 504",
        "put-manifest #2: cut received 0",
        "put-manifest #1: cut sent 0",
        "blob #2: cut sent 300k",
        "manifest #1: status 408",
        "any #3: status 429",
      })
  void whatPassesDoesNoHarm(String fault) throws Exception {
    start(new Auth.Open(), Credentials.NONE);
    registry.faults().add(fault);
    pushed();
  }

  /** The third request uses the token that the second one got; refused then, it is final. */
  static Stream<String> atEveryStep() {
    return Stream.iterate(1, n -> n <= 12, n -> n + 1)
        .flatMap(n -> Stream.of("any #" + n + ": expire-tokens", "any #" + n + ": status 503"))
        .filter(fault -> !fault.equals("any #3: expire-tokens"));
  }

  @ParameterizedTest
  @MethodSource("atEveryStep")
  void tokensMayEndAndTheRegistryStumbleAtAnyStep(String fault) throws Exception {
    start(bearer(false), as("writer", "geheim"));
    registry.faults().add(fault);
    pushed();
  }

  @Test
  void basic() throws Exception {
    start(new Auth.Basic(USERS, false), as("writer", "geheim"));
    pushed();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aWrongPasswordIsRejectedOnce(boolean bearer) throws Exception {
    start(bearer ? bearer(false) : new Auth.Basic(USERS, false), as("writer", "wrong"));
    assertThatThrownBy(this::pushed)
        .isInstanceOfSatisfying(
            PublishException.class,
            failed -> {
              assertThat(failed.failure()).isInstanceOf(Failure.Rejected.class);
              var evidence = failed.failure().seen().orElseThrow();
              assertThat(evidence.answer().orElseThrow().status()).isEqualTo(401);
              assertThat(evidence.sent().source()).isEqualTo("test");
            });
    assertThat(board.time().pauses()).isEmpty();
  }

  @Test
  void aReaderMayNotPush() throws Exception {
    start(bearer(true), as("reader", "geheim"));
    assertThatThrownBy(this::pushed)
        .isInstanceOfSatisfying(
            PublishException.class,
            failed -> assertThat(failed.failure()).isInstanceOf(Failure.Rejected.class));
  }

  @Test
  void nobodyMayNotPush() throws Exception {
    start(bearer(true), Credentials.NONE);
    assertThatThrownBy(this::pushed)
        .isInstanceOfSatisfying(
            PublishException.class,
            failed ->
                assertThat(failed.failure().seen().orElseThrow().sent().kind())
                    .isEqualTo("anonymous-bearer"));
  }

  @Test
  void aFullDiskIsToldInTheRegistrysWords() throws Exception {
    start(new Auth.Open(), Credentials.NONE);
    registry.faults().add("finish: full-disk 507");
    assertThatThrownBy(this::pushed)
        .isInstanceOfSatisfying(
            PublishException.class,
            failed ->
                assertThat(failed.failure().seen().orElseThrow().answer().orElseThrow().status())
                    .isEqualTo(507));
    assertThat(board.events(Event.BlobAdvanced.class)).isNotEmpty();
  }

  @Test
  void aLocationThatIsMissingIsOffProtocol() throws Exception {
    start(new Auth.Open(), Credentials.NONE);
    registry.faults().add("open: no-location");
    assertThatThrownBy(this::pushed)
        .isInstanceOfSatisfying(
            PublishException.class,
            failed -> assertThat(failed.failure()).isInstanceOf(Failure.OffProtocol.class));
  }

  @Test
  void aBlobDamagedOnItsWayIsFoundOut() throws Exception {
    start(new Auth.Open(), Credentials.NONE);
    registry.faults().add("finish #1: damage received");
    assertThatThrownBy(this::pushed)
        .isInstanceOfSatisfying(
            PublishException.class,
            failed ->
                assertThat(failed.failure().seen().orElseThrow().answer().orElseThrow().errors())
                    .extracting(said -> said.code())
                    .contains("DIGEST_INVALID"));
  }

  @Test
  void aBlobDamagedOnItsWayBackIsFoundOut() throws Exception {
    start(new Auth.Open(), Credentials.NONE);
    registry.faults().add("blob: damage sent");
    assertThatThrownBy(this::pushed)
        .isInstanceOfSatisfying(
            PublishException.class,
            failed -> assertThat(failed.failure()).isInstanceOf(Failure.OffProtocol.class));
  }
}
