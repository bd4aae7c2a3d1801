package dev.gantry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.oci.Reference;
import dev.gantry.rehearsal.Rehearsal;
import dev.gantry.source.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The library as the README shows it: these lines, and no others, publish an image. */
class LibraryTest {
  private static final Path ROOT = Path.of(System.getProperty("gantry.root"));

  @TempDir Path folder;

  // The README's lines; the second test holds them against the file.
  static Receipt publish(String source, String target) {
    var to = Destination.of(Reference.parse(target));
    var request = PublishRequest.of(Source.parse(source), List.of(to));
    try (var wiring = new Wiring(Surroundings.here(), request.registries(), event -> {})) {
      return new Publisher(wiring).publish(request).receipt();
    }
  }

  @Test
  void theLinesOfTheReadmePublish() throws Exception {
    try (var registry = Rehearsal.start()) {
      var layout = Layouts.image(folder.resolve("image"), "library", 2);
      var receipt = publish("oci:" + layout, registry.name() + "/demo/app:v1");
      assertThat(receipt.deliveries().getFirst().blobsSent()).isEqualTo(3);
      assertThat(registry.check()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md"})
  void theReadmeShowsTheseLines(String readme) throws Exception {
    var text = Files.readString(ROOT.resolve(readme));
    var shown = text.split("<!-- library -->\n```java\n", 2)[1].split("```", 2)[0];
    var here = Files.readString(ROOT.resolve("core/src/test/java/dev/gantry/LibraryTest.java"));
    assertThat(lines(here)).containsSequence(lines(shown));
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
