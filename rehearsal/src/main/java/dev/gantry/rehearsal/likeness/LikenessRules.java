package dev.gantry.rehearsal.likeness;

import dev.gantry.http.Headers;
import dev.gantry.rehearsal.protocol.Access;
import dev.gantry.rehearsal.protocol.Asked;
import dev.gantry.rehearsal.protocol.Operation;
import dev.gantry.rehearsal.protocol.Problem;
import dev.gantry.rehearsal.protocol.Refusal;
import dev.gantry.rehearsal.protocol.Rules;
import dev.gantry.rehearsal.store.Digest;
import dev.gantry.rehearsal.store.ManifestText;
import dev.gantry.rehearsal.store.StoredManifest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The rules of a kind of registry in a given state, asked before every change. */
public final class LikenessRules implements Rules {
  private final Likeness likeness;
  private final Kind kind;
  private final Seed seed;
  private final LongSupplier stored;
  private final RateWindow rate;

  /**
   * @param stored bytes in the store now
   */
  public LikenessRules(Likeness likeness, Seed seed, LongSupplier stored, InstantSource clock) {
    this.likeness = likeness;
    this.kind = likeness.kind();
    this.seed = seed;
    this.stored = stored;
    this.rate = new RateWindow(seed.rate(), clock);
  }

  @Override
  public void request(Asked asked, Access access) throws Refusal {
    requireRate(asked);
    if (asked.repository().isPresent()) {
      var name = asked.repository().get();
      PathRules.check(kind, name);
      requireSeeded(asked, name);
      requirePresence(asked, name);
    }
    if (asked.operation().writes() && seed.readOnly()) {
      throw refusal("read-only", 405, "UNSUPPORTED", "the registry is read-only");
    }
    requireQuota(asked.operation(), 0);
    requireOffered(asked, access);
  }

  private void requireRate(Asked asked) throws Refusal {
    long wait = rate.take();
    if (wait > 0) {
      throw new Refusal(
              "rate-limit",
              429,
              headersOfRate(asked, wait),
              List.of(new Problem("TOOMANYREQUESTS", "too many requests")))
          .about("wait", wait + "s")
          .about("count", String.valueOf(seed.rate().map(Seed.Rate::requests).orElse(0L)));
    }
  }

  /** The specification wants Retry-After; a kind whose answer is recorded without gets none. */
  private Headers headersOfRate(Asked asked, long wait) {
    var recorded = kind.answer("rate-limit", Wording.step(asked.operation()));
    return recorded.isPresent() && !likeness.isPlain()
        ? Headers.NONE
        : Headers.of("Retry-After", Long.toString(wait));
  }

  private void requireSeeded(Asked asked, String name) throws Refusal {
    var seeded = seed.of(name);
    if (seeded.isEmpty()) {
      return;
    }
    var step = Wording.step(asked.operation());
    for (var situation : seeded.get().refuse()) {
      var recorded = kind.answer(situation, step);
      boolean here =
          recorded
              .map(answer -> answer.step().equals(step) || answer.step().equals("any"))
              .orElse(asked.operation() == Operation.OPEN_UPLOAD);
      if (here) {
        throw refusal(
            situation,
            recorded.flatMap(Recorded::status).orElse(403),
            recorded.flatMap(Recorded::code).orElse("DENIED"),
            "the seed says " + situation);
      }
    }
    if (!asked.operation().writes()) {
      return;
    }
    if (seeded.get().deleted()) {
      throw refusal("package-deleted", 403, "DENIED", "the package was deleted");
    }
    if (seeded.get().linkedTo().isPresent() || seeded.get().unlinked()) {
      throw refusal("package-access", 403, "DENIED", "the package belongs to another repository");
    }
  }

  /** What has to be made by hand is missing if the seed says so; nothing else is assumed. */
  private void requirePresence(Asked asked, String name) throws Refusal {
    if (!seed.lacks(name)) {
      if (asked.operation() == Operation.OPEN_UPLOAD && seed.exists().isEmpty()) {
        for (var what : kind.madeByHand()) {
          likeness.note("assumed that the %s of %s is there".formatted(what, name));
        }
      }
      return;
    }
    if (!asked.operation().writes() && likeness.isPlain()) {
      return;
    }
    throw missing();
  }

  /**
   * What is refused in place of a missing right: a project that is not there, where the kind has
   * words for it. Harbor looks for the project first, and its tokens have no rights in none.
   */
  public Refusal insteadOf(Refusal refusal, Optional<Asked> asked) {
    boolean missing = asked.flatMap(Asked::repository).filter(seed::lacks).isPresent();
    return refusal.situation().equals("no-push") && missing && knowsProjects()
        ? missing()
        : refusal;
  }

  private Refusal missing() {
    var situation = knowsProjects() ? "project-missing" : "repository-missing";
    return refusal(situation, 404, "NAME_UNKNOWN", "repository name not known to registry");
  }

  private boolean knowsProjects() {
    return kind.answers().stream().anyMatch(answer -> answer.when().equals("project-missing"));
  }

