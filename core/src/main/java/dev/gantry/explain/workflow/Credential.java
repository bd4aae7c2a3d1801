package dev.gantry.explain.workflow;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a password comes from; never what it is.
 *
 * @param name of the secret or variable; empty without
 */
record Credential(Kind kind, String name, int line) {
  private static final Pattern NAMED =
      Pattern.compile("(secrets|vars|env|inputs)\\.([A-Za-z_]\\w{0,100})");
  private static final Pattern SHELL = Pattern.compile("\\$\\{?([A-Za-z_]\\w{0,100})");

  enum Kind {
    /** The token that the CI made for this job. */
    JOB_TOKEN,
    SECRET,
    VARIABLE,
    /** An output of a step, such as a cloud's login. */
    OUTPUT,
    LITERAL,
    EMPTY,
    /** No password at all: the login is done by a cloud's own means. */
    CLOUD
  }

  /** The fact's value. */
  String word() {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Credential cloud(int line) {
    return new Credential(Kind.CLOUD, "", line);
  }

  /** Of a text with the file's variables put in. */
  static Credential of(String text, int line) {
    var lower = text.toLowerCase(Locale.ROOT);
    if (text.isBlank()) {
      return new Credential(Kind.EMPTY, "", line);
    }
    if (lower.contains("secrets.github_token")
        || lower.contains("github.token")
        || lower.matches(
            ".*\\$\\{?(github_token|ci_job_token|ci_registry_password|ci_build_token)\\b.*")) {
      return new Credential(Kind.JOB_TOKEN, "GITHUB_TOKEN", line);
    }
    var named = NAMED.matcher(text);
    if (named.find()) {
      var kind = named.group(1).equals("secrets") ? Kind.SECRET : Kind.VARIABLE;
      return new Credential(kind, named.group(2), line);
    }
    if (lower.contains("steps.") || lower.contains("needs.")) {
      return new Credential(Kind.OUTPUT, "", line);
    }
    var shell = SHELL.matcher(text);
    return shell.find()
        ? new Credential(Kind.VARIABLE, shell.group(1), line)
        : new Credential(Kind.LITERAL, "", line);
  }
}
