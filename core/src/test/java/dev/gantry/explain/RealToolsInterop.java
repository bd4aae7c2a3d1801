package dev.gantry.explain;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.explain.Tools.Push;
import dev.gantry.explain.Tools.Tool;
import dev.gantry.explain.Trouble.End;
import dev.gantry.http.Authority;
import dev.gantry.http.Identity;
import dev.gantry.http.Pem;
import dev.gantry.rehearsal.Rehearsal;
import dev.gantry.rehearsal.Settings;
import dev.gantry.rehearsal.auth.Auth;
import dev.gantry.rehearsal.auth.User;
import dev.gantry.source.Dockerd;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the programs that people push with really print when something goes wrong is understood: the
 * right cause is on top, or, where a program keeps the registry's words to itself, among the first
 * three and not said with certainty. A push that succeeds is no failure.
 *
 * <p>The table of what was seen is written to {@code target/real-tools.txt}, the logs beside it.
 */
class RealToolsInterop {
  private static final List<User> USERS =
      List.of(User.writer("ann", "correct"), User.reader("rob", "correct"));
  private static final double CERTAIN = 0.8;
  private static final int AT_ONCE = 12;

  private final Authority authority = Authority.make("lab");
  @TempDir Path folder;

  private record Row(String text, boolean right) {}

  @Test
  void theRightCauseIsFound() throws Exception {
    Dockerd.assume("docker", "dockerd", "skopeo", "buildah");
    var trust = folder.resolve("ca.pem");
    Files.writeString(trust, Pem.of(List.of(authority.certificate())));
    var troubles =
        Stream.of(
                Trouble.ofConnections(),
                Trouble.ofSigningIn(),
                Trouble.ofAnswers(),
                Trouble.ofServers(),
                Trouble.ofNames())
            .flatMap(List::stream)
            .toList();
    var logs = Files.createDirectories(Path.of("target", "real-tools"));
    var rows = new ArrayList<Row>();
    try (var tools = Tools.ready(folder);
        var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      var work = new ArrayList<Callable<Row>>();
      for (var trouble : troubles) {
        for (var tool : tools.all()) {
          if (trouble.soon(tool) && !trouble.unseen().contains(tool)) {
            work.add(() -> row(tools, tool, trouble, trust, logs));
          }
        }
      }
      for (var row : threads.invokeAll(work)) {
        rows.add(row.get());
      }
    }
    Files.write(Path.of("target", "real-tools.txt"), rows.stream().map(Row::text).toList());
    assertThat(rows.stream().filter(row -> !row.right()).map(Row::text)).isEmpty();
    assertThat(rows).hasSizeGreaterThan(100);
  }

  private Row row(Tools tools, Tool tool, Trouble trouble, Path trust, Path logs) throws Exception {
    var ran = met(tools, tool, trouble, trust);
    Files.writeString(
        logs.resolve(trouble.name().replaceAll("[^a-zA-Z0-9]", "-") + "." + tool + ".log"),
        ran.said());
    var explanation = FixturesTest.explain(ran.said());
    var ids = explanation.diagnoses().stream().limit(3).map(one -> one.cause().id()).toList();
    var sure = explanation.best().confidence();
    var first = trouble.right().contains(ids.getFirst());
    var unsure = sure < CERTAIN && ids.stream().anyMatch(trouble.right()::contains);
    var right = ran.code() == 0 ? !explanation.certain() : first || unsure;
    var mark = ran.code() == 0 ? "pushed" : first ? "first" : unsure ? "unsure" : "WRONG";
    return new Row(String.join(" | ", mark, trouble.name(), tool.name(), sure + " " + ids), right);
  }

  private Dockerd.Ran met(Tools tools, Tool tool, Trouble trouble, Path trust) throws Exception {
    var address = trouble.speaking() == Tools.Speaking.TLS ? outside() : "127.0.0.1";
    var environment = new HashMap<>(Map.of("SSL_CERT_FILE", trust.toString()));
    try (var registry = Rehearsal.start(settings(trouble, address));
        var proxy = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
      if (trouble.end() == End.PROXY) {
        Thread.ofVirtual().start(() -> refuse(proxy));
        environment.put("HTTPS_PROXY", "http://127.0.0.1:" + proxy.getLocalPort());
      }
      if (trouble.end() == End.CREDENTIAL_HELPER) {
        var nowhere = Files.createTempDirectory(folder, "helper").resolve("config.json");
        var one = "{\"credsStore\":\"nowhere\",\"credHelpers\":{\"%s\":\"nowhere\"}}";
        Files.writeString(nowhere, one.formatted(registry.name()));
        environment.put("DOCKER_CONFIG", nowhere.getParent().toString());
        environment.put("REGISTRY_AUTH_FILE", nowhere.toString());
      }
      var target = trouble.at().replace("HOST", registry.name());
      return tools.push(
          tool, new Push(trouble.image(), target, trouble.speaking(), trouble.user(), environment));
    }
  }

  /**
   * An address that the Engine does not take for its own machine: there it wants no certificate.
   */
  private static String outside() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(one -> one instanceof Inet4Address && !one.isLoopbackAddress())
        .map(InetAddress::getHostAddress)
        .findFirst()
        .orElse("127.0.0.1");
  }

  private Settings settings(Trouble trouble, String address) throws IOException {
    var settings = Settings.plain().at(new InetSocketAddress(InetAddress.getByName(address), 0));
    settings =
        switch (trouble.signIn()) {
          case "basic" -> settings.with(new Auth.Basic(USERS, false));
          case "bearer" ->
              settings.with(new Auth.Bearer(USERS, false, Duration.ofMinutes(5), Auth.Form.OPAQUE));
          default -> settings;
        };
    trouble.faults().forEach(settings.faults()::add);
    return identity(trouble.end(), address).map(settings::with).orElse(settings);
  }

  private Optional<Identity> identity(End end, String address) {
    var names = List.of(address);
    var now = Instant.now();
    return switch (end) {
      case REGISTRY, PROXY, CREDENTIAL_HELPER, NOTHING -> Optional.empty();
      case UNTRUSTED -> Optional.of(Authority.make("other").issue(names));
      case OTHER_NAME -> Optional.of(authority.issue(List.of("registry.example")));
      case EXPIRED ->
          Optional.of(
              authority.issue(names, now.minus(9, ChronoUnit.DAYS), now.minus(1, ChronoUnit.DAYS)));
      case FUTURE ->
          Optional.of(
              authority.issue(names, now.plus(1, ChronoUnit.DAYS), now.plus(9, ChronoUnit.DAYS)));
    };
  }

  /** A proxy that wants a password, and says so with a page, until its port is closed. */
  private static void refuse(ServerSocket proxy) {
    var page = "<html><body>Proxy Authentication Required</body></html>";
    var answer =
        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=x\r\n"
            + "Content-Type: text/html\r\nConnection: close\r\nContent-Length: "
            + page.length()
            + "\r\n\r\n"
            + page;
    while (!proxy.isClosed()) {
      try (var asked = proxy.accept()) {
        var got = asked.getInputStream().read(new byte[4096]);
        if (got > 0) {
          asked.getOutputStream().write(answer.getBytes(US_ASCII));
        }
      } catch (IOException _) {
        continue; // closed, or the client went away
      }
    }
  }
}
