package dev.gantry.rehearsal.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads manifests (image-spec manifest.md and image-index.md, and Docker's schema 2). */
public final class ManifestText {
  public static final String OCI_IMAGE = "application/vnd.oci.image.manifest.v1+json";
  public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
  public static final String DOCKER_IMAGE = "application/vnd.docker.distribution.manifest.v2+json";
  public static final String DOCKER_LIST =
      "application/vnd.docker.distribution.manifest.list.v2+json";

  private static final Set<String> IMAGES = Set.of(OCI_IMAGE, DOCKER_IMAGE);
  private static final Set<String> INDEXES = Set.of(OCI_INDEX, DOCKER_LIST);

  private ManifestText() {}

  /**
   * What these bytes say.
   *
   * @param contentType as the client sent it; empty takes the type from the text
   * @throws InvalidManifest with the reason
   */
  public static StoredManifest read(Digest digest, String contentType, byte[] bytes)
      throws InvalidManifest {
    var json = parse(bytes);
    var mediaType = mediaType(contentType, json);
    requireSchemaTwo(json);
    var children = new ArrayList<StoredManifest.Child>();
    if (IMAGES.contains(mediaType)) {
      refuse(json, "manifests", "an image manifest");
      var config = json.get("config");
      if (config == null) {
        throw new InvalidManifest("an image manifest has a 'config'");
      }
      children.add(child(config, "config"));
      children.addAll(children(json, "layers"));
    } else {
      refuse(json, "layers", "an index");
      refuse(json, "config", "an index");
      children.addAll(children(json, "manifests"));
    }
    var subject = json.has("subject") ? Optional.of(child(json.get("subject"), "subject")) : none();
    var artifactType = artifactType(json, mediaType);
    return new StoredManifest(
        digest,
        mediaType,
        bytes.length,
        subject.flatMap(found -> Digest.parse(found.digest())),
        subject.map(_ -> listing(digest, mediaType, bytes.length, json, artifactType)),
        artifactType,
        children);
  }

  private static Optional<StoredManifest.Child> none() {
    return Optional.empty();
  }

  private static JsonObject parse(byte[] bytes) throws InvalidManifest {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw new InvalidManifest("the manifest is not UTF-8");
    }
    try (var reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      var json = JsonParser.parseReader(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT || !json.isJsonObject()) {
        throw new InvalidManifest("the manifest is not one JSON object");
      }
      return json.getAsJsonObject();
    } catch (IOException | JsonParseException | IllegalStateException e) {
      var why = e.getMessage() == null ? "it ends early" : e.getMessage();
      throw new InvalidManifest("the manifest is not JSON: " + why.lines().findFirst().orElse(""));
    }
  }

  /** The media type in a Content-Type, without its parameters. */
  public static String type(String contentType) {
    return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /**
   * Refuses a media type that is none of a manifest, whatever the bytes are.
   *
   * @throws InvalidManifest whose type is refused
   */
  public static void requireAccepted(String type) throws InvalidManifest {
    if (!IMAGES.contains(type) && !INDEXES.contains(type)) {
      throw new InvalidManifest("manifests of the type " + type + " are not accepted", true);
    }
  }

  private static String mediaType(String contentType, JsonObject json) throws InvalidManifest {
    var stated = type(contentType);
    var own = text(json, "mediaType");
    if (stated.isEmpty()) {
      stated = own.orElseGet(() -> json.has("manifests") ? OCI_INDEX : OCI_IMAGE);
    }
    if (own.isPresent() && !own.get().equals(stated)) {
      throw new InvalidManifest(
          "the Content-Type is " + stated + ", the manifest's 'mediaType' " + own.get());
    }
    requireAccepted(stated);
    return stated;
  }

  private static void requireSchemaTwo(JsonObject json) throws InvalidManifest {
    var version = json.get("schemaVersion");
    if (version == null
        || !version.isJsonPrimitive()
        || !version.getAsJsonPrimitive().isNumber()
        || !version.getAsString().equals("2")) {
      throw new InvalidManifest("the 'schemaVersion' is not 2");
    }
  }

  /** An object that could be read as an image and as an index is neither (CVE-2021-41190). */
  private static void refuse(JsonObject json, String member, String kind) throws InvalidManifest {
    if (json.has(member)) {
      throw new InvalidManifest(kind + " has no '" + member + "'");
    }
  }

  private static List<StoredManifest.Child> children(JsonObject json, String member)
      throws InvalidManifest {
    if (!(json.get(member) instanceof JsonArray items)) {
      throw new InvalidManifest("'" + member + "' is not an array");
    }
    var children = new ArrayList<StoredManifest.Child>();
    for (int i = 0; i < items.size(); i++) {
      children.add(child(items.get(i), member + "[" + i + "]"));
    }
    return children;
  }

  private static StoredManifest.Child child(JsonElement json, String where) throws InvalidManifest {
    if (!(json instanceof JsonObject descriptor)) {
      throw new InvalidManifest(where + " is not a descriptor");
    }
    var digest =
        text(descriptor, "digest")
            .orElseThrow(() -> new InvalidManifest(where + " has no 'digest'"));
    if (!digest.matches("[a-z0-9]+(?:[+._-][a-z0-9]+)*:[a-zA-Z0-9=_-]+")) {
      throw new InvalidManifest(where + " has the digest '" + digest + "', which is none");
    }
    var size = descriptor.get("size");
    if (size == null || !size.isJsonPrimitive() || !size.getAsString().matches("[0-9]{1,18}")) {
      throw new InvalidManifest(where + " has no 'size'");
    }
    var mediaType =
        text(descriptor, "mediaType")
            .orElseThrow(() -> new InvalidManifest(where + " has no 'mediaType'"));
    return new StoredManifest.Child(
        mediaType, digest, size.getAsLong(), distributable(descriptor, mediaType));
  }

  /** Layers that need not be pushed (image-spec layer.md, "Non-Distributable Layers"). */
  private static boolean distributable(JsonObject descriptor, String mediaType) {
    return !mediaType.contains(".nondistributable.")
        && !mediaType.equals("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip")
        && !(descriptor.get("urls") instanceof JsonArray urls && !urls.isEmpty());
  }

  /** The rule of distribution-spec, "Listing Referrers". */
  private static Optional<String> artifactType(JsonObject json, String mediaType) {
    var stated = text(json, "artifactType").filter(type -> !type.isEmpty());
    if (stated.isPresent() || INDEXES.contains(mediaType)) {
      return stated;
    }
    return json.get("config") instanceof JsonObject config
        ? text(config, "mediaType")
        : Optional.empty();
  }

  private static String listing(
      Digest digest, String mediaType, long size, JsonObject json, Optional<String> artifactType) {
    var descriptor = new JsonObject();
    descriptor.addProperty("mediaType", mediaType);
    descriptor.addProperty("digest", digest.toString());
    descriptor.addProperty("size", size);
    artifactType.ifPresent(type -> descriptor.addProperty("artifactType", type));
    if (json.get("annotations") instanceof JsonObject annotations) {
      descriptor.add("annotations", annotations);
    }
    return descriptor.toString();
  }

  private static Optional<String> text(JsonObject json, String member) {
    var value = json.get(member);
    return value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()
        ? Optional.of(value.getAsString())
        : Optional.empty();
  }
}
