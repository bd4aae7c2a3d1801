package dev.gantry.rehearsal.likeness;

import dev.gantry.rehearsal.auth.TokenRules;
import dev.gantry.rehearsal.protocol.Refusal;
import dev.gantry.rehearsal.store.Store;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What the token endpoint of a kind of registry does in a given state. */
public final class LikenessTokens implements TokenRules {
  private final Kind kind;
  private final Seed seed;
  private final Supplier<Store> store;

  /**
   * @param store asked anew each time, since a restart replaces it
   */
  public LikenessTokens(Likeness likeness, Seed seed, Supplier<Store> store) {
    this.kind = likeness.kind();
    this.seed = seed;
    this.store = store;
  }

  @Override
  public void scope(String repository, Set<String> asked) throws Refusal {
    var seeded = seed.of(repository);
    if (seeded.isPresent()) {
      for (var situation : seeded.get().refuse()) {
        var recorded = kind.answerAt(situation, Wording.TOKEN);
        if (recorded.isPresent()) {
          throw refusal(situation, 403, "DENIED", "the seed says " + situation, repository);
        }
      }
    }
    var known = kind.texts("auth", "scope-actions");
    if (!known.isEmpty() && !known.containsAll(asked)) {
      throw refusal("scope-refused", 400, "UNSUPPORTED", "no such action", repository);
    }
  }

  @Override
  public Optional<Set<String>> actions(String repository, Set<String> asked, Set<String> allowed)
      throws Refusal, IOException {
    var otherwise = kind.text("auth", "without-right").orElse("");
    // Where rights are looked up, nobody has one in what is not there; elsewhere it is not known.
    boolean nothing = otherwise.endsWith("entry") && seed.lacks(repository);
    var rights = nothing ? Set.<String>of() : allowed;
    var granted = TokenRules.both(asked, rights);
    if (otherwise.equals("refused") && !granted.containsAll(asked)) {
      throw refusal("no-push", 403, "DENIED", "not all of it is allowed", repository);
    }
    if (otherwise.equals("no-entry") && granted.isEmpty()) {
      return Optional.empty();
    }
    if (granted.contains("push") && is("token-makes-repository")) {
      var _ = store.get().repositoryToWrite(repository);
    }
    return Optional.of(is("token-lists-all") ? new TreeSet<>(rights) : granted);
  }

  private boolean is(String fact) {
    return kind.flag("auth", fact).orElse(false);
  }

  private static Refusal refusal(
      String situation, int status, String code, String message, String repository) {
    return new Refusal(situation, status, code, message).about("repository", repository);
  }
}
