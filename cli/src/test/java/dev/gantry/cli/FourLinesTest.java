package dev.gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.failure.Evidence;
import dev.gantry.failure.Failure;
import dev.gantry.oci.Json;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FourLinesTest {
  private static Evidence evidence(Optional<Evidence.Answer> answer) {
    return new Evidence(
        "PUT",
        URI.create("https://registry.example/v2/demo/hello/manifests/v1"),
        new Evidence.Login("basic", "GANTRY_PASSWORD"),
        2,
        Duration.ofMillis(120),
        512,
        answer);
  }

  private static Failure rejected(int status) {
    return new Failure.Rejected(
        Failure.Stage.POINT,
        evidence(
            Optional.of(
                new Evidence.Answer(
                    status,
                    Map.of(),
                    List.of(new Evidence.Said("DENIED", "requested access is denied", "")),
                    "{}"))));
  }

  @Test
  void rejectionInFourLines() {
    var screen = new Session.Screen(Map.of(), "", false);
    assertThat(OutcomeView.failed(rejected(403), screen.terminal())).isEqualTo(Exit.YOURS);
    assertThat(screen.err())
        .contains("PUT https://registry.example/v2/demo/hello/manifests/v1 → 403")
        .contains("DENIED: requested access is denied")
        .contains("(attempt 2, credential: basic, GANTRY_PASSWORD)")
        .contains("\n  left  ")
        .contains("\n  do    ")
        .doesNotContain("\u001b");
  }

  @Test
  void refusalSaysWhereAndWhatToDo() {
    var refused =
        new Failure.Refused(
            Failure.Stage.REQUEST,
            new Failure.Problem("name.uppercase", "upper case", "'MyApp', character 1", "myapp"));
    var screen = new Session.Screen(Map.of(), "", false);
    assertThat(OutcomeView.failed(refused, screen.terminal())).isEqualTo(Exit.YOURS);
    assertThat(screen.err())
        .isEqualTo(
            """
            gantry: upper case  [name.uppercase]
              seen  'MyApp', character 1
              left  nothing was written
              do    myapp
            """);
  }

  @ParameterizedTest
  @CsvSource({"403,YOURS", "401,YOURS", "429,LATER", "500,LATER", "503,LATER", "413,YOURS"})
  void exitSaysWhoCanMendIt(int status, Exit exit) {
    assertThat(FourLines.exit(rejected(status))).isEqualTo(exit);
  }

  @ParameterizedTest
  @EnumSource(Failure.Why.class)
  void everyWhyHasAnExit(Failure.Why why) {
    var failure =
        new Failure.Unreachable(
            Failure.Stage.SURVEY, evidence(Optional.empty()), why, "no such host");
    assertThat(FourLines.exit(failure)).isIn(Exit.YOURS, Exit.LATER);
    assertThat(FourLines.of(failure, Lang.EN).seen().getFirst()).contains(why.name());
  }

  @Test
  void jsonIsOneEnglishDocument() {
    var screen = new Session.Screen(Map.of(), "", false);
    var view = screen.terminal().view();
    var terminal =
        screen
            .terminal()
            .with(new View(Lang.ZH, true, false, Progress.Style.NONE, false, view.width()));
    var run = screen.ran(OutcomeView.failed(rejected(403), terminal));
    assertThat(run.out().lines()).hasSize(1);
    var document = (Json.Obj) Json.parse(run.out().strip());
    assertThat(document.text("outcome")).contains("failed");
    assertThat(document.number("exit")).contains(3L);
    assertThat(document.compact()).doesNotContain("拒绝");
    assertThat(run.err()).contains("拒绝");
  }

  @Test
  void defectKeepsItsTrace() {
    var screen = new Session.Screen(Map.of(), "", false);
    var defect =
        new Failure.Defect(Failure.Stage.PLAN, new IllegalStateException("two plus two is five"));
    assertThat(OutcomeView.failed(defect, screen.terminal())).isEqualTo(Exit.DEFECT);
    assertThat(screen.err()).contains("two plus two is five", "FourLinesTest");
  }
}
