package dev.gantry.explain.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapesTest {
  private final Shapes shapes = new Shapes();

  private boolean known(String line) {
    var bytes = line.getBytes(UTF_8);
    return shapes.known(bytes, 0, bytes.length);
  }

  /** The first line said nothing; whether the second is passed over. */
  @ParameterizedTest
  @CsvSource({
    "fetched 17 of 90 files, fetched 18 of 91 files, true",
    "fetched 17 of 90 files, fetched 17 of 90 file, false",
    "took 17 s, took 1700 s, false",
    "answered 200, answered 403, false",
    "answered 401, answered 403, false",
    "answered 403, answered 403, true",
    "id 123456, id 654321, true",
  })
  void numbersAreAlikeAndStatusesAreNot(String first, String second, boolean passed) {
    assertThat(known(first)).isFalse();
    shapes.nothing();
    assertThat(known(second)).isEqualTo(passed);
  }

  @Test
  void aLineThatSaidSomethingIsLookedAtAgain() {
    assertThat(known("denied 1")).isFalse();
    assertThat(known("denied 1")).isFalse();
  }

  @Test
  void aProgressBarIsLookedAtSoOftenAndNoMore() {
    for (int times = 0; times < 200; times++) {
      assertThat(known("ab12cd: Pushing [==>   ] " + times + "MB/400MB")).as("%d", times).isFalse();
    }
    assertThat(known("ff00aa: Pushing [=====>] 399MB/400MB")).isTrue();
    assertThat(known("ff00aa: Pushing [=====>] 399MB/400MB denied")).isFalse();
  }

  @Test
  void aVeryLongLineIsNeverPassedOver() {
    var line = "x".repeat(2001);
    assertThat(known(line)).isFalse();
    shapes.nothing();
    assertThat(known(line)).isFalse();
  }
}
