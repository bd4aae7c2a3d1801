package dev.gantry.login;

import dev.gantry.oci.Json;
import dev.gantry.oci.Registry;
import dev.gantry.oci.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The keys under which files keep credentials: {@code host[:port][/path]}, and older forms of them,
 * which are addresses ({@code https://ghcr.io/v2/}) or Docker Hub by any of its names.
 */
final class Keys {
  /** The key of Docker Hub in config.json, and its address for programs. */
  static final String DOCKER_HUB = "https://index.docker.io/v1/";

  private static final Set<String> HUB_NAMES =
      Set.of("docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com");

  private Keys() {}

  /** The keys that fit a repository, the most exact first; the last is the registry's name. */
  static List<String> of(Repository repository) {
    var keys = new ArrayList<String>();
    var path = repository.path();
    while (!path.isEmpty()) {
      keys.add(repository.registry() + "/" + path);
      path = path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
    keys.add(repository.registry().toString());
    return List.copyOf(keys);
  }

  /** The member whose name means this key, as it is written; an exact one before an older form. */
  static Optional<String> find(Json.Obj members, String key) {
    if (members.members().containsKey(key)) {
      return Optional.of(key);
    }
    return members.members().keySet().stream()
        .filter(name -> canonical(name).equals(key))
        .findFirst();
  }

  /** A key as {@link #of} would write it. */
  static String canonical(String key) {
    var scheme = key.startsWith("https://") || key.startsWith("http://");
    var rest = scheme ? key.substring(key.indexOf("://") + 3) : key;
    var slash = rest.indexOf('/');
    var host = slash < 0 ? rest : rest.substring(0, slash);
    var path = slash < 0 || scheme ? "" : rest.substring(slash).replaceAll("/+$", "");
    if (path.equals("/v1") || path.equals("/v2")) {
      path = "";
    }
    return (HUB_NAMES.contains(host) ? Registry.DOCKER_HUB.toString() : host) + path;
  }
}
