package dev.gantry.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of every source file. */
class SourcesTest {
  private static final int MOST_LINES = 420;

  private static final Set<String> NOT_IN_NAMES =
      Set.of(
          "manager",
          "service",
          "helper",
          "processor",
          "util",
          "utils",
          "common",
          "base",
          "impl",
          "data",
          "info",
          "abstract",
          "exceptions");

  /** The HTTP module's own word for the server's side of an exchange; nowhere else. */
  private static final Set<String> HANDLERS = Set.of("http", "rehearsal");

  private static final Set<String> TEST_ENDINGS =
      Set.of("Test", "Contract", "Properties", "Faults", "Golden", "Interop");

  @Test
  void filesAreShort() {
    assertThat(all().filter(file -> Repo.text(file).lines().count() > MOST_LINES).map(Repo::shown))
        .isEmpty();
  }

  @Test
  void namesAreOurWords() {
    assertThat(classes().filter(SourcesTest::badlyNamed).map(Repo::shown)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "core/src/main/java/dev/gantry/push/PushManager.java,true",
    "core/src/main/java/dev/gantry/util/Text.java,true",
    "core/src/main/java/dev/gantry/push/AbstractStep.java,true",
    "core/src/main/java/dev/gantry/push/ErrorHandler.java,true",
    "http/src/main/java/dev/gantry/http/Handler.java,false",
    "core/src/main/java/dev/gantry/oci/Database.java,false",
    "core/src/main/java/dev/gantry/push/Pusher.java,false"
  })
  void badNamesAreFound(String path, boolean bad) {
    assertThat(badlyNamed(Repo.ROOT.resolve(path))).isEqualTo(bad);
  }

  @Test
  void everyPackageSaysNullMarked() {
    var packages = all().map(Path::getParent).distinct().toList();
    assertThat(packages).isNotEmpty();
    for (var folder : packages) {
      if (folder.toString().contains("/src/main/")) {
        assertThat(folder.resolve("package-info.java")).content().contains("@NullMarked");
      }
    }
  }

  @Test
  void everyTestHasAnEndingThatIsRun() {
    var methods = Pattern.compile("@(Test|ParameterizedTest|RepeatedTest|TestFactory)\\b");
    assertThat(
            Repo.sources("test").stream()
                .filter(file -> methods.matcher(Repo.text(file)).find())
                .filter(file -> TEST_ENDINGS.stream().noneMatch(end -> named(file).endsWith(end)))
                .map(Repo::shown))
        .isEmpty();
  }

  @Test
  void nothingIsLeftForLater() {
    var words = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b|@Dis" + "abled");
    assertThat(all().filter(file -> words.matcher(Repo.text(file)).find()).map(Repo::shown))
        .isEmpty();
  }

  @Test
  void testsDoNotSleep() {
    var sleep = Pattern.compile("Thread\\.sle" + "ep\\(");
    assertThat(
            Repo.sources("test").stream()
                .filter(file -> sleep.matcher(Repo.text(file)).find())
                .map(Repo::shown))
        .isEmpty();
  }

  @Test
  void modulesAreThoseOfThePom() {
    var named =
        Pattern.compile("<module>(\\w+)</module>").matcher(Repo.text(Repo.ROOT.resolve("pom.xml")));
    assertThat(named.results().map(found -> found.group(1)).toList())
        .containsExactlyInAnyOrderElementsOf(Repo.MODULES);
    assertThat(Repo.MODULES).allMatch(module -> Files.isDirectory(Repo.ROOT.resolve(module)));
  }

  private static Stream<Path> all() {
    return Stream.of("main", "test").flatMap(kind -> Repo.sources(kind).stream());
  }

  private static Stream<Path> classes() {
    return all().filter(file -> !named(file).equals("package-info"));
  }

  private static String named(Path file) {
    return file.getFileName().toString().replaceAll("\\.java$", "");
  }

  private static boolean badlyNamed(Path file) {
    var relative = Repo.ROOT.relativize(file);
    var words = words(named(file));
    boolean folders =
        Stream.of(relative.toString().split("[/\\\\]")).anyMatch(NOT_IN_NAMES::contains);
    boolean handler =
        words.contains("handler") && !HANDLERS.contains(relative.getName(0).toString());
    return folders || handler || words.stream().anyMatch(NOT_IN_NAMES::contains);
  }

  /** {@code PushManager} as push, manager. */
  private static List<String> words(String name) {
    return Arrays.stream(name.split("(?<=[a-z0-9])(?=[A-Z])|-"))
        .map(word -> word.toLowerCase(Locale.ROOT))
        .toList();
  }
}
