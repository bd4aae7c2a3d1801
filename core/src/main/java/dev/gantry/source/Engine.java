package dev.gantry.source;

import dev.gantry.failure.PublishException;
import dev.gantry.http.ClientSettings;
import dev.gantry.http.HttpClient;
import dev.gantry.http.HttpFault;
import dev.gantry.http.Identity;
import dev.gantry.http.Pem;
import dev.gantry.http.Request;
import dev.gantry.http.Response;
import dev.gantry.http.Timeouts;
import dev.gantry.http.Tls;
import dev.gantry.http.Transport;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Json;
import dev.gantry.oci.Malformed;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The Docker Engine, by its API (docs.docker.com/reference/api/engine). It is connected when it is
 * first asked; paths carry no version, so that any Engine answers in its own.
 */
public final class Engine implements AutoCloseable {
  private static final int LARGEST_ANSWER = 64 << 20;

  /** The Engine writes a whole image to its disk before the first byte of it comes. */
  private static final Duration SPOOLING = Duration.ofHours(2);

  private static final Duration STALL = Duration.ofMinutes(10);

  private final Map<String, String> environment;
  private final Path home;
  private Optional<Connected> connected = Optional.empty();

  private record Connected(EngineAddress address, Transport transport) {}

  /**
   * The Engine that {@code DOCKER_HOST} names, else the one of this machine.
   *
   * @param environment as the process has it
   * @param home the user's home folder
   */
  public Engine(Map<String, String> environment, Path home) {
    this.environment = Map.copyOf(environment);
    this.home = home;
  }

  /** Whether the Engine is surely on this machine, so that its disk is ours. */
  boolean local() {
    return connected().address().socket().isPresent();
  }

  /** Where it is, for messages. */
  String where() {
    var address = connected().address();
    return address.socket().map(Path::toString).orElse(address.base().toString())
        + " ("
        + address.origin()
        + ")";
  }

  /** A path of the API with a name in it, encoded as the Engine wants it. */
  static String path(String before, String name, String behind) {
    return before
        + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/")
        + behind;
  }

  /**
   * A document of the API; empty where there is no such thing.
   *
   * @throws PublishException when the Engine does not answer, or answers with an error
   */
  Optional<Json> get(String path) throws InterruptedException {
    try (var answer = send(path)) {
      if (answer.status() == 404) {
        return Optional.empty();
      }
      return Optional.of(Json.parse(Bytes.of(answer.bytes(LARGEST_ANSWER))));
    } catch (IOException | Malformed e) {
      throw Refusal.of(
          "local.daemon-down",
          "the answer to " + path + " cannot be read: " + e.getMessage(),
          where(),
          "look whether this is a Docker Engine");
    }
  }

  /** A stream of the API, closed by the caller. */
  Response stream(String path) throws InterruptedException {
    return send(path);
  }

  private Response send(String path) throws InterruptedException {
    var to = connected();
    try {
      var answer = to.transport().send(Request.of("GET", URI.create(to.address().base() + path)));
      if (answer.status() == 200 || answer.status() == 404) {
        return answer;
      }
      try (answer) {
        throw Refusal.other(
            "the Docker Engine answers " + answer.status() + " to " + path + ": " + said(answer),
            where(),
            "look into the Engine's log");
      }
    } catch (HttpFault fault) {
      throw down(fault);
    }
  }

  private static String said(Response answer) {
    try {
      var text = new String(answer.bytes(4096), StandardCharsets.UTF_8);
      return Json.parse(text) instanceof Json.Obj json ? json.text("message").orElse(text) : text;
    } catch (IOException | Malformed e) {
      return "nothing that can be read (" + e.getMessage() + ")";
    }
  }

  private PublishException down(HttpFault fault) {
    var words = String.valueOf(fault.getMessage());
    var denied = words.contains("ermission denied") || words.contains("not permitted");
    return denied ? denied() : down(words);
  }

  private PublishException down(String what) {
    return Refusal.of(
        "local.daemon-down",
        "the Docker Engine does not answer: " + what,
        where(),
        "start it (systemctl start docker), or set DOCKER_HOST to the one that runs");
  }

  private PublishException denied() {
    return Refusal.of(
        "local.daemon-permission",
        "this user may not talk to the Docker Engine",
        where(),
        "add the user to the group that owns the socket (usermod -aG docker USER, then log in"
            + " again), or run this with sudo");
  }

  private synchronized Connected connected() {
    if (connected.isEmpty()) {
      var address = EngineAddress.of(environment, home);
      connected = Optional.of(new Connected(address, new HttpClient(settings(address))));
      address.socket().ifPresent(this::requireSocket);
    }
    return connected.get();
  }

  private void requireSocket(Path socket) {
    if (!Files.exists(socket)) {
      var folder = socket.toAbsolutePath().getParent();
      throw folder != null && Files.isDirectory(folder) && !Files.isExecutable(folder)
          ? denied()
          : down("there is no socket " + socket);
    }
    if (!Files.isWritable(socket)) {
      throw denied();
    }
  }

  private static ClientSettings settings(EngineAddress address) {
    var usual = Timeouts.DEFAULT;
    var patient = new Timeouts(usual.connect(), SPOOLING, STALL, usual.proceed(), usual.idle());
    var settings = ClientSettings.DEFAULT.with(patient).following(0, false);
    if (address.socket().isPresent()) {
      return settings.on(address.socket().get());
    }
    return address.certificates().map(folder -> settings.with(tls(folder))).orElse(settings);
  }

  private static Tls tls(Path folder) {
    try {
      var rules = Tls.Rules.DEFAULT;
      var authority = folder.resolve("ca.pem");
      if (Files.exists(authority)) {
        rules = rules.trusting(Pem.certificates(Files.readString(authority)));
      }
      var certificate = folder.resolve("cert.pem");
      if (Files.exists(certificate)) {
        rules =
            rules.as(
                Identity.ofPem(
                    Files.readString(certificate), Files.readString(folder.resolve("key.pem"))));
      }
      return Tls.of(rules);
    } catch (IOException | IllegalArgumentException e) {
      throw Refusal.of(
          "local.daemon-down",
          "the certificates for the Docker Engine cannot be read: " + e.getMessage(),
          folder.toString(),
          "set DOCKER_CERT_PATH to the folder with ca.pem, cert.pem and key.pem");
    }
  }

  @Override
  public synchronized void close() {
    connected.ifPresent(to -> to.transport().close());
    connected = Optional.empty();
  }
}
