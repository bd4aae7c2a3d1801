package dev.gantry.explain.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Reading never fails, whatever stands in the file, and what it says stays bounded. */
class PipelineFileProperties {
  private static final long SEED = Long.getLong("gantry.seed", 20_261_121L);
  private static final String[] PIECES = {
    "\n",
    "  ",
    "\t",
    ": ",
    "- ",
    "|",
    ">",
    "[",
    "]",
    "{",
    "}",
    "&a ",
    "*a",
    "<<: *a",
    "\"",
    "'",
    "#",
    "${{",
    "}}",
    "$X",
    "%",
    "@",
    "`",
    "\u0000",
    "\ufeff",
    "\u4e2d",
    "---",
    "...",
    "? ",
    "! ",
    "=",
    "docker push ",
    "uses: ",
    "needs.x.outputs.y",
    "steps.meta",
    "permissions:",
    "\\\n"
  };

  private static String files() throws IOException {
    try (var in = PipelineFileProperties.class.getResourceAsStream("facts.txt")) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static String changed(String text, Random random) {
    var now = new StringBuilder(text);
    for (var change = 1 + random.nextInt(6); change > 0; change--) {
      var at = random.nextInt(now.length() + 1);
      var to = Math.min(now.length(), at + random.nextInt(30));
      switch (random.nextInt(4)) {
        case 0 -> now.delete(at, to);
        case 1 -> now.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 2 -> now.insert(at, now.substring(at, to));
        default ->
            now.insert(at, PIECES[random.nextInt(PIECES.length)].repeat(random.nextInt(200)));
      }
    }
    return now.toString();
  }

  @Test
  void noChangeOfAFileMakesReadingFail() throws IOException {
    var random = new Random(SEED);
    var parts = files().split("(?m)^=== ");
    for (var round = 0; round < 4_000; round++) {
      var part = parts[random.nextInt(parts.length)];
      var text = changed(part, random);
      var file = PipelineFile.of("ci.yml", text);
      assertThat(file.facts().size()).as("seed %d round %d", SEED, round).isLessThan(5_000);
      file.facts().forEach(seen -> assertThat(seen.line()).isBetween(0L, text.lines().count() + 1));
    }
  }

  /** Work is counted in nodes and facts, because time depends on the machine. */
  @Test
  void aLongFileCostsNoMoreThanItsLength() {
    var step =
        "      - uses: docker/build-push-action@v6\n        with:\n          push: true\n"
            + "          tags: ghcr.io/a/b:${{ env.X }}\n          cache-to: type=gha\n";
    var head = "on: pull_request\nenv:\n  X: a$X$X$X\njobs:\n  a:\n    steps:\n";
    var file = PipelineFile.of("ci.yml", head + step.repeat(5_000));
    assertThat(file.fault()).isEmpty();
    assertThat(file.pipeline().jobs().getFirst().steps()).hasSize(5_000);
    assertThat(file.facts().size()).isLessThanOrEqualTo(4_000);
    var script = new StringBuilder(head).append("      - run: |\n");
    script.append("          docker push ghcr.io/a/b\n".repeat(30_000));
    script.append("          docker build --platform linux/arm64 -t x .\n".repeat(10_000));
    var lengthy = PipelineFile.of("ci.yml", script.toString());
    assertThat(Acts.of(lengthy.pipeline(), lengthy.pipeline().jobs().getFirst())).hasSize(1_000);
    assertThat(lengthy.facts()).isNotEmpty();
    var deep = PipelineFile.of("ci.yml", "[".repeat(300_000));
    assertThat(deep.facts()).isEmpty();
    var open = PipelineFile.of("ci.yml", "- run: " + "${{".repeat(100_000));
    assertThat(open.pipeline().jobs()).hasSize(1);
  }
}
