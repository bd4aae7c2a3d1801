package dev.gantry;

import dev.gantry.explain.Probe;
import dev.gantry.explain.Probed;
import dev.gantry.explain.Words;
import dev.gantry.explain.log.Facts;
import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.login.Credential;
import dev.gantry.login.Grants;
import dev.gantry.oci.Malformed;
import dev.gantry.oci.MediaType;
import dev.gantry.oci.Reference;
import dev.gantry.oci.Registry;
import dev.gantry.oci.Repository;
import dev.gantry.registry.Probes;
import dev.gantry.rules.Book;
import dev.gantry.rules.RegistryRules;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Carries a probe out, with the credentials that a push from here would use. Nothing is written and
 * nothing is made: where asking alone would make a repository, it is not asked.
 */
public final class Prober {
  private static final Set<MediaType> INDEXES =
      Set.of(MediaType.IMAGE_INDEX, MediaType.DOCKER_LIST);

  private final Wiring wiring;

  public Prober(Wiring wiring) {
    this.wiring = wiring;
  }

  /** The registry that a probe is for; empty where its name is not known, or is none. */
  public static Optional<Registry> registry(Probe probe) {
    return repository(probe).map(Repository::registry);
  }

  /** A probe of the registry as a whole is given a path that is never asked for. */
  private static Optional<Repository> repository(Probe probe) {
    if (probe.host().isEmpty() || (probe.path().isEmpty() && probe.kind().needsPath())) {
      return Optional.empty();
    }
    var path = probe.path().isEmpty() ? "gantry/probe" : probe.path();
    try {
      var registry = Registry.parse(probe.host());
      var name = Book.open().host(registry).flatMap(Book.Host::instead).orElse(probe.host());
      return Optional.of(Reference.parse(name + "/" + path).repository());
    } catch (Malformed _) {
      return Optional.empty();
    }
  }

  /** Asks, and gives what was answered; never throws what a registry did. */
  public Probed carryOut(Probe probe) throws InterruptedException {
    var repository = repository(probe);
    if (repository.isEmpty()) {
      return new Probed.NotMade(probe, unknown(probe));
    }
    try {
      var reason = forbidden(probe, repository.get());
      return reason.isPresent()
          ? new Probed.NotMade(probe, reason.get())
          : made(probe, repository.get());
    } catch (PublishException e) {
      return failed(probe, repository.get().registry(), e.failure());
    }
  }

  private static Words unknown(Probe probe) {
    return probe.host().isEmpty()
        ? new Words(
            "not asked: the registry's name is not known (masked, or not in the log)",
            "未探测:不知道仓库主机名(被遮盖或日志中没有)")
        : new Words(
            "not asked: the repository's name is not known (masked, or not in the log)",
            "未探测:不知道镜像仓库路径(被遮盖或日志中没有)");
  }

  /** Why it is not to be asked: nothing to sign in with, or the asking alone makes something. */
  private Optional<Words> forbidden(Probe probe, Repository repository)
      throws InterruptedException {
    var registry = repository.registry();
    if (!probe.kind().needsCredentials()) {
      return Optional.empty();
    }
    if (wiring.credential(repository) instanceof Credential.Anonymous) {
      return Optional.of(
          new Words(
              "not asked: there are no credentials for "
                  + registry
                  + " here; sign in with: gantry login "
                  + registry,
              "未探测:本机没有 " + registry + " 的凭据,请先运行:gantry login " + registry));
    }
    var rules = wiring.rules(registry);
    return leaves(probe, rules)
        ? Optional.of(
            new Words(
                "not asked: at " + rules.name() + " the request alone may make a repository",
                "未探测:在 " + rules.name() + ",仅发出该请求就可能创建仓库"))
        : Optional.empty();
  }

  private static boolean leaves(Probe probe, RegistryRules rules) {
    if (probe.kind() == Probe.Kind.SIGN_IN) {
      return false;
    }
    var token = rules.auth().tokenMakesRepository().filter(fact -> fact.value()).isPresent();
    var left = rules.uploads().leaves().map(fact -> fact.value());
    return token
        || switch (probe.kind()) {
          // Of a name that nobody uses it must be known that nothing stays.
          case OPEN_UPLOAD_BESIDE -> !left.equals(Optional.of("nothing"));
          case OPEN_UPLOAD -> left.equals(Optional.of("repository"));
          case TOKEN, SIGN_IN, MANIFEST, LOOK, PING -> false;
        };
  }

  private Probed made(Probe probe, Repository repository) throws InterruptedException {
    return switch (probe.kind()) {
      case OPEN_UPLOAD_BESIDE -> opened(probe, beside(repository));
      case OPEN_UPLOAD -> opened(probe, repository);
      case SIGN_IN -> made(probe, List.of(wiring.targets().probes(repository).ping()), found());
      case TOKEN -> token(probe, repository);
      case MANIFEST -> manifest(probe, wiring.targets().probes(repository));
      case LOOK -> manifest(probe, wiring.strangers().probes(repository));
      case PING -> ping(probe, repository);
    };
  }

