package dev.gantry.source;

import dev.gantry.failure.PublishException;
import dev.gantry.oci.Json;
import dev.gantry.oci.Malformed;
import dev.gantry.oci.Reference;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The images that the Engine has, by name. */
final class EngineImages {
  private static final String MISSING = "name.local-image-missing";

  private final Engine engine;

  EngineImages(Engine engine) {
    this.engine = engine;
  }

  /** An image with the name by which the Engine is to be asked for it. */
  record Found(String name, Json.Obj inspected) {}

  /**
   * The image of this name or id. A name without a tag means its only tag, and nothing by default.
   *
   * @throws PublishException that says which images there are, the nearest first
   */
  Found find(String name) throws InterruptedException {
    var exact = isExact(name) ? Optional.of(name) : onlyTag(name);
    var asked = exact.orElse(name);
    var found = engine.get(Engine.path("/images/", asked, "/json"));
    if (found.isPresent() && found.get() instanceof Json.Obj json && meant(asked, json)) {
      return new Found(asked, json);
    }
    var names = names();
    var nearest =
        names.stream()
            .sorted(Comparator.comparingInt((String one) -> distance(one, name)))
            .limit(8)
            .toList();
    throw Refusal.of(
        MISSING,
        "No such image: " + name,
        engine.where(),
        nearest.isEmpty()
            ? "the Engine has no image with a name: build one, or load it"
            : "there are " + names.size() + ", nearest first: " + String.join(", ", nearest));
  }

  /** Without a tag the Engine would take {@code :latest}; an id, even a short one, has none. */
  private static boolean meant(String asked, Json.Obj json) {
    return isExact(asked)
        || json.text("Id").filter(id -> id.replace("sha256:", "").startsWith(asked)).isPresent();
  }

  private static boolean isExact(String name) {
    if (name.matches("(sha256:)?[0-9a-f]{64}")) {
      return true;
    }
    var reference = read(name);
    return reference.isPresent()
        && (reference.get().tag().isPresent() || reference.get().digest().isPresent());
  }

  private Optional<String> onlyTag(String name) throws InterruptedException {
    var wanted = read(name).map(Reference::repository);
    var tags =
        names().stream()
            .filter(
                one -> wanted.isPresent() && read(one).map(Reference::repository).equals(wanted))
            .sorted()
            .toList();
    if (tags.size() > 1) {
      throw Refusal.of(
          MISSING,
          "'" + name + "' has " + tags.size() + " tags, and none is named",
          engine.where(),
          "name one: " + String.join(", ", tags));
    }
    return tags.stream().findFirst();
  }

  private List<String> names() throws InterruptedException {
    return engine.get("/images/json").stream()
        .filter(Json.Arr.class::isInstance)
        .flatMap(all -> ((Json.Arr) all).objects().stream())
        .flatMap(image -> image.array("RepoTags").stream())
        .flatMap(tags -> tags.texts().stream())
        .filter(tag -> !tag.startsWith("<none>"))
        .distinct()
        .toList();
  }

  private static Optional<Reference> read(String name) {
    try {
      return Optional.of(Reference.parse(name));
    } catch (Malformed _) {
      return Optional.empty();
    }
  }

  /** How many letters have to be changed, added or left out (Levenshtein). */
  static int distance(String one, String other) {
    var row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      var corner = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        var change = corner + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        corner = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
