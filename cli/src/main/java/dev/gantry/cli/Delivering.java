package dev.gantry.cli;

import dev.gantry.Outcome;
import dev.gantry.PublishRequest;
import dev.gantry.Publisher;
import dev.gantry.Surroundings;
import dev.gantry.Wiring;
import dev.gantry.login.Credential;
import dev.gantry.login.Secret;
import dev.gantry.rules.Book;
import dev.gantry.wire.Terms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Carries out a publish for a command: sign-in, rehearsal, plan, receipt. */
final class Delivering {
  private Delivering() {}

  /** Publishes, shows how it ended and gives the exit code. */
  static Exit run(PublishRequest request, Given given, Terminal terminal)
      throws InterruptedException {
    if (given.has("--commands")) {
      DockerCommands.of(request).forEach(terminal::result);
      return Exit.DONE;
    }
    var around = around(request, given, terminal);
    return given.has("--rehearse")
        ? rehearsed(request, around, given, terminal)
        : published(request, around, given, terminal);
  }

  private static Exit published(
      PublishRequest request, Surroundings around, Given given, Terminal terminal) {
    Outcome outcome;
    try (var wiring = new Wiring(around, request.registries(), terminal.progress())) {
      outcome =
          new Publisher(wiring)
              .publish(
                  request,
                  plans ->
                      plans.forEach(plan ->
                          PlanView.lines(plan, terminal.lang())
                              .forEach(line -> terminal.note(Text.same(line)))));
    }
    if (outcome instanceof Outcome.Published(var receipt)) {
      given.path("--receipt").ifPresent(file -> write(file, receipt.json().pretty() + "\n"));
    }
    return OutcomeView.show(outcome, terminal);
  }

  /** The same against registries in this process; what they could not know is told at the end. */
  private static Exit rehearsed(
      PublishRequest request, Surroundings around, Given given, Terminal terminal) {
    var book = Book.open();
    try (var stage =
        new Rehearsing(
            request.registries(),
            given.text("--rehearse"),
            registry -> around.registries().rules(book, registry).kind())) {
      var exit = published(request, around.with(stage.standin()), given, terminal);
      stage.notes().forEach(note -> terminal.note(Text.same("note: " + note)));
      return exit;
    }
  }

  private static Surroundings around(PublishRequest request, Given given, Terminal terminal) {
    var around = Access.of(given, terminal).around();
    int streams =
        given.number("--concurrency", 1, 64).map(Long::intValue).orElse(Terms.USUAL_CONCURRENCY);
    return credential(request, given, terminal).map(around::with).orElse(around).atOnce(streams);
  }

  private static Optional<Credential> credential(
      PublishRequest request, Given given, Terminal terminal) {
    boolean piped = given.has("--password-stdin");
    if (given.has("--username") != piped) {
      throw Misuse.of(
          new Text(
              "--username and --password-stdin go together", "--username 与 --password-stdin 须同时使用"),
          new Text(
              "give both, or neither to use what gantry login stored",
              "请同时给出，或都不给（使用 gantry login 保存的凭据）"));
    }
    if (!piped) {
      return Optional.empty();
    }
    if (request.registries().size() > 1) {
      throw Misuse.of(
          new Text(
              "--username does not say for which of {0} registries it is",
              "--username 未说明用于 {0} 个仓库中的哪一个"),
          new Text(
              "sign in to each with gantry login, or set GANTRY_USERNAME_HOST and"
                  + " GANTRY_PASSWORD_HOST",
              "请用 gantry login 分别登录，或设置 GANTRY_USERNAME_主机 与 GANTRY_PASSWORD_主机"),
          request.registries().size());
    }
    try {
      var password = new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8).strip();
      return Optional.of(
          new Credential.Password(
              given.text("--username").orElseThrow(), new Secret(password), "--password-stdin"));
    } catch (IOException e) {
      throw Access.refused(
          "ci.missing-secret",
          "no password could be read: " + e.getMessage(),
          "standard input",
          "pipe it in: echo \"$TOKEN\" | gantry push … --username NAME --password-stdin");
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw Access.refused(
          "other",
          "it is published, but the receipt could not be written: " + e.getMessage(),
          file.toString(),
          "check the folder; the same command writes it again and sends nothing twice");
    }
  }
}