  private void requireOffered(Asked asked, Access access) throws Refusal {
    switch (asked.operation()) {
      case DELETE_MANIFEST -> requireStatus("delete", "manifest", "delete-refused");
      case DELETE_TAG -> requireStatus("delete", "tag", "tag-delete-refused");
      case CANCEL_UPLOAD -> {
        requireStatus("upload", "cancel", "cancel-refused");
        var needs = kind.text("upload", "cancel-needs");
        if (needs.isPresent() && !access.allows(asked.repository().orElse(""), needs.get())) {
          throw refusal("no-push", 401, "UNAUTHORIZED", "the upload may not be cancelled");
        }
      }
      case CHUNK -> requireChunk(asked);
      case CATALOG -> {
        if (kind.answer("catalog-refused", "catalog").isPresent()) {
          throw refusal("catalog-refused", 401, "UNAUTHORIZED", "no catalog");
        }
        requirePage(asked);
      }
      case PUT_MANIFEST -> requireTagCount(asked);
      case PING,
          LIST_TAGS,
          LIST_REFERRERS,
          PULL_MANIFEST,
          PULL_BLOB,
          OPEN_UPLOAD,
          MOUNT,
          FINISH_UPLOAD,
          UPLOAD_STATUS,
          DELETE_BLOB -> {
        // Nothing in the book refuses these as such.
      }
    }
  }

  private void requireStatus(String section, String fact, String situation) throws Refusal {
    var status = kind.number(section, fact);
    if (status.isPresent() && status.get() >= 400) {
      throw refusal(
          situation, Math.toIntExact(status.get()), "UNSUPPORTED", "the operation is unsupported");
    }
  }

  /**
   * The largest chunk. Clients that stream a whole layer by one PATCH without Content-Range are let
   * through, since they are known to work where the limit was seen.
   */
  private void requireChunk(Asked asked) throws Refusal {
    var limit = kind.number("limits", "chunk-max-bytes");
    boolean known = kind.answer("chunk-too-large", "upload-chunk").isPresent();
    long length = asked.exchange().bodyLength().orElse(0);
    if (known
        && limit.isPresent()
        && asked.headers().has("Content-Range")
        && length > limit.get()) {
      throw refusal("chunk-too-large", 413, "SIZE_INVALID", "the chunk is too large");
    }
  }

  private void requirePage(Asked asked) throws Refusal {
    var limit = kind.number("limits", "page");
    var n = asked.query().first("n").filter(text -> text.matches("[0-9]{1,9}"));
    if (limit.isPresent() && n.isPresent() && Long.parseLong(n.get()) > limit.get()) {
      throw refusal("page-too-large", 400, "PAGINATION_NUMBER_INVALID", "the page is too large")
          .about("count", n.get());
    }
  }

  private void requireTagCount(Asked asked) throws Refusal {
    var limit = kind.number("limits", "tags-per-put");
    if (limit.isPresent() && asked.query().all("tag").size() > limit.get()) {
      throw refusal("tags-per-put", 414, "UNSUPPORTED", "at most " + limit.get() + " tags at once");
    }
  }

  private void requireQuota(Operation operation, long more) throws Refusal {
    if (seed.quota().isEmpty()) {
      return;
    }
    var quota = seed.quota().get();
    boolean opens = operation == Operation.OPEN_UPLOAD || operation == Operation.MOUNT;
    long used = Math.addExact(quota.used(), stored.getAsLong());
    boolean full = opens ? used >= quota.limit() : used + more > quota.limit();
    if (full && (opens || more > 0)) {
      throw refusal("quota", 403, "DENIED", "the quota is used up")
          .about("asked", more + " B")
          .about("used", used + " B")
          .about("limit", quota.limit() + " B");
    }
  }

  @Override
  public void blob(String repository, long size) throws Refusal {
    var limit =
        kind.number("limits", "layer-bytes").filter(_ -> kind.blocks("limits", "layer-bytes"));
    if (limit.isPresent() && size > limit.get()) {
      throw refusal("body-too-large", 413, "SIZE_INVALID", "a blob has at most " + limit.get());
    }
  }

  @Override
  public void manifest(String repository, StoredManifest manifest) throws Refusal {
    requireQuota(Operation.PUT_MANIFEST, manifest.size());
    mediaType(manifest.mediaType());
  }

  @Override
  public void mediaType(String type) throws Refusal {
    boolean docker =
        type.equals(ManifestText.DOCKER_IMAGE) || type.equals(ManifestText.DOCKER_LIST);
    boolean index = type.equals(ManifestText.OCI_INDEX) || type.equals(ManifestText.DOCKER_LIST);
    if ((docker && refused("docker"))
        || (!docker && refused("oci"))
        || (index && refused("index"))) {
      throw refusal("media-type", 415, "MANIFEST_INVALID", "the media type is not accepted")
          .about("type", type);
    }
  }

  private boolean refused(String content) {
    return kind.flag("content", content).equals(Optional.of(false));
  }

  @Override
  public void tag(String repository, String tag, Optional<Digest> from, Optional<Digest> to)
      throws Refusal {
    var pattern = kind.text("tags", "pattern").filter(_ -> kind.blocks("tags", "pattern"));
    if (pattern.isPresent() && !tag.matches(pattern.get())) {
      throw refusal("tag-invalid", 400, "TAG_INVALID", "not a tag: " + tag).about("tag", tag);
    }
    var seeded = seed.of(repository);
    boolean immutable =
        seeded
            .map(facts -> facts.immutable() || facts.tags().getOrDefault(tag, false))
            .orElse(false);
    if (immutable && from.isPresent() && to.isPresent() && !from.equals(to)) {
      throw refusal("tag-immutable", 403, "DENIED", "the tag " + tag + " is immutable")
          .about("tag", tag);
    }
  }

  private static Refusal refusal(String situation, int status, String code, String message) {
    return new Refusal(situation, status, code, message);
  }
}
