package dev.gantry.explain;

import dev.gantry.explain.log.Facts;
import dev.gantry.explain.log.Hosts;
import dev.gantry.explain.log.Log;
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
    if (pushed.stream().anyMatch(host -> logins.stream().anyMatch(login -> same(login, host)))) {
      var bare = pushed.stream().filter(host -> !logins.contains(host)).toList();
      var port = bare.stream().anyMatch(host -> logins.stream().anyMatch(l -> otherPort(l, host)));
      facts.add("login", port ? "other-port" : "here");
    } else {
      var port =
          pushed.stream().anyMatch(host -> logins.stream().anyMatch(l -> otherPort(l, host)));
      facts.add("login", port ? "other-port" : "elsewhere");
    }
  }

  private static boolean otherPort(String login, String host) {
    return !login.equals(host) && portless(login).equals(portless(host));
  }

  private static String portless(String host) {
    var colon = host.lastIndexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }

  private static boolean same(String login, String host) {
    return login.equals(host)
        || (Hosts.kind(login).equals(Optional.of("dockerhub"))
            && Hosts.kind(host).equals(Hosts.kind(login)));
  }

  /**
   * Adds the shape of the path that is pushed: short, long, library, single, full, deep, and
   * whether its owner can be no account there.
   */
  static Facts shaped(Facts facts) {
    var path =
        facts
            .first("scope-repository")
            .or(() -> facts.first("url-repository"))
            .or(() -> facts.first("path"))
            .orElse("");
    if (path.isEmpty() || elided(path) || !(facts.has("registry") || facts.has("host"))) {
      return facts;
    }
    var segments = path.split("/", -1).length;
    var kind = facts.first("registry").orElse("");
    if (path.startsWith("library/")) {
      facts.add("shape", "library");
    } else if (segments == 1) {
      facts.add("shape", "single");
    }
    if (segments < Hosts.leastSegments(kind)) {
      facts.add("shape", "short");
    } else if (segments > Hosts.mostSegments(kind)) {
      facts.add("shape", "long");
    } else if (segments > 2 && kind.isEmpty()) {
      facts.add("shape", "deep");
    } else if (!path.startsWith("library/")) {
      facts.add("shape", "full");
      if (!Hosts.owner(kind, path.substring(0, Math.max(0, path.indexOf('/'))))) {
        facts.add("shape", "foreign-owner");
      }
    }
    return facts;
  }

  /** Whether somebody left parts of the path out, or they are empty: they cannot be counted. */
  private static boolean elided(String path) {
    return path.contains("...")
        || path.contains("…")
        || path.contains("[")
        || path.contains("//")
        || path.startsWith("/");
  }
}
