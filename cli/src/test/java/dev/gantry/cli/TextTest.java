package dev.gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
  @Test
  void valuesStandWhereTheLanguageWantsThem() {
    var text = new Text("{0} of {1}", "{1} 中的 {0}");
    assertThat(text.in(Lang.EN, 2, "7")).isEqualTo("2 of 7");
    assertThat(text.in(Lang.ZH, 2, "7")).isEqualTo("7 中的 2");
    assertThat(Text.same("{0} {x} {9} {").in(Lang.EN, "{1}", "b")).isEqualTo("{1} {x} {9} {");
    assertThat(Text.same("as {0} is").in(Lang.EN)).isEqualTo("as {0} is");
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', zh_CN.UTF-8, ZH",
    "C, '', zh_CN.UTF-8, EN",
    "'', zh_TW, en_US, ZH",
    "'', '', '', EN",
    "'', '', de_DE.UTF-8, EN",
    "zh-Hans, '', '', ZH",
    "'', '', zha, EN"
  })
  void languageIsThatOfTheLocale(String all, String messages, String lang, Lang expected) {
    assertThat(Lang.of(Map.of("LC_ALL", all, "LC_MESSAGES", messages, "LANG", lang)))
        .isEqualTo(expected);
  }

  @Test
  void chineseTakesTwoColumns() {
    assertThat(Columns.width("标签 v1")).isEqualTo(7);
    assertThat(Columns.padded("标签", 6)).isEqualTo("标签  ");
    assertThat(Columns.cut("标签标签", 5)).isEqualTo("标签…");
    assertThat(Columns.cut("whole", 5)).isEqualTo("whole");
    assertThat(Columns.wrapped("把镜像送进仓库", 6)).isEqualTo(List.of("把镜像", "送进仓", "库"));
    assertThat(Columns.wrapped("one two three", 7)).isEqualTo(List.of("one two", "three"));
    assertThat(Columns.wrapped("unbreakable", 4)).isEqualTo(List.of("unbreakable"));
    assertThat(Columns.wrapped("", 4)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "1500000, 1.5 MB",
    "999999999, 1.0 GB",
    "9223372036854775807, 9.2 EB"
  })
  void bytesForPeople(long count, String shown) {
    assertThat(Columns.bytes(count)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"pubish,publish", "psuh,push", "tag,tags", "log-in,login", "INSPECT,inspect"})
  void nearestName(String wrong, String right) {
    var names = List.of("push", "publish", "tags", "login", "inspect", "digest");
    assertThat(Nearest.of(wrong.toLowerCase(java.util.Locale.ROOT), names))
        .first()
        .isEqualTo(right);
  }

  @Test
  void nothingIsNearToNonsense() {
    assertThat(Nearest.of("xyzzy-123", List.of("push", "ls", "rm"))).isEmpty();
  }
}
