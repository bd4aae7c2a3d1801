package dev.gantry.oci;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an image says of itself (image-spec, config.md); only what is read here, the bytes stay as
 * they are.
 *
 * @param diffIds digests of the uncompressed layers, lowest first
 * @param ports as written, for example {@code 8080/tcp}
 * @param volumes paths in the image
 */
public record Config(
    Optional<Platform> platform,
    List<Digest> diffIds,
    List<String> ports,
    List<String> volumes,
    Map<String, String> labels) {

  public Config {
    diffIds = List.copyOf(diffIds);
    ports = List.copyOf(ports);
    volumes = List.copyOf(volumes);
    labels = Map.copyOf(labels);
  }

  /**
   * Reads a config blob.
   *
   * @throws Malformed when it is no JSON object or a diff id is no digest
   */
  public static Config parse(Bytes raw) {
    var json = Json.parseObject(raw);
    var run = json.object("config").orElse(Json.object());
    var labels = new LinkedHashMap<String, String>();
    run.object("Labels")
        .ifPresent(all ->
            all.members().keySet().forEach(key -> labels.put(key, all.text(key).orElse(""))));
    return new Config(
        Platform.read(json),
        json.object("rootfs").flatMap(rootfs -> rootfs.array("diff_ids")).stream()
            .flatMap(ids -> ids.texts().stream())
            .map(Digest::parse)
            .toList(),
        names(run, "ExposedPorts"),
        names(run, "Volumes"),
        labels);
  }

  private static List<String> names(Json.Obj json, String member) {
    return json.object(member).stream().flatMap(set -> set.members().keySet().stream()).toList();
  }
}
