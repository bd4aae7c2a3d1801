package dev.gantry.oci;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The bytes of a manifest, untouched, and what they point at. Never written anew from what was
 * read: the bytes are the digest.
 */
public sealed interface Manifest {
  /**
   * The largest manifest that is read; registries need take no more than 4 MiB (spec: "SHOULD").
   */
  int LARGEST = 8 << 20;

  Bytes raw();

  MediaType mediaType();

  /** Everything that must be in the repository before this manifest. */
  List<Descriptor> children();

  Optional<Descriptor> subject();

  Optional<String> artifactType();

  Map<String, String> annotations();

  default Digest digest() {
    return raw().digest();
  }

  default Descriptor descriptor() {
    return new Descriptor(mediaType(), digest(), raw().size());
  }

  /** One image, or an artifact in the form of one. */
  record Image(
      Bytes raw,
      MediaType mediaType,
      Descriptor config,
      List<Descriptor> layers,
      Optional<Descriptor> subject,
      Optional<String> artifactType,
      Map<String, String> annotations)
      implements Manifest {
    public Image {
      layers = List.copyOf(layers);
      annotations = Map.copyOf(annotations);
    }

    @Override
    public List<Descriptor> children() {
      var all = new ArrayList<Descriptor>(layers);
      all.add(config);
      return List.copyOf(all);
    }
  }

  /** A list of manifests, usually one a platform. */
  record Index(
      Bytes raw,
      MediaType mediaType,
      List<Descriptor> manifests,
      Optional<Descriptor> subject,
      Optional<String> artifactType,
      Map<String, String> annotations)
      implements Manifest {
    public Index {
      manifests = List.copyOf(manifests);
      annotations = Map.copyOf(annotations);
    }

    @Override
    public List<Descriptor> children() {
      return manifests;
    }
  }

  /**
   * Reads a manifest whose type is known from a descriptor or a Content-Type.
   *
   * @throws Malformed when the bytes are no manifest, or say another media type than {@code type}
   */
  static Manifest parse(Bytes raw, MediaType type) {
    var json = Json.parseObject(raw);
    var said = json.text("mediaType").map(MediaType::new);
    if (said.isPresent() && !said.get().equals(type)) {
      throw new Malformed(
          "the manifest says it is " + said.get() + ", and came as " + type, type.value());
    }
    return read(raw, json, type);
  }

  /** Reads a manifest by what it says itself, or, where it says nothing, by its members. */
  static Manifest parse(Bytes raw) {
    var json = Json.parseObject(raw);
    var type =
        json.text("mediaType")
            .map(MediaType::new)
            .orElse(
                json.array("manifests").isPresent()
                    ? MediaType.IMAGE_INDEX
                    : MediaType.IMAGE_MANIFEST);
    return read(raw, json, type);
  }

  private static Manifest read(Bytes raw, Json.Obj json, MediaType type) {
    var subject = json.object("subject").map(Descriptor::read);
    var artifactType = json.text("artifactType");
    var annotations = new java.util.LinkedHashMap<String, String>();
    json.object("annotations")
        .ifPresent(
            all -> all.members().forEach((key, _) -> annotations.put(key, all.needText(key))));
    if (type.isIndex()) {
      return new Index(
          raw, type, descriptors(json, "manifests"), subject, artifactType, annotations);
    }
    if (type.isImage()) {
      var config =
          json.object("config")
              .orElseThrow(() -> new Malformed("the manifest has no config", type.value()));
      return new Image(
          raw,
          type,
          Descriptor.read(config),
          descriptors(json, "layers"),
          subject,
          artifactType,
          annotations);
    }
    throw new Malformed("not a manifest type that can be read", type.value());
  }

  private static List<Descriptor> descriptors(Json.Obj json, String name) {
    return json
        .array(name)
        .orElseThrow(() -> new Malformed("the manifest has no " + name, json.compact()))
        .objects()
        .stream()
        .map(Descriptor::read)
        .toList();
  }
}
