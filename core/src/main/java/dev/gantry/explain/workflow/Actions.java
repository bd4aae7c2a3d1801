package dev.gantry.explain.workflow;

import dev.gantry.oci.Bytes;
import dev.gantry.oci.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is known about ready-made steps; data in {@code actions.json}. */
final class Actions {
  /** What a step of this action does, and in which inputs it is told so. */
  record Action(
      String does,
      List<String> references,
      List<String> registry,
      List<String> user,
      List<String> password,
      String fixed,
      String push,
      String unless) {}

  private static final Json.Obj DATA = load();
  private static final Map<String, Action> ALL = actions();

  private Actions() {}

  static Optional<Action> find(String name) {
    var colon = name.indexOf(':');
    var bare = colon < 0 || name.startsWith("docker:") ? name : name.substring(0, colon);
    return Optional.ofNullable(ALL.get(bare));
  }

  /** Why a version of an action no longer works. */
  static Optional<String> retired(Step step) {
    return DATA.array("retired").orElseThrow().objects().stream()
        .filter(one -> step.uses(one.needText("is")))
        .filter(one ->
            step.major().map(Integer::longValue).orElse(50L) < one.number("below").orElse(0L))
        .map(one -> one.needText("why"))
        .findFirst();
  }

  /** Inputs of the step that this version of its action does not have. */
  static List<String> unknownInputs(Step step) {
    return DATA.array("inputs").orElseThrow().objects().stream()
        .filter(one -> step.uses(one.needText("is")))
        .filter(one ->
            step.major().map(Integer::longValue).orElse(50L) >= one.number("from").orElse(0L))
        .flatMap(one -> texts(one, "not").stream())
        .filter(step::has)
        .toList();
  }

  private static Map<String, Action> actions() {
    var all = new HashMap<String, Action>();
    for (var json : DATA.array("actions").orElseThrow().objects()) {
      var action =
          new Action(
              json.needText("does"),
              texts(json, "references"),
              texts(json, "registry"),
              texts(json, "user"),
              texts(json, "password"),
              json.text("fixed").orElse(""),
              json.text("push").orElse(""),
              json.text("unless").orElse(""));
      texts(json, "is").forEach(name -> all.put(name.toLowerCase(Locale.ROOT), action));
    }
    return all;
  }

  private static List<String> texts(Json.Obj json, String name) {
    return json.array(name).map(Json.Arr::texts).orElse(List.of());
  }

  private static Json.Obj load() {
    try (var in = Actions.class.getResourceAsStream("/dev/gantry/explain/actions.json")) {
      if (in == null) {
        throw new IllegalStateException("actions.json is missing from the jar");
      }
      return Json.parseObject(Bytes.of(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
