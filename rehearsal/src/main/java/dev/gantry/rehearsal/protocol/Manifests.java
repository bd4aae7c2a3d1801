package dev.gantry.rehearsal.protocol;

import com.google.gson.JsonObject;
import dev.gantry.http.Body;
import dev.gantry.http.Headers;
import dev.gantry.rehearsal.store.Digest;
import dev.gantry.rehearsal.store.InvalidManifest;
import dev.gantry.rehearsal.store.ManifestText;
import dev.gantry.rehearsal.store.Store;
import dev.gantry.rehearsal.store.StoredManifest;
import dev.gantry.rehearsal.store.StoredRepository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Pulling, pushing and deleting manifests and tags. */
final class Manifests {
  private final Supplier<Store> store;
  private final Habits habits;
  private final Rules rules;

  Manifests(Supplier<Store> store, Habits habits, Rules rules) {
    this.store = store;
    this.habits = habits;
    this.rules = rules;
  }

  Reply pull(Asked asked, Route.Manifest route) throws Refusal {
    var repository = store.get().repository(route.repository()).orElseThrow(() -> unknown(route));
    var manifest = find(repository, route).orElseThrow(() -> unknown(route));
    var digest = manifest.digest();
    var headers =
        Headers.of(
            "Content-Type", manifest.mediaType(),
            "Docker-Content-Digest", digest.toString(),
            "ETag", "\"" + digest + "\"");
    if (Blobs.matches(asked.headers().first("If-None-Match"), digest)) {
      return Reply.empty(304, headers.without("Content-Type"));
    }
    return new Reply(
        200, headers, new Body.FileRegion(repository.content(digest), 0, manifest.size()));
  }

  private Optional<StoredManifest> find(StoredRepository repository, Route.Manifest route) {
    return route.byDigest()
        ? Digest.parse(route.reference()).flatMap(repository::manifest)
        : repository.tag(own(repository, route.reference())).flatMap(repository::manifest);
  }

  /** The tag as the repository has it, where letter case makes no difference. */
  private String own(StoredRepository repository, String tag) {
    return habits.foldsTags()
        ? repository.tags().stream().filter(tag::equalsIgnoreCase).findFirst().orElse(tag)
        : tag;
  }

  Reply put(Asked asked, Route.Manifest route) throws Refusal, IOException {
    var tags = tags(asked, route);
    var bytes = bytes(asked);
    var type = ManifestText.type(asked.headers().first("Content-Type").orElse(""));
    // Before the digest, as distribution and zot do; it decides which of two refusals is seen.
    requireType(type);
    var digest = digest(asked, route, bytes);
    StoredManifest manifest;
    try {
      manifest = ManifestText.read(digest, type, bytes);
    } catch (InvalidManifest e) {
      throw invalid(e, type);
    }
    if (!habits.missingChildrenTaken()) {
      requireChildren(route.repository(), manifest);
    }
    rules.manifest(route.repository(), manifest);
    var repository = store.get().repositoryToWrite(route.repository());
    // One at a time per repository, so that nothing changes between a condition and its tag.
    synchronized (repository) {
      tags.replaceAll(tag -> own(repository, tag));
      for (var tag : tags) {
        requireCondition(asked, repository, tag);
        rules.tag(route.repository(), tag, repository.tag(tag), Optional.of(digest));
      }
      repository.addManifest(manifest, bytes);
      for (var tag : tags) {
        repository.point(tag, digest);
      }
    }
    return Reply.empty(201, createdHeaders(asked, route, manifest, tags));
  }

  private void requireType(String type) throws Refusal {
    if (type.isEmpty()) {
      return;
    }
    try {
      ManifestText.requireAccepted(type);
    } catch (InvalidManifest e) {
      throw invalid(e, type);
    }
    rules.mediaType(type);
  }

  private static Refusal invalid(InvalidManifest reason, String type) {
    var situation = reason.typeRefused() ? "media-type" : "manifest-invalid";
    return new Refusal(situation, 400, "MANIFEST_INVALID", String.valueOf(reason.getMessage()))
        .about("type", type);
  }

  private Headers createdHeaders(
      Asked asked, Route.Manifest route, StoredManifest manifest, List<String> tags) {
    var path = "/v2/" + route.repository() + "/manifests/" + manifest.digest();
    var headers =
        Headers.of(
            "Location", Api.location(habits, asked, path),
            "Docker-Content-Digest", manifest.digest().toString());
    if (manifest.subject().isPresent() && habits.referrers()) {
      headers = headers.plus("OCI-Subject", manifest.subject().get().toString());
    }
    if (route.byDigest()) {
      for (var tag : tags) {
        headers = headers.plus("OCI-Tag", tag);
      }
    }
    return headers;
  }

