package dev.gantry.rehearsal.likeness;

import dev.gantry.rehearsal.auth.Auth;
import dev.gantry.rehearsal.auth.User;
import dev.gantry.rehearsal.protocol.Asked;
import dev.gantry.rehearsal.protocol.Habits;
import dev.gantry.rehearsal.protocol.Refusal;
import dev.gantry.rehearsal.protocol.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * One kind of registry, as far as the registry book knows it: its habits, its words, its sign-in.
 */
public final class Likeness {
  /** What most token endpoints give. */
  private static final Duration USUAL_LIFE = Duration.ofMinutes(5);

  private final Kind kind;
  private final Wording wording;
  private final Set<String> notes = new ConcurrentSkipListSet<>();

  private Likeness(Kind kind) {
    this.kind = kind;
    this.wording = new Wording(kind, Book.kind(Book.SPECIFICATION), notes::add);
  }

  /** A registry by the specification and nothing else. */
  public static Likeness plain() {
    return of(Book.SPECIFICATION);
  }

  /**
   * The likeness of this kind, by its name in the book or another word for it.
   *
   * @throws IllegalArgumentException listing the kinds, if there is none
   */
  public static Likeness of(String name) {
    return new Likeness(Book.kind(name));
  }

  /** The kind's name in the book. */
  public String name() {
    return kind.name();
  }

  Kind kind() {
    return kind;
  }

  boolean isPlain() {
    return kind.name().equals(Book.SPECIFICATION);
  }

  /** What was needed so far and is not known of this kind, and what the book looked for in vain. */
  public List<String> notes() {
    var all = new ArrayList<>(notes);
    kind.unknown().forEach(what -> all.add("not known of " + name() + ": " + what));
    return List.copyOf(all);
  }

  void note(String text) {
    notes.add(text);
  }

  /** A refusal in the words of this kind. */
  public Reply reply(Refusal refusal, Optional<Asked> asked) {
    return isPlain() ? refusal.reply() : wording.of(refusal, asked);
  }

  /** A refusal of the token endpoint in the words of this kind. */
  public Reply replyAtToken(Refusal refusal) {
    return isPlain() ? refusal.reply() : wording.ofToken(refusal);
  }

  /**
   * The habits of this kind; where the book does not know, those given stay, except that nothing
   * optional is offered which nobody saw the kind offer.
   */
  public Habits habits(Habits given) {
    if (isPlain()) {
      return given;
    }
    return new Habits(
        given.chunkMin(),
        kind.number("upload", "single-post").map(status -> status == 201).orElse(false),
        false,
        kind.text("upload", "mount").map("yes"::equals).orElse(given.mounts()),
        given.absoluteLocations(),
        kind.text("upload", "order").map("unchecked"::equals).orElse(given.outOfOrderTaken()),
        kind.text("upload", "after-cut").map("lost"::equals).orElse(given.cutLosesSession()),
        given.missingChildrenTaken(),
        kind.number("limits", "manifest-bytes").orElse(given.manifestLimit()),
        kind.flag("content", "referrers").orElse(given.referrers()),
        kind.number("limits", "tags-per-put").isPresent(),
        kind.number("upload", "chunk-status").map(Math::toIntExact).orElse(given.chunkStatus()),
        kind.text("upload", "leaves").map("repository"::equals).orElse(false),
        kind.flag("tags", "case-sensitive").map(sensitive -> !sensitive).orElse(given.foldsTags()));
  }

  /** The path of its token endpoint, put onto this registry's own host. */
  public Optional<String> tokenPath() {
    return kind.text("auth", "realm")
        .filter(realm -> realm.startsWith("http"))
        .map(realm -> URI.create(realm.replace("{host}", "host.invalid")).getPath())
        .filter(path -> path.length() > 1);
  }

  /** The service in its challenge; {@code {host}} stands for the registry's host. */
  public Optional<String> service() {
    return kind.text("auth", "service");
  }

  /**
   * How it is signed in to, for these users: with its scheme, and its tokens' form and life where
   * they are known.
   */
  public Auth auth(List<User> users, boolean anonymousPull) {
    if (kind.text("auth", "scheme").equals(Optional.of("basic"))) {
      return new Auth.Basic(users, anonymousPull);
    }
    var form =
        kind.text("auth", "token-shape").equals(Optional.of("jwt"))
            ? Auth.Form.ES256
            : Auth.Form.OPAQUE;
    return new Auth.Bearer(users, anonymousPull, tokenLife().orElse(USUAL_LIFE), form);
  }

  /** How long its tokens are good for. */
  public Optional<Duration> tokenLife() {
    return kind.number("auth", "token-seconds").map(Duration::ofSeconds);
  }
}
