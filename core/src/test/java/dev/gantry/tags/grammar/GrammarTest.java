package dev.gantry.tags.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.oci.Malformed;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small languages of rules: fields, versions, expressions, order. */
class GrammarTest {
  @Test
  void relaxedRowsKeepQuotesInsideFieldsAndDropRemarks() {
    assertThat(Csv.relaxed("a,b\n# remark\n\nc\"d\"e\n\"x,\"\"y\"\"\"\n"))
        .containsExactly(List.of("a", "b"), List.of("c\"d\"e"), List.of("x,\"y\""));
  }

  @Test
  void theFirstLineEndDecides() {
    assertThat(Csv.relaxed("a\r\nb")).containsExactly(List.of("a"), List.of("b"));
    assertThat(Csv.relaxed("a\rb")).containsExactly(List.of("a"), List.of("b"));
    assertThat(Csv.relaxed("a\nb\r\nc"))
        .containsExactly(List.of("a"), List.of("b\r"), List.of("c"));
  }

  @Test
  void quotedFieldsSpanLines() {
    assertThat(Csv.relaxed("\"a\nb\",c\nd")).containsExactly(List.of("a\nb", "c"), List.of("d"));
    assertThat(Csv.relaxed("\"a\"b,c")).containsExactly(List.of("\"a\"b", "c"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"b", "\"a\"b", "\"a", " "})
  void fieldsAreNotRelaxed(String entry) {
    assertThatThrownBy(() -> Csv.fields(entry.isBlank() ? "" : entry))
        .isInstanceOf(Malformed.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.3, 1.2.3",
    "v1.2.3, 1.2.3",
    "' v1.2.3 ', 1.2.3",
    "1.2.3+build.5, 1.2.3",
    "1.0.0-rc.1+b.007, 1.0.0-rc.1",
    "1.2.3--x, 1.2.3--x",
    "1.2.3-0a, 1.2.3-0a",
    "9007199254740991.0.0, 9007199254740991.0.0"
  })
  void readsSemanticVersions(String text, String version) {
    assertThat(SemVer.parse(text).map(SemVer::version)).contains(version);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "V1.2.3",
        "=1.2.3",
        "v1",
        "1.2",
        "1.2.3.4",
        "01.2.3",
        "1.2.3rc1",
        "1.2.3-",
        "1.2.3-rc..1",
        "1.2.3-01",
        "1.2.3+",
        "9007199254740992.0.0",
        "",
        "v",
        "a.b.c",
        "v v1.2.3"
      })
  void refusesOtherVersions(String text) {
    assertThat(SemVer.parse(text)).isEmpty();
  }

  @Test
  void ordersByPrecedence() {
    var ordered =
        Stream.of(
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0",
                "1.0.1",
                "1.10.0",
                "2.0.0")
            .map(text -> SemVer.parse(text).orElseThrow())
            .toList();
    assertThat(ordered.reversed().stream().sorted().toList()).isEqualTo(ordered);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 1.0, true",
    "V1.0.0, 1.0.0, true",
    "00001.002, 1.2, true",
    "1!2.3, 1!2.3, true",
    "1.0ALPHA1, 1.0a1, false",
    "1.0-preview_2, 1.0rc2, false",
    "1.0c, 1.0rc0, false",
    "1.0-1, 1.0.post1, false",
    "1.0.r4, 1.0.post4, false",
    "1.0dev, 1.0.dev0, false",
    "1.0a1.post2.dev3, 1.0a1.post2.dev3, false"
  })
  void readsPythonVersions(String text, String normal, boolean last) {
    var version = Pep440.parse(text).orElseThrow();
    assertThat(version.version()).isEqualTo(normal);
    assertThat(version.isFinal()).isEqualTo(last);
  }

  @ParameterizedTest
  @ValueSource(strings = {" 1.0", "1.0 ", "x", "1.0+", "1..0", "1.0.x"})
  void refusesWhatIsNoPythonVersion(String text) {
    assertThat(Pep440.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      value = {
        "v(\\d+) § v12-x § v12 § 12",
        "^(.*)-(.*)$ § a-b-c § a-b-c § a-b",
        "(?<year>\\d{4})\\k<year>? § 2024 § 2024 § 2024",
        "([\\w-.]+) § a-b.c! § a-b.c § a-b.c",
        "[^]+(x) § \u00e9x § \u00e9x § x",
        "\\u0076(.) § v1 § v1 § 1",
        "(\\d)(?!0) § 10 § 0 § 0",
        "a{,2}(b) § a{,2}b § a{,2}b § b",
        "(?:a|(b)) § b § b § b",
        "[[&&a]+(]) § [&&a] § [&&a] § ]",
        "(.)\\1 § xaa § aa § a"
      })
  void carriesOutJavaScriptExpressions(String source, String text, String all, String group) {
    var found = JsPattern.of(source, "").match(text).orElseThrow();
    assertThat(found.get(0)).contains(all);
    assertThat(found.get(1)).contains(group);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        ")",
        "[z-a]",
        "a**",
        "a++",
        "*",
        "?a",
        "[a",
        "\\",
        "(?<n>a)(?<n>b)",
        "(?x)",
        "(?i:a)",
        "a{2,1}",
        "(?<1a>x)",
        "(?<=a",
        "(?",
        "{1}"
      })
  void refusesWhatJavaScriptRefuses(String source) {
    assertThatThrownBy(() -> JsPattern.of(source, "")).isInstanceOf(Malformed.class);
  }

  @Test
  void readsFlags() {
    assertThat(JsPattern.ofWritten("/V(\\d)/i").match("v1")).isPresent();
    assertThat(JsPattern.ofWritten("/\\d/g").match("1a2").orElseThrow())
        .containsExactly(Optional.of("1"), Optional.of("2"));
    assertThat(JsPattern.ofWritten("/a/").match("/a/").orElseThrow().getFirst()).contains("a");
    assertThatThrownBy(() -> JsPattern.ofWritten("/a/gg")).isInstanceOf(Malformed.class);
  }

  @Test
  void ordersKeysAsPeopleExpect() {
    assertThat(
            Stream.of(
                    "zeta", "ALPHA", "a_b", "a.b", "a-b", "alpha", "a10", "a2", "é", "e", "f", "A1")
                .sorted(Collation.ORDER))
        .containsExactly(
            "a_b", "a-b", "a.b", "A1", "a10", "a2", "alpha", "ALPHA", "e", "é", "f", "zeta");
  }

  @ParameterizedTest
  @CsvSource({"'', 0", "0x10, 16", "' 9 ', 9", "1e3, 1000", "-5, -5", ".5, 0.5"})
  void readsNumbersAsJavaScriptDoes(String text, double expected) {
    assertThat(JsText.number(text)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1e21, 1e+21",
    "0.000001, 0.000001",
    "1e-7, 1e-7",
    "123456789012345680000, 123456789012345680000",
    "1.5, 1.5"
  })
  void writesNumbersAsJavaScriptDoes(double number, String expected) {
    assertThat(JsText.number(number)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1x", "0x", "1e", "--1", "1,5"})
  void refusesOtherNumbers(String text) {
    assertThat(JsText.number(text)).isEmpty();
  }
}
