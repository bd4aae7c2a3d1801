package dev.gantry.rehearsal.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.rehearsal.Client;
import dev.gantry.rehearsal.Rehearsal;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RehearsalExtension.class)
class RehearsalExtensionTest {
  @RepeatedTest(2)
  void givesAFreshRegistryToEachTest(Rehearsal registry) throws Exception {
    assertThat(registry.store().names()).isEmpty();
    try (var client = new Client(registry.uri())) {
      var _ = client.pushImage("team/app", "v1", "layer");
    }
    assertThat(registry.store().names()).containsExactly("team/app");
  }
}
