package dev.gantry.source;

import dev.gantry.failure.PublishException;
import dev.gantry.oci.Descriptor;
import dev.gantry.oci.Malformed;
import dev.gantry.oci.Manifest;
import dev.gantry.oci.Reference;
import dev.gantry.oci.Tag;
import java.util.List;
import java.util.Optional;

/** The entries of a layout's {@code index.json}, and which of them is meant. */
final class LayoutEntries {
  private static final String REF_NAME = "org.opencontainers.image.ref.name";

  /** The full name that containerd and BuildKit write beside the short one. */
  private static final String CONTAINERD_NAME = "io.containerd.image.name";

  private final List<Descriptor> entries;
  private final String where;

  LayoutEntries(Manifest.Index index, String where) {
    this.entries = index.manifests();
    this.where = where;
  }

  /**
   * The entry of this name, tag or digest; the only one, where none is named.
   *
   * @throws PublishException that lists the entries, when it is none of them or more than one
   */
  Descriptor pick(Optional<String> wanted) {
    if (entries.isEmpty()) {
      throw Refusal.missing("the layout has no image in it", where, "put one there first");
    }
    if (wanted.isEmpty()) {
      return only(entries)
          .orElseThrow(() ->
              unclear("the layout has " + entries.size() + " images, and none is named", entries));
    }
    var name = wanted.get();
    var exact =
        entries.stream()
            .filter(entry -> name.equals(refName(entry)) || name.equals(entry.digest().toString()))
            .toList();
    var found =
        exact.isEmpty() ? entries.stream().filter(entry -> means(entry, name)).toList() : exact;
    if (found.isEmpty()) {
      throw unclear("the layout has no image named '" + name + "'", entries);
    }
    return only(found)
        .orElseThrow(() -> unclear("the layout has several images named '" + name + "'", found));
  }

  /** The only one, also where the same is listed many times under different names. */
  private static Optional<Descriptor> only(List<Descriptor> found) {
    return found.stream().map(Descriptor::digest).distinct().count() == 1
        ? Optional.of(found.getFirst())
        : Optional.empty();
  }

  private static String refName(Descriptor entry) {
    return entry.annotations().getOrDefault(REF_NAME, "");
  }

  /** Whether an entry with a full name is what a tag or another spelling of the name means. */
  private static boolean means(Descriptor entry, String wanted) {
    for (var name :
        List.of(refName(entry), entry.annotations().getOrDefault(CONTAINERD_NAME, ""))) {
      var reference = reference(name);
      if (reference.isPresent()
          && (reference.equals(reference(wanted))
              || reference.get().tag().map(Tag::value).equals(Optional.of(wanted)))) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Reference> reference(String name) {
    try {
      return Optional.of(Reference.parse(name));
    } catch (Malformed _) {
      return Optional.empty();
    }
  }

  private PublishException unclear(String what, List<Descriptor> choice) {
    var names =
        choice.stream()
            .limit(20)
            .map(entry -> refName(entry).isEmpty() ? entry.digest().toString() : refName(entry))
            .toList();
    return Refusal.missing(
        what, where, "put one of these behind the path and a colon: " + String.join(", ", names));
  }
}
