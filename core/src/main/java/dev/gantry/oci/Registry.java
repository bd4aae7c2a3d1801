package dev.gantry.oci;

import java.util.Optional;

/**
 * A registry's name as people and references write it: host, or host:port, in lower case. It says
 * whose rules and credentials apply; where the bytes go is an endpoint, which is another type.
 */
public record Registry(String host, Optional<Integer> port) {

  /** The name under which Docker Hub stands in a canonical reference. */
  public static final Registry DOCKER_HUB = new Registry("docker.io", Optional.empty());

  /** Whether the host is this machine: localhost, 127.0.0.0/8 or [::1]. */
  public boolean loopback() {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  @Override
  public String toString() {
    return port.map(number -> host + ":" + number).orElse(host);
  }
}
