package dev.gantry.source;

import dev.gantry.failure.PublishException;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds the one image of an index, nested ones too, that is for a platform. */
public final class PlatformPick {
  /** Reads the manifest that a descriptor names. */
  @FunctionalInterface
  public interface Reading {
    Manifest manifest(Descriptor descriptor) throws IOException;
  }

  private static final int DEEPEST = 8;

  private record Candidate(Descriptor image, Optional<Platform> platform) {}

  private final Reading reading;
  private final Function<Descriptor, Optional<Platform>> platforms;
  private final String where;

  /**
   * A choice from what can be read here.
   *
   * @param platforms what an image is for, where an index does not say it
   * @param where the source's name for messages
   */
  public PlatformPick(
      Reading reading, Function<Descriptor, Optional<Platform>> platforms, String where) {
    this.reading = reading;
    this.platforms = platforms;
    this.where = where;
  }

  /**
   * The image for a platform.
   *
   * @throws PublishException that lists what is there, when none is for it or more than one
   */
  public Descriptor pick(Descriptor root, Platform wanted) throws IOException {
    var candidates = new ArrayList<Candidate>();
    collect(root, candidates, 0);
    var found =
        candidates.stream()
            .filter(one -> one.platform().filter(platform -> platform.serves(wanted)).isPresent())
            .toList();
    if (found.size() > 1) {
      var exact = found.stream().filter(one -> one.platform().equals(Optional.of(wanted))).toList();
      found = exact.isEmpty() ? found : exact;
    }
    if (found.stream().map(one -> one.image().digest()).distinct().count() == 1) {
      return found.getFirst().image();
    }
    var what =
        found.isEmpty()
            ? "there is no image for " + wanted
            : "there are " + found.size() + " images for " + wanted;
    throw refuse(what, found.isEmpty() ? candidates : found);
  }

  private PublishException refuse(String what, List<Candidate> candidates) {
    var there =
        candidates.stream()
            .flatMap(one -> one.platform().stream())
            .map(PlatformPick::name)
            .distinct()
            .sorted()
            .toList();
    return Refusal.of(
        "content.platform",
        what,
        where,
        there.isEmpty()
            ? "no image here says what it is for: leave --platform out"
            : "there are: " + String.join(", ", there));
  }

  private static String name(Platform platform) {
    return platform + platform.osVersion().map(version -> " (" + version + ")").orElse("");
  }

  private void collect(Descriptor descriptor, List<Candidate> into, int depth) throws IOException {
    if (descriptor.mediaType().isIndex() && depth < DEEPEST) {
      if (reading.manifest(descriptor) instanceof Manifest.Index index) {
        for (var child : index.manifests()) {
          collect(child, into, depth + 1);
        }
      }
    } else if (descriptor.mediaType().isImage()) {
      into.add(
          new Candidate(descriptor, descriptor.platform().or(() -> platforms.apply(descriptor))));
    }
  }
}
