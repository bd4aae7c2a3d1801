package dev.gantry.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.oci.Reference;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for every step, whatever host, path, tag and digest the image has. */
class ResolutionProperties {
  private static final Registries TEAM =
      RegistriesFile.parse(
          """
          registries:
            - id: 5
              name: harbor
              url: reg.cyfee.com:10443
              projects: [{id: 5, name: production}]
          """,
          Path.of("registries.yaml"),
          Book.open());
  private static final List<String> HOSTS =
      List.of(
          "",
          "localhost:5000/",
          "reg.cyfee.com:10443/",
          "reg.cyfee.com:104/",
          "[::1]:5000/",
          "a.b/");
  private static final List<String> PATHS =
      List.of("app", "production/app", "a/b/c", "0722", "5000/app", "x__y/z--w");
  private static final List<String> TAGS = List.of("", ":latest", ":0722", ":10443");
  private static final List<String> DIGESTS = List.of("", "@sha256:" + "0a".repeat(32));

  @Test
  void aTargetIsTheRegistrysTheProjectsAndTheTags() {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      var image =
          pick(random, HOSTS) + pick(random, PATHS) + pick(random, TAGS) + pick(random, DIGESTS);
      var tag = pick(random, List.of("0722", "v1.0", "5000", "_x"));
      var step = new PushStep(image, Optional.of(tag), Optional.of("5"), Optional.of("5"));
      var resolution = Resolution.of(step, TEAM);
      var target = resolution.target();
      assertThat(target.registry())
          .as("seed %d: %s", seed, image)
          .hasToString("reg.cyfee.com:10443");
      assertThat(target.repository().path())
          .as("seed %d: %s", seed, image)
          .startsWith("production/")
          .doesNotStartWith("production/production/");
      assertThat(target.tag().orElseThrow()).as("seed %d: %s", seed, image).hasToString(tag);
      assertThat(target.digest()).as("seed %d: %s", seed, image).isEmpty();
      assertThat(Reference.parse(target.toString())).isEqualTo(target);
      var source = resolution.source();
      assertThat(source.repository()).isEqualTo(Reference.parse(image).repository());
      assertThat(source.tag().isPresent() || source.digest().isPresent()).isTrue();
      var again =
          new PushStep(target.toString(), Optional.of(tag), Optional.of("5"), Optional.of("5"));
      assertThat(Resolution.of(again, TEAM).target()).isEqualTo(target);
    }
  }

  private static String pick(Random random, List<String> all) {
    return all.get(random.nextInt(all.size()));
  }
}
