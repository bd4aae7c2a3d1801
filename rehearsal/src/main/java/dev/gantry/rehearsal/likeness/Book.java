package dev.gantry.rehearsal.likeness;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The registry book as the rehearsal reads it ({@code docs/registry-book.md}). */
public final class Book {
  /** What the specification fixes for all kinds. */
  static final String SPECIFICATION = "oci";

  private Book() {}

  /** The names of all kinds, in the order of the book. */
  public static List<String> kinds() {
    var names = new ArrayList<String>();
    for (var entry : read("index").getAsJsonArray("kinds")) {
      names.add(entry.getAsJsonObject().get("kind").getAsString());
    }
    return names;
  }

  /**
   * The kind of this name or alias.
   *
   * @throws IllegalArgumentException listing the kinds, if there is none
   */
  static Kind kind(String name) {
    return find(name)
        .map(kind -> new Kind(kind, read(kind)))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no kind of registry is called '%s'; there are %s"
                    .formatted(name, String.join(", ", kinds()))));
  }

  private static Optional<String> find(String name) {
    for (var entry : read("index").getAsJsonArray("kinds")) {
      var kind = entry.getAsJsonObject();
      var id = kind.get("kind").getAsString();
      boolean alias =
          kind.has("aliases")
              && kind.getAsJsonArray("aliases").asList().stream()
                  .anyMatch(word -> word.getAsString().equals(name));
      if (id.equals(name) || alias) {
        return Optional.of(id);
      }
    }
    return Optional.empty();
  }

  /** The kind that claims this host (without its port). */
  public static Optional<String> kindOfHost(String host) {
    for (var entry : read("index").getAsJsonArray("kinds")) {
      var kind = entry.getAsJsonObject();
      for (var claimed : kind.getAsJsonArray("hosts")) {
        if (host.matches(claimed.getAsJsonObject().get("pattern").getAsString())) {
          return Optional.of(kind.get("kind").getAsString());
        }
      }
    }
    return Optional.empty();
  }

  private static JsonObject read(String name) {
    try (var in = Book.class.getResourceAsStream("/dev/gantry/book/" + name + ".json")) {
      if (in == null) {
        throw new IllegalStateException("the registry book has no page " + name);
      }
      return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException("the registry book cannot be read", e);
    }
  }
}
