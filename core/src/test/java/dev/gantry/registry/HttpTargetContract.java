package dev.gantry.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.login.Credentials;
import dev.gantry.rehearsal.Rehearsal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract over HTTP, with the rehearsal registry as the specification wants it. */
final class HttpTargetContract extends TargetContract {
  private Rehearsal registry;
  private Board board;

  @BeforeEach
  void start() throws Exception {
    registry = Rehearsal.start();
    board = new Board(registry.uri(), Credentials.NONE);
  }

  @AfterEach
  void stop() throws Exception {
    board.close();
    assertThat(registry.check()).isEmpty();
    registry.close();
  }

  @Override
  Target repository(String path) {
    return board.keeper(path);
  }
}
