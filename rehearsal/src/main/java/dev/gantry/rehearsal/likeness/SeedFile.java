package dev.gantry.rehearsal.likeness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a seed from YAML or JSON; a member that it does not know is a mistake. */
public final class SeedFile {
  private static final Map<String, Long> UNITS =
      Map.of("", 1L, "k", 1L << 10, "M", 1L << 20, "G", 1L << 30, "T", 1L << 40);

  private final String where;

  private SeedFile(String where) {
    this.where = where;
  }

  /**
   * The seed in this file.
   *
   * @throws IOException if it cannot be read, with the place of the first mistake
   */
  public static Seed read(Path file) throws IOException {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * The seed in this text.
   *
   * @param where the text is from, for messages
   * @throws IllegalArgumentException with the place of the first mistake
   */
  public static Seed parse(String where, String text) {
    Object document;
    try {
      document = new Load(LoadSettings.builder().setLabel(where).build()).loadFromString(text);
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
    return new SeedFile(where).seed(document);
  }

  private Seed seed(Object document) {
    var top =
        members(
            "the document",
            document,
            Set.of("repositories", "exists", "missing", "quota", "rate-limit", "read-only"));
    var repositories = new LinkedHashMap<String, Seed.Seeded>();
    if (top.containsKey("repositories")) {
      open("repositories", top.get("repositories"))
          .forEach((name, value) -> repositories.put(name, seeded(name, value)));
    }
    return new Seed(
        repositories,
        names("exists", top),
        names("missing", top),
        Optional.ofNullable(top.get("quota")).map(this::quota),
        Optional.ofNullable(top.get("rate-limit")).map(this::rate),
        flag("read-only", top));
  }

  private Seed.Seeded seeded(String name, Object value) {
    var members =
        members(
            name, value, Set.of("tags", "immutable", "linked-to", "unlinked", "deleted", "refuse"));
    var tags = new LinkedHashMap<String, Boolean>();
    if (members.get("tags") instanceof List<?> list) {
      list.forEach(tag -> tags.put(String.valueOf(tag), false));
    } else if (members.containsKey("tags")) {
      open(name + ".tags", members.get("tags"))
          .forEach((tag, facts) -> tags.put(tag, immutable(name + ".tags." + tag, facts)));
    }
    return new Seed.Seeded(
        tags,
        flag("immutable", members),
        Optional.ofNullable(members.get("linked-to")).map(String::valueOf),
        flag("unlinked", members),
        flag("deleted", members),
        names("refuse", members));
  }

  private boolean immutable(String place, Object facts) {
    return facts instanceof String word
        ? word.equals("immutable") || fail(place, "'immutable', not '" + word + "'")
        : flag("immutable", members(place, facts, Set.of("immutable")));
  }

  private boolean fail(String place, String wanted) {
    throw wrong(place, "is " + wanted);
  }

  private Seed.Quota quota(Object value) {
    var members = members("quota", value, Set.of("limit", "used"));
    return new Seed.Quota(
        size("quota.limit", members, "limit"), size("quota.used", members, "used"));
  }

  private Seed.Rate rate(Object value) {
    var members = members("rate-limit", value, Set.of("requests", "seconds"));
    return new Seed.Rate(
        size("rate-limit.requests", members, "requests"),
        Duration.ofSeconds(size("rate-limit.seconds", members, "seconds")));
  }

  private long size(String place, Map<String, Object> members, String name) {
    var text = String.valueOf(members.getOrDefault(name, "0"));
    if (!text.matches("[0-9]{1,15}[kMGT]?")) {
      throw wrong(place, "is a number, with k, M, G or T behind it for sizes, not '" + text + "'");
    }
    var digits = text.replaceAll("[^0-9]", "");
    return Math.multiplyExact(
        Long.parseLong(digits), UNITS.getOrDefault(text.substring(digits.length()), 1L));
  }

  private boolean flag(String name, Map<String, Object> members) {
    var value = members.getOrDefault(name, false);
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong(name, "is true or false, not '" + value + "'");
  }

  private List<String> names(String name, Map<String, Object> members) {
    var value = members.getOrDefault(name, List.of());
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    throw wrong(name, "is a list of paths");
  }

  private Map<String, Object> members(String place, Object value, Set<String> known) {
    var members = open(place, value);
    for (var name : members.keySet()) {
      if (!known.contains(name)) {
        throw wrong(place, "has no '" + name + "'; it knows " + new java.util.TreeSet<>(known));
      }
    }
    return members;
  }

  /** A map with any names; nothing at all is an empty one. */
  private Map<String, Object> open(String place, @org.jspecify.annotations.Nullable Object value) {
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong(place, "is a list of names with values");
    }
    var members = new LinkedHashMap<String, Object>();
    map.forEach(
        (name, member) -> members.put(String.valueOf(name), member == null ? Map.of() : member));
    return members;
  }

  private IllegalArgumentException wrong(String place, String what) {
    return new IllegalArgumentException(where + ": " + place + " " + what);
  }
}
