package dev.gantry.oci;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a manifest says about one of its children: type, name and size of its bytes, and more
 * (image-spec, descriptor.md).
 *
 * @param size in bytes
 * @param urls where else the content may be had; used by foreign layers
 */
public record Descriptor(
    MediaType mediaType,
    Digest digest,
    long size,
    Optional<Platform> platform,
    Optional<String> artifactType,
    Map<String, String> annotations,
    List<String> urls) {

  public Descriptor {
    if (size < 0) {
      throw new Malformed("a size is not negative", Long.toString(size));
    }
    annotations = Map.copyOf(annotations);
    urls = List.copyOf(urls);
  }

  public Descriptor(MediaType mediaType, Digest digest, long size) {
    this(mediaType, digest, size, Optional.empty(), Optional.empty(), Map.of(), List.of());
  }

  /** Reads a descriptor object; refuses one without media type, digest or size. */
  public static Descriptor read(Json.Obj json) {
    var annotations = new LinkedHashMap<String, String>();
    json.object("annotations")
        .ifPresent(
            all -> all.members().forEach((key, _) -> annotations.put(key, all.needText(key))));
    return new Descriptor(
        new MediaType(json.needText("mediaType")),
        Digest.parse(json.needText("digest")),
        json.needNumber("size"),
        json.object("platform").flatMap(Platform::read),
        json.text("artifactType"),
        annotations,
        json.array("urls").stream().flatMap(all -> all.texts().stream()).toList());
  }

  /** Whether a registry need not hold the bytes (image-spec, layer.md, non-distributable). */
  public boolean foreign() {
    return mediaType.value().contains("nondistributable")
        || mediaType.value().contains("rootfs.foreign");
  }
}
