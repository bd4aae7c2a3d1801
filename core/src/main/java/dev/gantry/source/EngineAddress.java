package dev.gantry.source;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the Docker Engine listens.
 *
 * @param base what paths are put behind
 * @param socket the Unix socket, where it is one
 * @param certificates the folder with {@code ca.pem}, {@code cert.pem} and {@code key.pem}, where
 *     the Engine is asked over TLS
 * @param origin where this was read from, for messages
 */
record EngineAddress(URI base, Optional<Path> socket, Optional<Path> certificates, String origin) {
  private static final Path USUAL = Path.of("/var/run/docker.sock");

  /**
   * By {@code DOCKER_HOST}, else the usual socket, else that of a rootless Engine.
   *
   * @param environment as the process has it
   * @param home the user's home folder
   */
  static EngineAddress of(Map<String, String> environment, Path home) {
    var host = environment.getOrDefault("DOCKER_HOST", "");
    if (host.isEmpty()) {
      var runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
      var rootless = Path.of(runtime).resolve("docker.sock");
      var socket =
          !Files.exists(USUAL) && !runtime.isEmpty() && Files.exists(rootless) ? rootless : USUAL;
      return unix(socket, "the usual socket, as DOCKER_HOST is not set");
    }
    var origin = "DOCKER_HOST=" + host;
    if (host.startsWith("unix://")) {
      return unix(Path.of(host.substring("unix://".length())), origin);
    }
    if (host.startsWith("tcp://") || host.startsWith("http://") || host.startsWith("https://")) {
      return tcp(host.substring(host.indexOf("://") + 3), host, environment, home);
    }
    if (host.startsWith("ssh://")) {
      throw Refusal.of(
          "local.daemon-down",
          "an Engine behind SSH is not asked",
          origin,
          "save the image there and pipe it here: docker save IMAGE | gantry push docker-archive:-"
              + " …");
    }
    throw Refusal.of(
        "local.daemon-down",
        "DOCKER_HOST has a form that is not known",
        origin,
        "write unix:///var/run/docker.sock or tcp://HOST:PORT");
  }

  private static EngineAddress unix(Path socket, String origin) {
    return new EngineAddress(
        URI.create("http://docker"), Optional.of(socket), Optional.empty(), origin);
  }

  private static EngineAddress tcp(
      String authority, String host, Map<String, String> environment, Path home) {
    var verify = !environment.getOrDefault("DOCKER_TLS_VERIFY", "").isEmpty();
    var secure = verify || host.startsWith("https://");
    var configured = environment.getOrDefault("DOCKER_CERT_PATH", "");
    var certificates = configured.isEmpty() ? home.resolve(".docker") : Path.of(configured);
    try {
      var plain = authority.replaceFirst("/+$", "");
      var port = plain.matches(".*:[0-9]+") ? "" : secure ? ":2376" : ":2375";
      return new EngineAddress(
          URI.create((secure ? "https://" : "http://") + plain + port),
          Optional.empty(),
          secure ? Optional.of(certificates) : Optional.empty(),
          "DOCKER_HOST=" + host);
    } catch (IllegalArgumentException e) {
      throw Refusal.of(
          "local.daemon-down",
          "DOCKER_HOST is no address: " + e.getMessage(),
          "DOCKER_HOST=" + host,
          "write tcp://HOST:PORT");
    }
  }
}
