package dev.gantry.rehearsal.likeness;

import static dev.gantry.rehearsal.Client.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.rehearsal.Client;
import dev.gantry.rehearsal.Rehearsal;
import dev.gantry.rehearsal.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every answer that the book has for an opened upload is given when the seed asks for it. */
class RecordedAnswersTest {

  static List<Arguments> recorded() {
    var rows = new ArrayList<Arguments>();
    for (var name : Book.kinds()) {
      var kind = Book.kind(name);
      var seen = new HashSet<String>();
      for (var answer : kind.answers()) {
        boolean opens = answer.step().equals("upload-open") || answer.step().equals("any");
        // The first wording of a situation is the one that is given.
        if (opens && seen.add(answer.when())) {
          rows.add(Arguments.of(name, answer.when()));
        }
      }
    }
    return rows;
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void isGiven(String name, String situation) throws Exception {
    var kind = Book.kind(name);
    var answer = kind.answer(situation, "upload-open").orElseThrow();
    var repository = "team/app/image";
    if (kind.number("path", "max").filter(max -> max == 2).isPresent()) {
      repository = "team/app";
    }
    var seeded =
        new Seed.Seeded(
            Map.of(), false, java.util.Optional.empty(), false, false, List.of(situation));
    var empty = Seed.EMPTY;
    var seed =
        new Seed(
            Map.of(repository, seeded), List.of(), List.of(), empty.quota(), empty.rate(), false);
    try (var registry = Rehearsal.start(Settings.plain().like(Likeness.of(name)).with(seed));
        var client = new Client(registry.uri())) {
      var given = client.send("POST", "/v2/" + repository + "/blobs/uploads/", new byte[0]);
      assertThat(given.statusCode()).isGreaterThanOrEqualTo(400);
      answer.status().ifPresent(status -> assertThat(given.statusCode()).isEqualTo(status));
      assertThat(given.headers().firstValue("Gantry-Rehearsal").isPresent())
          .isEqualTo(answer.status().isEmpty() && !name.equals("oci"));
      if (!name.equals("oci")) {
        answer.code().ifPresent(code -> assertThat(text(given)).contains('"' + code + '"'));
        var fixed = answer.message().orElse("").replaceAll("\\{.*", "").replace("\"", "\\\"");
        assertThat(text(given)).contains(fixed);
      }
    }
  }
}
