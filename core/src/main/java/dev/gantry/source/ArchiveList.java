package dev.gantry.source;

import dev.gantry.failure.PublishException;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Json;
import dev.gantry.oci.Malformed;
import dev.gantry.oci.Reference;
import java.util.List;
import java.util.Optional;

/**
 * The {@code manifest.json} of a docker archive: which images it holds (moby, image/spec/v1.2.md,
 * "Combined Image JSON + Filesystem Changeset Format").
 */
record ArchiveList(List<Image> images, String where) {

  /**
   * One image.
   *
   * @param config the name of its config within the archive
   * @param layers the names of its layers, lowest first
   */
  record Image(String config, List<String> names, List<String> layers) {}

  static ArchiveList parse(Bytes raw, String where) {
    try {
      if (Json.parse(raw) instanceof Json.Arr list) {
        var images = list.objects().stream().map(item -> image(item, where)).toList();
        return new ArchiveList(images, where);
      }
      throw new Malformed("manifest.json is no list", raw.text());
    } catch (Malformed e) {
      throw Refusal.other(
          "manifest.json cannot be read: " + e.getMessage(), where, "write the archive again");
    }
  }

  private static Image image(Json.Obj item, String where) {
    return new Image(
        TarReading.name(item.needText("Config"), where),
        item.array("RepoTags").map(Json.Arr::texts).orElse(List.of()),
        item.array("Layers").map(Json.Arr::texts).orElse(List.of()).stream()
            .map(name -> TarReading.name(name, where))
            .toList());
  }

  /**
   * The image of this name; the only one, where none is named. A name without a tag means its only
   * tag.
   *
   * @throws PublishException that lists what is there
   */
  Image pick(Optional<String> wanted) {
    if (images.isEmpty()) {
      throw Refusal.missing("the archive holds no image", where, "save one into it");
    }
    if (wanted.isEmpty()) {
      if (images.size() > 1) {
        throw unclear("the archive holds " + images.size() + " images, and none is named");
      }
      return images.getFirst();
    }
    var found = images.stream().filter(image -> named(image, wanted.get())).toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw unclear(
        found.isEmpty()
            ? "the archive holds no image named '" + wanted.get() + "'"
            : "the archive holds several images named '" + wanted.get() + "'");
  }

  private static boolean named(Image image, String wanted) {
    return image.names().contains(wanted)
        || wanted.equals(id(image))
        || image.names().stream()
            .anyMatch(name -> {
              try {
                var there = Reference.parse(name);
                var meant = Reference.parse(wanted);
                return there.equals(meant)
                    || (meant.tag().isEmpty() && there.repository().equals(meant.repository()));
              } catch (Malformed _) {
                return false;
              }
            });
  }

  private static String id(Image image) {
    return "sha256:" + image.config().replaceFirst(".*/", "").replaceFirst("[.]json$", "");
  }

  private PublishException unclear(String what) {
    var names =
        images.stream()
            .limit(20)
            .map(image -> image.names().isEmpty() ? id(image) : image.names().getFirst())
            .toList();
    return Refusal.missing(
        what, where, "put one of these behind the path and a colon: " + String.join(", ", names));
  }
}
