package dev.gantry.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.oci.Bytes;
import dev.gantry.oci.Json;
import dev.gantry.oci.Malformed;
import dev.gantry.oci.Reference;
import dev.gantry.oci.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BookTest {
  private static final Book BOOK = Book.open();
  private static final Path FILES =
      Path.of(System.getProperty("gantry.root"), "book/src/main/resources/dev/gantry/book");

  static Stream<String> kinds() {
    return BOOK.kinds().stream().map(Book.Kind::name);
  }

  private static Json.Obj file(String name) throws IOException {
    return Json.parseObject(Bytes.of(Files.readAllBytes(FILES.resolve(name + ".json"))));
  }

  @Test
  void theIndexFollowsItsSchemaAndListsEveryFile() throws IOException {
    assertThat(JsonSchema.of("registry-book-index").faults(file("index"))).isEmpty();
    try (var files = Files.list(FILES)) {
      var names = files.map(path -> path.getFileName().toString().replace(".json", ""));
      assertThat(names.filter(name -> !name.equals("index")))
          .containsExactlyInAnyOrderElementsOf(kinds().toList());
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyFileFollowsTheSchema(String kind) throws IOException {
    var file = file(kind);
    assertThat(JsonSchema.of("registry-book").faults(file)).isEmpty();
    assertThat(file.needText("kind")).isEqualTo(kind);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everySourceOfAKindIsUsedAndEverySourceThatIsNamedIsThere(String kind) throws IOException {
    var file = file(kind);
    var named = new HashSet<String>();
    collectSources(file, named);
    assertThat(named).isEqualTo(file.object("sources").orElseThrow().members().keySet());
  }

  private static void collectSources(Json json, HashSet<String> into) {
    if (json instanceof Json.Obj obj) {
      obj.array("sources").ifPresent(keys -> into.addAll(keys.texts()));
      obj.members().values().forEach(member -> collectSources(member, into));
    } else if (json instanceof Json.Arr arr) {
      arr.items().forEach(item -> collectSources(item, into));
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatIsNotInferredHasASource(String kind) throws IOException {
    var bare = new HashSet<String>();
    collectBare(file(kind), kind, bare);
    assertThat(bare).isEmpty();
  }

  private static void collectBare(Json json, String at, HashSet<String> into) {
    if (json instanceof Json.Obj obj) {
      obj.text("confidence")
          .map(Confidence::parse)
          .filter(word -> word != Confidence.INFERRED && word != Confidence.UNSOURCED)
          .filter(_ -> obj.array("sources").isEmpty())
          .ifPresent(_ -> into.add(at));
      obj.members().forEach((name, member) -> collectBare(member, at + "." + name, into));
    } else if (json instanceof Json.Arr arr) {
      arr.items().forEach(item -> collectBare(item, at, into));
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void hostsAreThoseOfOneKindOnly(String kind) {
    for (var host : BOOK.kind(kind).orElseThrow().hosts()) {
      for (var example : host.examples()) {
        var claimed =
            BOOK.kinds().stream()
                .filter(other ->
                    other.hosts().stream()
                        .anyMatch(known -> known.pattern().matcher(example).matches()))
                .map(Book.Kind::name);
        assertThat(claimed).as(example).containsExactly(kind);
        assertThat(host.pattern().matcher(example).matches()).as(example).isTrue();
        assertThat(host.pattern().matcher("evil" + example + ".example").matches()).isFalse();
        assertThat(host.pattern().matcher(example + ".example").matches())
            .isEqualTo(host.pattern().pattern().endsWith(".+"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void examplesOfPathsAreWhatTheKindTakes(String kind) {
    var rules = BOOK.rules(kind);
    assertThat(rules.path().examples()).isNotEmpty();
    for (var example : rules.path().examples()) {
      var repository = Reference.parse(example).repository();
      var reserved = example.equals("docker.io/library/debian");
      assertThat(new PathRules(BOOK).check(repository, rules)).hasSize(reserved ? 1 : 0);
      BOOK.at(repository.registry())
          .ifPresent(known -> assertThat(known.name()).as(example).isEqualTo(kind));
    }
    assertThat(rules.path().examples())
        .anyMatch(example ->
            BOOK.kind(kind).orElseThrow().hosts().isEmpty()
                || BOOK.at(Reference.parse(example).registry()).isPresent());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyAnswerIsRecognisedInItsOwnWords(String kind) {
    for (var answer : BOOK.rules(kind).answers()) {
      answer
          .message()
          .ifPresent(words ->
              assertThat(answer.inside("before " + words.replaceAll("[{}]", "x") + " after"))
                  .as(words)
                  .isTrue());
      assertThat(answer.inside("something else")).isEqualTo(answer.message().isEmpty());
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void wordsInBracesAreThoseOfTheDocumentation(String kind) throws IOException {
    var documented =
        Files.readString(Path.of(System.getProperty("gantry.root"), "docs/registry-book.md"));
    var answers = file(kind).array("answers").map(Json::compact).orElse("");
    var braces = Pattern.compile("\\{[a-z]+}").matcher(answers);
    while (braces.find()) {
      assertThat(documented).contains("`" + braces.group() + "`");
    }
  }

  @Test
  void aliasesAndNamesAreWordsForOneKindEach() {
    var words =
        BOOK.kinds().stream()
            .flatMap(kind -> Stream.concat(Stream.of(kind.name()), kind.aliases().stream()))
            .toList();
    assertThat(words).doesNotHaveDuplicates();
    assertThat(BOOK.rules("private").kind()).isEqualTo(Book.PLAIN);
  }

  @Test
  void whatPeopleMeantIsAHostOfTheBook() {
    for (var wrong : BOOK.misspelt()) {
      assertThat(BOOK.at(wrong.host())).as(wrong.host()).isEmpty();
      assertThat(BOOK.at(wrong.meant())).as(wrong.meant()).isPresent();
    }
  }

  @Test
  void hostsAreReadInAnyCaseAndWithAnyPort() {
    assertThat(BOOK.rules(new Registry("GHCR.io", Optional.of(443))).kind()).isEqualTo("ghcr");
    assertThat(BOOK.rules(new Registry("reg.example", Optional.empty())).kind())
        .isEqualTo(Book.PLAIN);
  }

  @Test
  void aKindThatIsNotThereIsRefusedWithThoseThatAre() {
    assertThatThrownBy(() -> BOOK.rules("ghrc"))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("ghcr");
  }

  @Test
  void factsArriveTyped() {
    var ghcr = BOOK.rules("ghcr");
    assertThat(ghcr.limits().layerBytes().orElseThrow().value()).isEqualTo(10_000_000_000L);
    assertThat(ghcr.uploads().cancel().orElseThrow().value()).isEqualTo(405);
    assertThat(ghcr.places("auth.package-access").getFirst().whereInChinese()).isPresent();
    assertThat(ghcr.content().referrers().orElseThrow().value()).isFalse();
    assertThat(BOOK.rules("distribution-2.8").uploads().afterCut().orElseThrow().value())
        .isEqualTo("lost");
    assertThat(BOOK.rules("github-packages").retired()).isTrue();
    assertThat(BOOK.rules("zot").content().docker().orElseThrow().unless()).isPresent();
    assertThat(BOOK.rules("ecr").auth().secrets().orElseThrow().value())
        .isEqualTo(List.of("aws ecr get-login-password"));
  }
}
