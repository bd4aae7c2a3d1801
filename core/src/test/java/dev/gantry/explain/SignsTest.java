package dev.gantry.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.explain.phrase.Plain;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No sign may take more than linear time, whatever a log holds. */
class SignsTest {
  private static final long STEPS_A_CHARACTER = 400;

  /** Lines that make backtracking matchers slow: repeated beginnings of what is looked for. */
  private static List<String> hostile(String phrase) {
    var lines = new ArrayList<String>();
    var text = phrase.replaceAll("[(|)*#^]", " ").strip();
    for (var cut : new int[] {1, 2, text.length() / 2, text.length()}) {
      var piece = text.substring(0, Math.max(1, Math.min(cut, text.length())));
      lines.add(piece.repeat(Plain.LONGEST / piece.length() + 1).substring(0, Plain.LONGEST));
    }
    lines.add("a".repeat(Plain.LONGEST));
    lines.add("1".repeat(Plain.LONGEST));
    lines.add(" a".repeat(Plain.LONGEST / 2));
    return lines;
  }

  @Test
  void everySignIsLinear() {
    var phrases = Causes.table().phrases();
    assertThat(phrases).hasSizeGreaterThan(400);
    for (var phrase : phrases) {
      for (var line : hostile(phrase.toString())) {
        assertThat(phrase.search(line).steps())
            .as("'%s' in a line of %d characters", phrase, line.length())
            .isLessThan(STEPS_A_CHARACTER * line.length());
      }
    }
  }

  @Test
  void everyCauseSaysWhatToDoInBothLanguages() {
    for (var cause : Causes.table().all()) {
      assertThat(cause.offers()).as(cause.id()).isNotEmpty();
      assertThat(cause.deciders()).as(cause.id()).isNotEmpty();
      assertThat(cause.sources()).as(cause.id()).isNotEmpty();
      assertThat(cause.meaning().zh()).as(cause.id()).containsPattern("\\p{IsHan}");
      assertThat(cause.offers())
          .as(cause.id())
          .allMatch(offer -> offer.text().zh().codePoints().anyMatch(Character::isIdeographic));
    }
  }
}