  private Probed opened(Probe probe, Repository repository) throws InterruptedException {
    var needs = wiring.rules(repository.registry()).uploads().cancelNeeds();
    var heard = wiring.targets().probes(repository).openUpload(needs.map(fact -> fact.value()));
    return made(probe, heard, found());
  }

  /** A name that nobody uses, with the same owner. */
  private Repository beside(Repository repository) {
    var fresh = new StringBuilder();
    wiring.random().ints(8, 0, 36).forEach(digit -> fresh.append(Character.forDigit(digit, 36)));
    return new Repository(repository.registry(), repository.path() + "-gantry-probe-" + fresh);
  }

  private Probed token(Probe probe, Repository repository) throws InterruptedException {
    var look = wiring.targets().probes(repository).token();
    var found = found();
    found.add("scheme", look.scheme());
    look.grants()
        .filter(Grants::readable)
        .ifPresentOrElse(
            grants -> found.add("grants", granted(grants.actions(repository.path()))),
            () -> found.add("grants", "unknown"));
    ClockSkew.seconds(look, wiring.clock().instant())
        .ifPresent(seconds -> found.add("skew", Long.toString(seconds)));
    var asked = look.asked().stream().map(one -> new Probed.Asked(one, Optional.empty())).toList();
    return new Probed.Made(probe, asked, found);
  }

  private static String granted(Set<String> actions) {
    if (actions.contains("push") || actions.contains("*")) {
      return "push";
    }
    return actions.contains("pull") ? "pull" : "nothing";
  }

  private Probed manifest(Probe probe, Probes probes) throws InterruptedException {
    var look = probes.manifest(probe.tag().isEmpty() ? "latest" : probe.tag());
    var found = found();
    var status = look.heard().getFirst().evidence().answer().map(one -> one.status()).orElse(0);
    if (look.mediaType().isPresent()) {
      var type = look.mediaType().get();
      found.add("media-type", type.value());
      found.add(
          "manifest",
          !look.missing().isEmpty() ? "child-missing" : INDEXES.contains(type) ? "index" : "image");
    } else if (status == 404) {
      found.add("manifest", "missing");
    }
    return made(probe, look.heard(), found);
  }

  private Probed ping(Probe probe, Repository repository) throws InterruptedException {
    var heard = wiring.strangers().probes(repository).ping();
    var found = found();
    var answer = heard.evidence().answer();
    var html =
        answer
            .filter(one ->
                one.headers().getOrDefault("content-type", List.of()).stream()
                        .anyMatch(type -> type.toLowerCase(Locale.ROOT).startsWith("text/html"))
                    && !one.headers().containsKey("docker-distribution-api-version"))
            .isPresent();
    if (html) {
      found.add("ping", "html");
    }
    return made(probe, List.of(heard), found);
  }

  private static Probed made(Probe probe, List<Probes.Heard> heard, Facts found) {
    var asked = heard.stream().map(one -> new Probed.Asked(one.evidence(), one.flaw())).toList();
    return new Probed.Made(probe, asked, found);
  }

  /** Within a CI the credentials are those of the run. */
  private Facts found() {
    var found = new Facts();
    return RunFacts.inCi(wiring.around().environment()) ? found.add("ci") : found;
  }

  /** A token server that refuses is an answer; a host that cannot be reached from here is none. */
  private Probed failed(Probe probe, Registry registry, Failure failure) {
    return switch (failure) {
      case Failure.Rejected(_, var evidence) ->
          new Probed.Made(probe, List.of(new Probed.Asked(evidence, Optional.empty())), found());
      case Failure.OffProtocol(_, var evidence, var rule) ->
          new Probed.Made(probe, List.of(new Probed.Asked(evidence, Optional.of(rule))), found());
      case Failure.Unreachable(_, var evidence, var why, _)
          when why == Failure.Why.HTTP_HTTPS && probe.kind() == Probe.Kind.PING ->
          new Probed.Made(
              probe,
              List.of(new Probed.Asked(evidence, Optional.empty())),
              found().add("ping", "plain"));
      case Failure.Unreachable(_, _, var why, var words) ->
          new Probed.NotMade(
              probe,
              new Words(
                  "no answer: "
                      + registry
                      + " cannot be reached from here ("
                      + why
                      + ": "
                      + words
                      + ")",
                  "没有应答:从本机无法访问 " + registry + "(" + why + ": " + words + ")"));
      case Failure.Refused refused -> {
        var problem = refused.problems().getFirst();
        var text = "not asked: " + problem.what() + "; " + problem.todo();
        yield new Probed.NotMade(probe, new Words(text, text));
      }
      case Failure.Cancelled _, Failure.OutOfTime _, Failure.Defect _ ->
          throw new PublishException(failure);
    };
  }
}
