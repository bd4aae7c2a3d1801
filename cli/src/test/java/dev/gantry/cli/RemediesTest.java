package dev.gantry.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.explain.Cause;
import dev.gantry.explain.Causes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the causes tell people to run must be there to be run. */
class RemediesTest {
  private static final Pattern CODE = Pattern.compile("\"code\": \"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern OURS = Pattern.compile("(?:^|[;|(] ?|&& ?)gantry ([^;|]+)");

  static List<String> causes() {
    return Causes.table().all().stream().map(Cause::id).toList();
  }

  private static List<String> commands(String cause) throws IOException {
    var commands = new ArrayList<String>();
    try (var file = Causes.class.getResourceAsStream("causes/" + cause + ".json")) {
      var text = new String(file.readAllBytes(), UTF_8);
      CODE.matcher(text)
          .results()
          .flatMap(code -> OURS.matcher(code.group(1)).results())
          .map(found -> found.group(1).replaceAll("  .*", "").strip())
          .forEach(commands::add);
    }
    return commands;
  }

  @ParameterizedTest
  @MethodSource("causes")
  void theirCommandsExist(String cause) throws IOException {
    for (var command : commands(cause)) {
      var words = List.of(command.split(" +"));
      var form = Commands.make(words.getFirst()).form();
      assertThat(form.name()).as(cause + ": gantry " + command).isEqualTo(words.getFirst());
      new Parser(form).parse(words.subList(1, words.size())); // throws at what it does not know
    }
  }

  @Test
  void someCausesNameOurCommands() throws IOException {
    var named = 0;
    for (var cause : causes()) {
      named += commands(cause).size();
    }
    assertThat(named).isGreaterThan(10);
  }
}
