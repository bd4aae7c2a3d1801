package dev.gantry;

import dev.gantry.explain.Explanation;
import dev.gantry.explain.Probe;
import dev.gantry.explain.log.Facts;
import dev.gantry.explain.log.Hosts;
import dev.gantry.failure.Evidence;
import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.login.Credential;
import dev.gantry.oci.Repository;
import dev.gantry.rules.Book;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a failure of ours means, told with all that the front door knows: which registry it was by
 * name and kind, what the CI says of the run and, where two causes are alike, what one more request
 * answers.
 */
public final class Meaning {
  /** From here on no request is worth its while. */
  private static final double SURE = 0.85;

  /** Refusals of a right; anything else is not told apart by asking again. */
  private static final Set<Integer> REFUSALS = Set.of(401, 403);

  private static final Set<Failure.Stage> WRITING =
      Set.of(Failure.Stage.SURVEY, Failure.Stage.UPLOAD, Failure.Stage.COMMIT, Failure.Stage.POINT);

  private Meaning() {}

  /** What a failure means that no wiring is at hand for; nobody is asked. */
  public static Explanation of(Failure failure, Map<String, String> environment) {
    return Explanation.of(failure, new Facts(), RunFacts.of(environment));
  }

  /**
   * What the failure of a push means.
   *
   * @param written the repositories that were written to; the failure is told of the one it is
   *     about
   */
  static Explanation of(Failure failure, Wiring wiring, Collection<Repository> written) {
    var about =
        failure
            .seen()
            .flatMap(evidence -> about(evidence, wiring, written))
            .or(() -> written.stream().findFirst());
    var facts = new Facts();
    about.ifPresent(repository -> named(repository, wiring, facts));
    var plain = Explanation.of(failure, facts, RunFacts.of(wiring.around().environment()));
    return about.map(repository -> asked(plain, failure, wiring, repository)).orElse(plain);
  }

  /** The repository whose endpoint was asked, and whose path stands in the address. */
  private static Optional<Repository> about(
      Evidence evidence, Wiring wiring, Collection<Repository> written) {
    var there =
        written.stream()
            .filter(one -> wiring.endpoint(one.registry()).serves(evidence.url()))
            .toList();
    return there.stream()
        .filter(one -> evidence.url().getPath().startsWith("/v2/" + one.path() + "/"))
        .findFirst()
        .or(() -> there.stream().findFirst());
  }

  /** The name by which people know it, and its kind in the words of the signs and of the book. */
  private static void named(Repository repository, Wiring wiring, Facts facts) {
    var host = repository.registry().toString();
    facts.add("host", host);
    facts.add("path", repository.path());
    Hosts.kind(host).ifPresent(kind -> facts.add("registry", kind));
    var kind = wiring.rules(repository.registry()).kind();
    if (!kind.equals(Book.PLAIN)) {
      facts.add("registry", kind);
    }
  }

  /** Asks once more where that tells alike causes apart, and the credentials are at hand. */
  private static Explanation asked(
      Explanation plain, Failure failure, Wiring wiring, Repository repository) {
    var probe = plain.probe().filter(one -> worthwhile(one, plain, failure));
    if (probe.isEmpty()) {
      return plain;
    }
    try {
      return wiring.credential(repository) instanceof Credential.Anonymous
          ? plain
          : plain.with(new Prober(wiring).carryOut(probe.get()));
    } catch (PublishException _) {
      return plain; // the failure is told as it is; its sign-in is broken too
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return plain;
    }
  }

  private static boolean worthwhile(Probe probe, Explanation plain, Failure failure) {
    return failure instanceof Failure.Rejected(var stage, var evidence)
        && WRITING.contains(stage)
        && evidence.answer().filter(answer -> REFUSALS.contains(answer.status())).isPresent()
        && plain.best().confidence() < SURE
        && switch (probe.kind()) {
          case OPEN_UPLOAD_BESIDE, TOKEN -> true;
          // Only to hear what was not said: the same again would be answered with the same.
          case OPEN_UPLOAD -> evidence.answer().filter(Meaning::silent).isPresent();
          case SIGN_IN, MANIFEST, LOOK, PING -> false;
        };
  }

  private static boolean silent(Evidence.Answer answer) {
    return answer.errors().isEmpty() && answer.excerpt().isBlank();
  }
}
