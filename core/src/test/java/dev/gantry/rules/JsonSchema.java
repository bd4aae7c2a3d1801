package dev.gantry.rules;

import dev.gantry.oci.Bytes;
import dev.gantry.oci.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The part of JSON Schema 2020-12 that our schemas use; a keyword outside it is an error, so that
 * no schema says what nobody checks.
 */
public final class JsonSchema {
  private static final Set<String> CHECKED =
      Set.of(
          "$schema",
          "$defs",
          "$ref",
          "title",
          "description",
          "type",
          "required",
          "properties",
          "additionalProperties",
          "anyOf",
          "items",
          "minItems",
          "enum",
          "pattern",
          "minimum",
          "maximum");

  private final Json.Obj root;

  private JsonSchema(Json.Obj root) {
    this.root = root;
  }

  /** Reads {@code docs/schemas/NAME.json} of this checkout. */
  public static JsonSchema of(String name) throws IOException {
    var file = Path.of(System.getProperty("gantry.root"), "docs", "schemas", name + ".json");
    return new JsonSchema(Json.parseObject(Bytes.of(Files.readAllBytes(file))));
  }

  /** What is wrong with a document; empty if nothing is. */
  public List<String> faults(Json document) {
    var faults = new ArrayList<String>();
    check(root, document, "$", faults);
    return faults;
  }

  private void check(Json.Obj schema, Json value, String at, List<String> faults) {
    schema.members().keySet().stream()
        .filter(keyword -> !CHECKED.contains(keyword))
        .forEach(keyword -> faults.add("the schema uses " + keyword + ", which is not checked"));
    var ref = schema.text("$ref");
    if (ref.isPresent()) {
      check(definition(ref.get()), value, at, faults);
    }
    schema
        .text("type")
        .filter(type -> !type.equals(type(value)))
        .ifPresent(type -> faults.add(at + " is " + type(value) + ", not " + type));
    schema
        .array("enum")
        .filter(words -> !words.items().contains(value))
        .ifPresent(_ -> faults.add(at + " is none of the words: " + value.compact()));
    schema
        .array("anyOf")
        .filter(ways -> ways.objects().stream().noneMatch(way -> fits(way, value)))
        .ifPresent(_ -> faults.add(at + " is none of what it may be: " + value.compact()));
    switch (value) {
      case Json.Obj obj -> object(schema, obj, at, faults);
      case Json.Arr arr -> array(schema, arr, at, faults);
      case Json.Str(var text) ->
          schema
              .text("pattern")
              .filter(pattern -> !Pattern.compile(pattern).matcher(text).find())
              .ifPresent(pattern -> faults.add(at + " '" + text + "' is not " + pattern));
      case Json.Num num -> number(schema, num, at, faults);
      case Json.Bool _, Json.Null _ -> {}
    }
  }

  private boolean fits(Json.Obj schema, Json value) {
    var faults = new ArrayList<String>();
    check(schema, value, "$", faults);
    return faults.isEmpty();
  }

  private void object(Json.Obj schema, Json.Obj obj, String at, List<String> faults) {
    var properties = schema.object("properties").orElse(Json.object());
    for (var name : schema.array("required").map(Json.Arr::texts).orElse(List.of())) {
      if (obj.get(name).isEmpty()) {
        faults.add(at + " has no " + name);
      }
    }
    obj.members()
        .forEach((name, member) -> {
          var place = at + "." + name;
          if (properties.object(name).isPresent()) {
            check(properties.object(name).get(), member, place, faults);
          } else if (schema.object("additionalProperties").isPresent()) {
            check(schema.object("additionalProperties").get(), member, place, faults);
          } else if (schema.bool("additionalProperties").filter(any -> !any).isPresent()) {
            faults.add(place + " is not known");
          }
        });
  }

  private void array(Json.Obj schema, Json.Arr arr, String at, List<String> faults) {
    schema
        .number("minItems")
        .filter(least -> arr.items().size() < least)
        .ifPresent(least -> faults.add(at + " has fewer than " + least + " items"));
    var items = schema.object("items");
    for (int i = 0; items.isPresent() && i < arr.items().size(); i++) {
      check(items.get(), arr.items().get(i), at + "[" + i + "]", faults);
    }
  }

  private static void number(Json.Obj schema, Json.Num num, String at, List<String> faults) {
    var value = num.whole();
    schema
        .number("minimum")
        .filter(least -> value.isEmpty() || value.get() < least)
        .ifPresent(least -> faults.add(at + " is less than " + least));
    schema
        .number("maximum")
        .filter(most -> value.isEmpty() || value.get() > most)
        .ifPresent(most -> faults.add(at + " is more than " + most));
  }

  private Json.Obj definition(String ref) {
    return root.object("$defs")
        .flatMap(all -> all.object(ref.substring("#/$defs/".length())))
        .orElseThrow(() -> new AssertionError("the schema has no " + ref));
  }

  private static String type(Json value) {
    return switch (value) {
      case Json.Obj _ -> "object";
      case Json.Arr _ -> "array";
      case Json.Str _ -> "string";
      case Json.Num num -> num.whole().isPresent() ? "integer" : "number";
      case Json.Bool _ -> "boolean";
      case Json.Null _ -> "null";
    };
  }
}
