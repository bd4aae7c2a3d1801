package dev.gantry.cli;

import dev.gantry.Surroundings;
import dev.gantry.Wiring;
import dev.gantry.event.Event;
import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.http.Identity;
import dev.gantry.http.Pem;
import dev.gantry.http.Tls;
import dev.gantry.oci.Registry;
import dev.gantry.rules.Book;
import dev.gantry.rules.Registries;
import dev.gantry.rules.RegistriesFile;
import dev.gantry.wire.Terms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How registries are reached in one run: by the options that all commands share which speak to one,
 * by a team's registries file and by the environment.
 *
 * @param plain registries that speak plain HTTP
 * @param timeout how long the whole run may take
 */
record Access(
    Book book,
    Registries registries,
    Set<String> plain,
    Tls tls,
    Optional<Path> authFile,
    Optional<Duration> timeout,
    Map<String, String> environment) {

  /** The same options for every command that speaks to a registry. */
  static Form options(Form form) {
    return form.list(
            "--plain-http",
            "HOST",
            new Text(
                "speak plain HTTP to this host (loopback addresses need no word)",
                "以明文 HTTP 访问该主机（本机地址无需声明）"))
        .list(
            "--ca",
            "[HOST=]FILE",
            new Text(
                "trust the certificates in this PEM file, for one host or all",
                "信任该 PEM 文件中的证书（可限定主机）"))
        .list(
            "--client-cert",
            "HOST=CERT,KEY",
            new Text("show this certificate to a host (PEM files)", "向该主机出示客户端证书（PEM 文件）"))
        .list("--insecure", "HOST", new Text("believe any certificate of this host", "接受该主机的任何证书"))
        .option(
            "--auth-file",
            "FILE",
            new Text(
                "find credentials in this file only (as config.json or auth.json)",
                "只从该文件读取凭据（config.json 或 auth.json 格式）"))
        .option(
            "--registries",
            "FILE",
            new Text(
                "the team's own registries (default: registries.yaml here, then in the config"
                    + " folder)",
                "团队自有仓库清单（默认：当前目录的 registries.yaml，其次配置目录）"))
        .option(
            "--timeout",
            "TIME",
            new Text("give up after this long: 90s, 5m, 1h", "超过该时间即放弃：90s、5m、1h"));
  }

  /** Reads the options, and the files that they name. */
  static Access of(Given given, Terminal terminal) {
    var book = Book.open();
    var registries = registries(given, terminal, book);
    var plain = new HashSet<>(given.texts("--plain-http"));
    for (var entry : registries.entries()) {
      if (entry.plainHttp()) {
        plain.add(entry.registry().toString());
      }
    }
    return new Access(
        book,
        registries,
        Set.copyOf(plain),
        tls(given, registries),
        given.path("--auth-file"),
        given.duration("--timeout"),
        terminal.environment());
  }

  /** What a run finds around it, by these settings. */
  Surroundings around() {
    return new Surroundings(
        environment,
        home(environment),
        registries,
        plain,
        tls,
        authFile,
        Optional.empty(),
        Optional.empty(),
        Terms.USUAL_CONCURRENCY,
        timeout);
  }

  /** The wiring of a run that asks or changes these registries. */
  Wiring wiring(Collection<Registry> registries, Consumer<Event> events) {
    return new Wiring(around(), registries, events);
  }

  /** The user's own folder. */
  static Path home(Map<String, String> environment) {
    return Path.of(environment.getOrDefault("HOME", "."));
  }

  /** The team's own registries: those of the file that is named, or of the one that is found. */
  static Registries registries(Given given, Terminal terminal, Book book) {
    var named = given.path("--registries");
    if (named.isPresent()) {
      return RegistriesFile.parse(text(named.get(), "--registries"), named.get(), book);
    }
    for (var place : RegistriesFile.candidates(Path.of(""), terminal.environment())) {
      if (Files.isRegularFile(place)) {
        return RegistriesFile.parse(text(place, "registries file"), place, book);
      }
    }
    return Registries.NONE;
  }

  private static Tls tls(Given given, Registries registries) {
    var all = new ArrayList<X509Certificate>();
    var hosts = new HashMap<String, Tls.Rules>();
    for (var word : given.texts("--ca")) {
      int equals = word.indexOf('=');
      var certificates = certificates(Path.of(word.substring(equals + 1)), "--ca");
      if (equals < 0) {
        all.addAll(certificates);
      } else {
        hosts.merge(
            word.substring(0, equals),
            Tls.Rules.DEFAULT.trusting(certificates),
            (a, b) -> a.trusting(joined(a.authorities(), b.authorities())));
      }
    }
    for (var entry : registries.entries()) {
      var host = entry.registry().toString();
      entry
          .authority()
          .ifPresent(file ->
              hosts.merge(
                  host,
                  Tls.Rules.DEFAULT.trusting(certificates(file, "ca-file of " + entry.name())),
                  (a, b) -> a.trusting(joined(a.authorities(), b.authorities()))));
      if (entry.insecure()) {
        hosts.put(host, hosts.getOrDefault(host, Tls.Rules.DEFAULT).unchecked());
      }
    }
    for (var word : given.texts("--client-cert")) {
      var shown = clientCertificate(word);
      var host = word.substring(0, word.indexOf('='));
      hosts.put(host, hosts.getOrDefault(host, Tls.Rules.DEFAULT).as(shown));
    }
    for (var host : given.texts("--insecure")) {
      hosts.put(host, hosts.getOrDefault(host, Tls.Rules.DEFAULT).unchecked());
    }
    // What is trusted everywhere is trusted by the hosts with rules of their own too.
    hosts.replaceAll((_, rules) -> rules.trusting(joined(rules.authorities(), all)));
    return new Tls(hosts, Tls.Rules.DEFAULT.trusting(all));
  }

  private static List<X509Certificate> joined(
      List<X509Certificate> some, List<X509Certificate> more) {
    var both = new ArrayList<>(some);
    both.addAll(more);
    return both;
  }

  private static Identity clientCertificate(String word) {
    int equals = word.indexOf('=');
    int comma = word.indexOf(',', equals + 1);
    if (equals < 1 || comma < 0) {
      throw Misuse.of(
          new Text("--client-cert is '{0}'", "--client-cert 的值是“{0}”"),
          new Text("write HOST=CERT.pem,KEY.pem", "请写成 HOST=CERT.pem,KEY.pem"),
          word);
    }
    var certificate = Path.of(word.substring(equals + 1, comma));
    var key = Path.of(word.substring(comma + 1));
    try {
      return Identity.ofPem(text(certificate, "--client-cert"), text(key, "--client-cert"));
    } catch (IllegalArgumentException e) {
      throw refused(
          "net.tls-other",
          "the client certificate cannot be used: " + e.getMessage(),
          word,
          "give a PEM certificate and an unencrypted PEM key");
    }
  }

  private static List<X509Certificate> certificates(Path file, String option) {
    try {
      return Pem.certificates(text(file, option));
    } catch (IllegalArgumentException e) {
      throw refused(
          "net.tls-trust",
          "no certificate in the file: " + e.getMessage(),
          option + " " + file,
          "give a file with -----BEGIN CERTIFICATE-----");
    }
  }

  private static String text(Path file, String option) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw refused(
          "other",
          "the file cannot be read: " + e.getMessage(),
          option + " " + file,
          "check the path and its permissions");
    }
  }

  /** A refusal of what was given, before anything was asked of a registry. */
  static PublishException refused(String cause, String what, String where, String todo) {
    return new PublishException(
        new Failure.Refused(Failure.Stage.REQUEST, new Failure.Problem(cause, what, where, todo)));
  }
}
