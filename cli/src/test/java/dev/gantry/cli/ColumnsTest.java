package dev.gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  @Test
  void aLineNeitherBeginsWithAClosingMarkNorEndsWithAnOpeningOne() {
    assertThat(Columns.wrapped("问题在这个包。开始", 13)).containsExactly("问题在这个", "包。开始");
    assertThat(Columns.wrapped("名字未被占用,可恢复", 12)).containsExactly("名字未被占", "用,可恢复");
    assertThat(Columns.wrapped("角色（写权限）给它", 6)).containsExactly("角色", "（写权", "限）给", "它");
  }

  @Test
  void wordsStayWholeAndNothingIsLost() {
    var random = new Random(20261121);
    var letters = "ab 令牌,。（）. https://x ";
    for (int round = 0; round < 500; round++) {
      var text = new StringBuilder();
      for (int at = 0; at < 40; at++) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      var lines = Columns.wrapped(text.toString(), 10);
      assertThat(String.join("", lines).replace(" ", ""))
          .as("seed 20261121, round %d: '%s'", round, text)
          .isEqualTo(text.toString().replace(" ", ""));
    }
  }
}
