package dev.gantry.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.oci.Bytes;
import dev.gantry.oci.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the repository: every digest is right, and it is what its maker makes. */
class HelloExampleTest {
  private static final Path EXAMPLES =
      Path.of(Optional.ofNullable(System.getProperty("gantry.root")).orElse(".."))
          .resolve("examples")
          .toAbsolutePath()
          .normalize();

  @TempDir Path folder;

  @Test
  void everyByteIsWhatItsNameSays() throws Exception {
    var whole = new Reader(folder).whole(EXAMPLES.resolve("hello").toString());
    Reader.checkWhole(whole);
    assertThat(whole.platforms())
        .containsExactly(Platform.parse("linux/amd64"), Platform.parse("linux/arm64/v8"));
    assertThat(whole.manifests()).hasSize(3);
    assertThat(whole.absent()).isEmpty();
    var blobs = 0;
    try (var files = Files.list(EXAMPLES.resolve("hello/blobs/sha256"))) {
      for (var file : (Iterable<Path>) files::iterator) {
        var bytes = Bytes.of(Files.readAllBytes(file));
        assertThat(file.getFileName()).hasToString(bytes.digest().encoded());
        blobs++;
      }
    }
    assertThat(blobs).isEqualTo(whole.manifests().size() + whole.blobs().size());
  }

  @Test
  void itsMakerMakesTheSameAgain() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var made = folder.resolve("made");
    var process =
        new ProcessBuilder(java, EXAMPLES.resolve("MakeHello.java").toString(), made.toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(files(made)).isEqualTo(files(EXAMPLES.resolve("hello")));
  }

  private static Map<String, String> files(Path root) throws IOException {
    var found = new TreeMap<String, String>();
    try (var files = Files.walk(root)) {
      for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        var bytes = Bytes.of(Files.readAllBytes(file));
        found.put(root.relativize(file).toString(), bytes.digest().toString());
      }
    }
    return found;
  }
}
