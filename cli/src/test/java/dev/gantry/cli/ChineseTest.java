package dev.gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.oci.Malformed;
import dev.gantry.oci.Reference;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChineseTest {
  @Test
  void placesAreFilledInTheOrderOfTheOtherLanguage() {
    assertThat(Chinese.said("the layer has 12 bytes, and 10 is the most at Some registry"))
        .contains("该层有 12 字节,Some registry 最多 10 字节");
    assertThat(Chinese.said("the reference has a space")).contains("引用含有空格");
    assertThat(Chinese.said("write $1\\x{0}")).contains("请写 $1\\x{0}");
    assertThat(Chinese.said("something else")).isEmpty();
    assertThat(Chinese.of("planning", Lang.EN)).isEqualTo("planning");
    assertThat(Chinese.count()).isGreaterThan(100);
  }

  /** Whatever the grammar of references has to say, it says in Chinese too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "MyApp",
        "a b",
        "a\tb",
        "ghcr.io/a/${X}",
        "应用",
        "https://ghcr.io/a/b",
        "/a",
        "a/",
        "a//b",
        "-a",
        "a-",
        "a..b",
        "ghcr.io/",
        ":v1",
        "a:",
        "a:v1:v2",
        "a@",
        "a@sha256:12",
        "a@b@c",
        "a@sha256:00:v1",
        "a:v1/b",
        "[::1/a",
        "[zz]/a",
        "a:.v",
        "host:99999/a",
        "host:/a",
        ".x/a",
        "a:v+1"
      })
  void badReferencesAreRefusedInChinese(String text) {
    String what = "";
    try {
      Reference.parse(text);
    } catch (Malformed fault) {
      what = fault.what();
    }
    assertThat(what).as("'%s' is refused", text).isNotEmpty();
    assertThat(Chinese.said(what)).as("'%s': %s", text, what).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "ghcr.io/app:v1, 主机之后至少有 2 段",
    "ghcr.io/Org/app:v1, 含有大写字母",
    "ghrc.io/org/app:v1, 写错了",
    "ghcr.io/org/app:v+1, 标签只能含",
  })
  void aRefusedPushSpeaksTheLanguage(String target, String words) {
    var session =
        Session.in(
            Map.of(),
            "",
            "push",
            "../examples/hello",
            target,
            "--dry-run",
            "--lang",
            "zh",
            "--rehearse");
    assertThat(session.out() + session.err()).contains(words);
  }
}
