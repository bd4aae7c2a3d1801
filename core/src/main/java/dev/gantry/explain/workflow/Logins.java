package dev.gantry.explain.workflow;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the job logs in, with what, and whether that is where it pushes. */
final class Logins {
  private static final Pattern SECRET = Pattern.compile("secrets\\.([A-Za-z_]\\w{0,100})");
  private static final Pattern FOREIGN =
      Pattern.compile("(?i)ghcr|quay|gitlab|harbor|gcr|aliyun|github");
  private static final Pattern UNKNOWN_LOGIN = Pattern.compile("log-?in|auth|credential");
  private static final Pattern BINDING =
      Pattern.compile("credentialsId\\s{0,4}:?\\s{0,4}([\\w.-]{1,80})");

  /** Words in the names of secrets that hold a registry, with the registry's kind. */
  private static final Map<String, String> KINDS =
      Map.of(
          "coding",
          "coding",
          "harbor",
          "harbor",
          "dockerhub",
          "dockerhub",
          "docker_hub",
          "dockerhub",
          "ghcr",
          "ghcr",
          "aliyun",
          "aliyun-acr",
          "tencent",
          "tcr",
          "tcr",
          "tcr",
          "ecr",
          "ecr");

  private Logins() {}

  static void of(Job job, List<Act> acts, boolean elsewhere, Sheet sheet) {
    for (var act : acts) {
      if (act instanceof Act.Login login) {
        login(login, sheet);
      }
    }
    var visible =
        job.visible()
            && job.steps().stream()
                .noneMatch(step ->
                    UNKNOWN_LOGIN.matcher(step.action()).find()
                        && Actions.find(step.action()).isEmpty());
    for (var at = 0; at < acts.size(); at++) {
      if (acts.get(at) instanceof Act.Push push) {
        push(push, acts, at, visible, elsewhere, sheet);
      }
    }
    job.steps().forEach(step -> secrets(step, sheet));
  }

  private static void login(Act.Login login, Sheet sheet) {
    if (Host.isKnown(login.host())) {
      sheet.say("login-host", login.host(), login.line());
    }
    var credential = login.credential();
    sheet.say("token", credential.word(), credential.line());
    var meant = FOREIGN.matcher(credential.name());
    if (login.host().equals(Host.HUB) && meant.find()) {
      sheet.doubt(
          "registry-left-out",
          meant.group().toLowerCase(Locale.ROOT),
          login.line(),
          "without registry: this logs in to Docker Hub");
    }
    switch (credential.kind()) {
      case EMPTY -> {
        if (!login.user().isBlank()) {
          sheet.doubt("password", "empty", login.line(), "no password is given");
        }
      }
      case VARIABLE -> sheet.say("variable", credential.name(), credential.line());
      case SECRET -> sheet.say("login-secret", credential.name(), credential.line());
      case LITERAL, JOB_TOKEN, OUTPUT, CLOUD -> {}
    }
  }

  private static void push(
      Act.Push push, List<Act> acts, int at, boolean visible, boolean elsewhere, Sheet sheet) {
    for (var reference : push.references().stream().limit(50).toList()) {
      var host = reference.host();
      if (!Host.isKnown(host) || Host.isLocal(host)) {
        continue;
      }
      sheet.say("push-host", host, reference.line());
      var before = covering(acts.subList(0, at), host);
      if (before.isPresent()) {
        sheet.say("login", "here", before.get().line());
        if (before.get().guard() == Guard.SKIPS && push.guard() == Guard.RUNS) {
          sheet.doubt(
              "login",
              "skipped",
              before.get().line(),
              "the login is skipped where the push is not");
        }
      } else if (covering(acts.subList(at, acts.size()), host).isPresent()) {
        sheet.doubt("login", "after", push.line(), "the login comes after the push");
      } else if (visible) {
        var others = acts.stream().anyMatch(act -> act instanceof Act.Login);
        sheet.doubt(
            "login",
            others ? "elsewhere" : elsewhere ? "other-job" : "none",
            reference.line(),
            others
                ? "no login to " + host + " in this job"
                : elsewhere
                    ? "the login stands in another job, whose machine is gone"
                    : "nobody logs in");
      }
    }
  }

  private static Optional<Act.Login> covering(List<Act> acts, String host) {
    return acts.stream()
        .flatMap(act -> act instanceof Act.Login login ? Stream.of(login) : Stream.<Act.Login>of())
        .filter(login -> login.host().isEmpty() || Host.covers(login.host(), host))
        .findFirst();
  }

  /** The names of the secrets that a step reads, and what they give away. */
  private static void secrets(Step step, Sheet sheet) {
    step.with().forEach((input, text) -> secrets(input, text, sheet));
    step.env().forEach((name, text) -> secrets(name, text, sheet));
    for (var script : step.script()) {
      for (var line : script.lines()) {
        secrets("run", line, sheet);
        var binding = BINDING.matcher(line.value());
        if (binding.find()) {
          sheet.say("secret", binding.group(1), line.line());
        }
      }
    }
  }

  private static void secrets(String input, Node.Text text, Sheet sheet) {
    var secrets = SECRET.matcher(text.value());
    while (secrets.find()) {
      sheet.say("secret", secrets.group(1), text.line());
      var name = secrets.group(1).toLowerCase(Locale.ROOT);
      if (List.of("registry", "images", "tags", "image").contains(input)
          || name.contains("registry")) {
        KINDS.forEach((word, kind) -> {
          if (name.contains(word)) {
            sheet.hint("masked-kind=" + kind, text.line());
          }
        });
      }
    }
    if (input.equals("registry") && text.value().strip().matches("(?i)https?://.{0,300}")) {
      sheet.doubt("login-url", "yes", text.line(), "a host has no scheme");
    }
  }
}
