package dev.gantry.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.build.Program;
import dev.gantry.build.Repo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The same sources give the same jars, byte for byte. */
class ReproducibleTest {
  @Test
  void twoBuildsAreEqual() throws Exception {
    var once = build("again-1");
    var twice = build("again-2");
    var shipped = Repo.MODULES.stream().filter(module -> !module.equals("bench")).toList();
    assertThat(once).hasSize(shipped.size()).isEqualTo(twice);
  }

  private static Map<String, String> build(String folder) throws Exception {
    var run =
        Program.run(
            Repo.ROOT,
            Map.of("JAVA_HOME", System.getProperty("java.home"), "MAVEN_ARGS", ""),
            List.of("./mvnw", "-B", "-q", "-Plaunch", "-Dbuild.folder=" + folder, "package"));
    assertThat(run.code()).as(run.out() + run.err()).isZero();
    var sums = new TreeMap<String, String>();
    for (var jar : Repo.below(Repo.ROOT.resolve("cli/target/" + folder + "/lib"))) {
      if (jar.getFileName().toString().startsWith("gantry-")) {
        sums.put(jar.getFileName().toString(), sum(jar));
      }
    }
    return sums;
  }

  private static String sum(Path file) throws Exception {
    var digest = java.security.MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
  }
}
