package dev.gantry.explain.phrase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.oci.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhraseTest {
  @ParameterizedTest
  @CsvSource({
    "no such host, dial tcp: lookup a on b: no such host, true",
    "failed to (push|pull), it failed to pull, true",
    "failed to (push|pull), it failed to build, false",
    "repository * not found, repository containers not found, true",
    "exit code: #, exit code: 137, true",
    "exit code: #, exit code: none, false",
    "^killed, it was killed, true",
    "^killed, it was unkilled, false",
    "(a (big|small) dog|cat) bites, a small dog bites, true",
    "(a (big|small) dog|cat) bites, a dog bites, false"
  })
  void isFound(String phrase, String line, boolean there) {
    assertThat(Phrase.of(phrase).in(line)).isEqualTo(there);
  }

  @Test
  void aGapHasAnEnd() {
    var phrase = Phrase.of("start*end");
    assertThat(phrase.in("start" + "x".repeat(60) + "end")).isTrue();
    assertThat(phrase.in("start" + "x".repeat(61) + "end")).isFalse();
    assertThat(Phrase.of("start**end").in("start" + "x".repeat(400) + "end")).isTrue();
  }

  @Test
  void whatCouldNeverMatchIsRefused() {
    for (var bad : List.of("(open", "a) b", "Capital", "a \"quote\"", "*", "(a|b)")) {
      assertThatThrownBy(() -> Phrase.of(bad)).isInstanceOf(Malformed.class);
    }
  }

  @Test
  void needlesAreFoundThroughQuotesCaseAndBlanks() {
    var needles = new Needles(List.of("invalid tag", "tag acme", "denied"));
    var bytes = "ERROR:  Invalid \"tag\"   'acme'".getBytes(StandardCharsets.UTF_8);
    var hits = new BitSet();
    needles.search(bytes, 0, bytes.length, hits);
    assertThat(hits.stream()).containsExactly(0, 1);
  }
}
