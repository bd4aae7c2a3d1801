package dev.gantry.explain;

import dev.gantry.explain.log.Facts;
import dev.gantry.explain.log.Hosts;
import dev.gantry.explain.log.Log;
import java.util.List;
import java.util.Optional;

/**
 * Facts about the whole run that no single line says: what was pushed compared with where somebody
 * logged in, the shape of the path, the registry behind a mask.
 */
final class Setting {
  private Setting() {}

  /** The log's facts and what follows from them. */
  static Facts derived(Facts log, Log whole) {
    var facts = log.copy();
    if (facts.has("masked-host") && !facts.has("registry")) {
      facts.all("masked-kind").forEach(kind -> facts.add("registry", kind));
    }
    logins(facts);
    shape(facts);
    if (whole.observations().stream().noneMatch(seen -> seen.own().has("phase"))) {
      facts.add("phase", "unknown");
    }
    return facts;
  }

  private static void logins(Facts facts) {
    var pushed = facts.all("host").stream().filter(host -> !host.contains("*")).toList();
    var logins = facts.all("login-host");
    if (pushed.isEmpty() || logins.isEmpty()) {
      return;
    }
    var same =
        pushed.stream().anyMatch(host -> logins.stream().anyMatch(login -> same(login, host)));
    facts.add("login", same ? "here" : "elsewhere");
  }

  private static boolean same(String login, String host) {
    return login.equals(host)
        || (Hosts.kind(login).equals(Optional.of("dockerhub"))
            && Hosts.kind(host).equals(Hosts.kind(login)));
  }

  private static void shape(Facts facts) {
    for (var kind : facts.all("registry").toArray(String[]::new)) {
      for (var path : facts.all("path")) {
        var segments = path.split("/", -1).length;
        if (segments < Hosts.leastSegments(kind)) {
          facts.add("shape", "short");
        }
      }
    }
    for (var name : List.of("scope-repository", "path", "url-repository")) {
      if (facts.all(name).stream().anyMatch(path -> path.startsWith("library/"))) {
        facts.add("shape", "library");
      }
      if (facts.all(name).stream().anyMatch(path -> !path.contains("/"))) {
        facts.add("shape", "single");
      }
    }
  }
}
