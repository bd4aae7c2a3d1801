package dev.gantry.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.build.Program;
import dev.gantry.build.Repo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./gantry} itself, built by itself. */
class LauncherTest {
  private static final String GANTRY = Repo.ROOT.resolve("gantry").toString();
  private static final Map<String, String> BARE = Map.of("LC_ALL", "", "LANG", "C");

  @TempDir private Path folder;

  private Program gantry(Map<String, String> environment, String... words) throws Exception {
    var line = new ArrayList<>(List.of(GANTRY));
    line.addAll(List.of(words));
    return Program.run(folder, environment, line);
  }

  @BeforeAll
  static void buildOnce() throws Exception {
    var first = Program.run(Repo.ROOT, List.of(GANTRY, "--version"));
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out().lines()).hasSize(1);
  }

  @Test
  void afterTheBuildItOnlyStarts() throws Exception {
    var run = gantry(BARE, "--version");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).matches("gantry \\S+ \\(Java 25\\S*\\)\n");
    assertThat(run.code()).isZero();
  }

  @Test
  void severalAtOnce() throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Program> one = () -> gantry(BARE, "--version");
      for (var run : executor.invokeAll(List.of(one, one, one, one))) {
        assertThat(run.get().code()).isZero();
        assertThat(run.get().out().lines()).hasSize(1);
      }
    }
  }

  @Test
  void argumentsArriveWholeInEveryLocale() throws Exception {
    for (var locale : List.of("C", "POSIX", "en_US.UTF-8", "zh_CN.GB18030")) {
      var run = gantry(Map.of("LC_ALL", locale), "ünï-中文");
      assertThat(run.err()).contains("ünï-中文");
      assertThat(run.code()).isEqualTo(2);
    }
    assertThat(gantry(Map.of("LC_ALL", "", "LANG", "zh_CN.GBK"), "x-y").err()).contains("没有命令");
  }

  @Test
  void brokenCacheIsLeftAside() throws Exception {
    var runtimes = Repo.ROOT.resolve("cli/target/launch/runtime");
    var cache =
        runtimes
            .resolve(Files.readString(runtimes.resolve("current")).strip())
            .resolve("gantry.aot");
    var kept = folder.resolve("kept");
    Files.copy(cache, kept, StandardCopyOption.COPY_ATTRIBUTES);
    try {
      for (var broken : List.of(new byte[0], new byte[100_000])) {
        Files.write(cache, broken);
        var run = gantry(BARE, "--version");
        assertThat(run.code()).isZero();
        assertThat(run.out().lines()).hasSize(1);
      }
    } finally {
      Files.copy(
          kept, cache, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  @Test
  void linkToItWorksFromAnyFolder() throws Exception {
    var spaced = Files.createDirectories(folder.resolve("a b"));
    var link = Files.createSymbolicLink(spaced.resolve("g"), Path.of(GANTRY));
    var run = Program.run(spaced, List.of("./g", "--version"));
    Files.delete(link);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("gantry ");
  }

  @Test
  void checkoutThatCannotBeWrittenIsSaidInOneLine() throws Exception {
    Files.copy(Path.of(GANTRY), folder.resolve("gantry"), StandardCopyOption.COPY_ATTRIBUTES);
    var build = Files.createDirectories(folder.resolve("build"));
    for (var name : List.of("find-jdk.sh", "make-runtime.sh")) {
      Files.copy(Repo.ROOT.resolve("build").resolve(name), build.resolve(name));
    }
    // Also for root, who may write everywhere: a file where the folder should be.
    Files.createDirectories(folder.resolve("cli/target"));
    Files.writeString(folder.resolve("cli/target/launch"), "");
    var run = Program.run(folder, List.of("./gantry", "--version"));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("cannot be written", folder.toString());
  }

  @Test
  void jdkIsKnownByItsReleaseFile() throws Exception {
    var finder = Repo.ROOT.resolve("build/find-jdk.sh").toString();
    for (var version : List.of("25", "25.0.3", "17.0.15", "26", "250")) {
      var jdk = Files.createDirectories(folder.resolve("jdk-" + version));
      Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
      var bin = Files.createDirectories(jdk.resolve("bin"));
      Files.createFile(bin.resolve("javac"));
      assertThat(bin.resolve("javac").toFile().setExecutable(true)).isTrue();
    }
    var ask = ". '" + finder + "'; for d in jdk-*; do is_jdk25 \"$d\" && echo \"$d\"; done; :";
    assertThat(Program.run(folder, List.of("sh", "-c", ask)).out().lines())
        .containsExactly("jdk-25", "jdk-25.0.3");
    var none = ". '" + finder + "'; first_jdk25 nowhere jdk-17.0.15 || no_jdk gantry";
    var run = Program.run(folder, List.of("sh", "-c", none));
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("Temurin 25", "https://adoptium.net");
  }

  @Test
  void mavenOnAnOlderJavaStopsInOneLine() throws Exception {
    var old = Files.createDirectories(folder.resolve("jdk-17"));
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
    var run =
        Program.run(Repo.ROOT, Map.of("JAVA_HOME", old.toString()), List.of("./mvnw", "--version"));
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("JDK 25", "./check");
  }
}
