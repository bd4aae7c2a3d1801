package dev.gantry.explain.workflow;

import dev.gantry.explain.log.Facts;
import dev.gantry.explain.log.Observation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a pipeline file (GitHub Actions, GitLab CI) says about publishing, as facts whose names
 * begin with {@code wf.}: rights of the token, where it logs in and where it pushes, secrets,
 * events, platforms and the set-up for them. It judges nothing.
 */
public final class PipelineFile {
  private static final Pattern SECRET = Pattern.compile("secrets\\.([A-Za-z0-9_]{1,100})");
  private static final Pattern HOST =
      Pattern.compile(
          "(?:^|[\\s=,\"'/])((?:[a-z0-9-]{1,63}\\.){1,6}[a-z]{2,20}(?::\\d{2,5})?)/[a-z0-9$_{.]");
  private static final Pattern SHELL =
      Pattern.compile("(?<!\\$)\\$(?:[A-Za-z_]\\w{0,60}|\\{[A-Za-z_]\\w{0,60}})");
  private static final Set<String> EVENTS =
      Set.of(
          "push",
          "pull_request",
          "pull_request_target",
          "release",
          "workflow_dispatch",
          "schedule",
          "workflow_run",
          "merge_request_event");
  private static final List<String> KINDS =
      List.of("coding", "harbor", "dockerhub", "ghcr", "aliyun", "tencent", "ecr", "acr");

  private final String source;
  private final List<Observation> seen = new ArrayList<>();
  private final Set<String> logins = new HashSet<>();
  private final Set<String> pushes = new HashSet<>();

  private PipelineFile(String source) {
    this.source = source;
  }

  /** The facts of a file, each with its line; empty if it says nothing about publishing. */
  public static List<Observation> read(String source, String text) {
    var file = new PipelineFile(source);
    var entries = Entries.of(text);
    entries.forEach(file::entry);
    file.permissions(entries);
    file.together(entries);
    return List.copyOf(file.seen);
  }

  private void entry(Entry entry) {
    var value = entry.value();
    var lower = entry.lower();
    var secrets = SECRET.matcher(value);
    while (secrets.find()) {
      add(entry, "wf.secret=" + secrets.group(1));
      var name = secrets.group(1).toLowerCase(Locale.ROOT);
      if (entry.endsWith("registry")
          || entry.endsWith("images")
          || entry.endsWith("tags")
          || name.contains("registry")) {
        KINDS.stream().filter(name::contains).forEach(kind -> add(entry, "masked-kind=" + kind));
      }
    }
    if (entry.path().startsWith("on.") || entry.path().equals("on")) {
      EVENTS.stream()
          .filter(event -> entry.path().contains("on." + event) || value.equals(event))
          .forEach(event -> add(entry, "wf.event=" + event));
    }
    if (entry.endsWith("uses")) {
      uses(entry, lower);
    }
    if (entry.endsWith("registry")) {
      logins.add(lower.replaceFirst("^https?://", ""));
    }
    if (entry.endsWith("tags")
        || entry.endsWith("images")
        || entry.endsWith("run")
        || entry.path().contains(".script.")) {
      var hosts = HOST.matcher(lower);
      while (hosts.find()) {
        pushes.add(hosts.group(1));
      }
    }
    if (entry.path().contains(".with.") && SHELL.matcher(value).find() && !entry.endsWith("run")) {
      add(entry, "wf.shell-variable-in-with");
    }
    if (entry.endsWith("platforms") && value.contains(",")) {
      add(entry, "wf.platforms=many");
    }
    if (value.contains("push-by-digest=true") && !value.contains("name=")) {
      add(entry, "wf.digest-without-name");
    }
    if (entry.endsWith("password")
        && (lower.contains("github_token") || lower.contains("github.token"))) {
      add(entry, "wf.token=job");
    }
  }

  private void uses(Entry entry, String lower) {
    for (var action : List.of("setup-qemu", "setup-buildx", "login", "metadata", "build-push")) {
      if (lower.contains("/" + action + "-action") || lower.contains(action + "@")) {
        add(entry, "wf.uses=" + action);
      }
    }
  }

  private void permissions(List<Entry> entries) {
    var some = entries.stream().filter(entry -> entry.path().contains("permissions")).toList();
    var packages =
        entries.stream()
            .filter(
                entry -> entry.endsWith("permissions.packages") || entry.path().equals("packages"))
            .toList();
    packages.forEach(entry -> add(entry, "wf.packages=" + entry.lower()));
    if (packages.isEmpty() && !some.isEmpty()) {
      var first = some.getFirst();
      add(first, "wf.packages=" + (first.lower().equals("write-all") ? "write" : "missing"));
    }
  }

  private void together(List<Entry> entries) {
    var known = pushes.stream().filter(host -> !host.contains("$")).toList();
    if (!known.isEmpty()
        && !logins.isEmpty()
        && logins.stream().noneMatch(host -> host.contains("$"))) {
      var here = known.stream().anyMatch(logins::contains);
      entries.stream()
          .filter(entry -> entry.endsWith("registry"))
          .findFirst()
          .ifPresent(entry -> add(entry, "wf.login=" + (here ? "here" : "elsewhere")));
    }
  }

  private void add(Entry entry, String fact) {
    var text = entry.path().isEmpty() ? entry.value() : entry.key() + ": " + entry.value();
    seen.add(
        new Observation(
            source,
            entry.line(),
            text,
            "",
            new BitSet(),
            new Facts().add(fact),
            new Facts(),
            false));
  }
}