  /** The tags to point: the reference itself, or the parameters beside a digest. */
  private List<String> tags(Asked asked, Route.Manifest route) throws Refusal {
    var tags = new ArrayList<String>();
    if (!route.byDigest()) {
      tags.add(route.reference());
    } else if (habits.tagParameters()) {
      tags.addAll(asked.query().all("tag"));
    }
    for (var tag : tags) {
      if (!Route.isTag(tag)) {
        throw new Refusal("tag-invalid", 400, "TAG_INVALID", "not a tag: " + tag).about("tag", tag);
      }
    }
    return tags;
  }

  private byte[] bytes(Asked asked) throws Refusal, IOException {
    long limit = habits.manifestLimit();
    if (asked.exchange().bodyLength().orElse(0) > limit) {
      throw tooLarge(limit);
    }
    var bytes = asked.body().readNBytes(Math.toIntExact(limit) + 1);
    if (bytes.length > limit) {
      throw tooLarge(limit);
    }
    return bytes;
  }

  private static Refusal tooLarge(long limit) {
    return new Refusal(
        "manifest-too-large",
        413,
        "MANIFEST_INVALID",
        "a manifest has at most " + limit + " bytes");
  }

  private static Digest digest(Asked asked, Route.Manifest route, byte[] bytes) throws Refusal {
    var stated = route.byDigest() ? Optional.of(route.reference()) : asked.query().first("digest");
    if (stated.isEmpty()) {
      return Digest.of(Digest.Algorithm.SHA256, bytes);
    }
    var wanted = Api.digest(stated.get());
    var actual = Digest.of(wanted.algorithm(), bytes);
    if (!actual.equals(wanted)) {
      throw new Refusal(
              "digest-mismatch",
              400,
              "DIGEST_INVALID",
              "provided digest did not match uploaded content")
          .about("digest", actual.toString());
    }
    return actual;
  }

  private void requireChildren(String name, StoredManifest manifest) throws Refusal {
    var repository = store.get().repository(name);
    var missing = new ArrayList<Problem>();
    for (var child : manifest.children()) {
      var found =
          Digest.parse(child.digest())
              .filter(digest -> repository.filter(held -> held.holds(digest)).isPresent());
      if (child.distributable() && found.isEmpty()) {
        var detail = new JsonObject();
        detail.addProperty("digest", child.digest());
        missing.add(
            new Problem(
                "MANIFEST_BLOB_UNKNOWN",
                "manifest references a manifest or blob unknown to registry",
                Optional.of(detail)));
      }
    }
    if (!missing.isEmpty()) {
      throw new Refusal("blob-not-in-repository", 404, Headers.NONE, missing);
    }
  }

  /** Conditions on what a tag points at (RFC 9110 section 13.1). */
  private static void requireCondition(Asked asked, StoredRepository repository, String tag)
      throws Refusal {
    var present = repository.tag(tag);
    var match = asked.headers().first("If-Match");
    boolean matches =
        match.isEmpty() || present.filter(digest -> Blobs.matches(match, digest)).isPresent();
    var noneMatch = asked.headers().first("If-None-Match");
    boolean differs = present.filter(digest -> Blobs.matches(noneMatch, digest)).isEmpty();
    if (!matches || !differs) {
      throw new Refusal("condition", 412, "DENIED", "the tag " + tag + " points at something else");
    }
  }

  Reply delete(Route.Manifest route) throws Refusal, IOException {
    var repository =
        store
            .get()
            .repository(route.repository())
            .orElseThrow(() -> Api.unknownRepository(route.repository()));
    boolean removed;
    if (route.byDigest()) {
      removed = removed(repository, Api.digest(route.reference()));
    } else {
      var tag = own(repository, route.reference());
      rules.tag(route.repository(), tag, repository.tag(tag), Optional.empty());
      removed = repository.removeTag(tag);
    }
    if (!removed) {
      throw unknown(route);
    }
    return Reply.empty(202, Headers.NONE);
  }

  private boolean removed(StoredRepository repository, Digest digest) throws Refusal, IOException {
    synchronized (repository) {
      for (var tag : repository.tags()) {
        if (repository.tag(tag).equals(Optional.of(digest))) {
          rules.tag(repository.name(), tag, Optional.of(digest), Optional.empty());
        }
      }
      return repository.removeManifest(digest);
    }
  }

  private static Refusal unknown(Route.Manifest route) {
    return new Refusal("manifest-missing", 404, "MANIFEST_UNKNOWN", "manifest unknown to registry")
        .about(route.byDigest() ? "digest" : "tag", route.reference());
  }
}
