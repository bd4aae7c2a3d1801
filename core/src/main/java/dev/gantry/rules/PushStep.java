package dev.gantry.rules;

import dev.gantry.oci.Json;
import dev.gantry.oci.Malformed;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The push step of a pipeline platform: which image, under which tag, to which registry and project
 * of the team's registries file. Every member is the text that was written.
 *
 * @param ignored members of the document that say nothing here, for a warning
 */
public record PushStep(
    String image,
    Optional<String> tag,
    Optional<String> registry,
    Optional<String> project,
    List<String> ignored) {
  private static final Set<String> KNOWN =
      Set.of("image", "tag", "registry_id", "project_id", "docker_config");

  public PushStep {
    ignored = List.copyOf(ignored);
  }

  public PushStep(
      String image, Optional<String> tag, Optional<String> registry, Optional<String> project) {
    this(image, tag, registry, project, List.of());
  }

  /**
   * Reads the platform's own JSON, as in {@code {"tag":"0722","image":"myapp","project_id":5,
   * "registry_id":5,"docker_config":{}}}. Ids are numbers or texts; null is as good as missing.
   *
   * @throws Malformed without an image, or where a member is neither text nor number
   */
  public static PushStep read(Json.Obj json) {
    return new PushStep(
        word(json, "image").orElseThrow(() -> new Malformed("no 'image'", json.compact())),
        word(json, "tag"),
        word(json, "registry_id"),
        word(json, "project_id"),
        json.members().keySet().stream().filter(key -> !KNOWN.contains(key)).toList());
  }

  private static Optional<String> word(Json.Obj json, String name) {
    return json.get(name).flatMap(value -> word(json, name, value));
  }

  private static Optional<String> word(Json.Obj json, String name, Json value) {
    return switch (value) {
      case Json.Str(var text) -> Optional.of(text).filter(said -> !said.isBlank());
      case Json.Num(var literal) -> Optional.of(literal);
      case Json.Null _ -> Optional.empty();
      case Json.Bool _, Json.Obj _, Json.Arr _ ->
          throw new Malformed("'" + name + "' is neither text nor number", json.compact());
    };
  }
}
