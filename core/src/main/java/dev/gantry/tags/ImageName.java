package dev.gantry.tags;

import dev.gantry.tags.grammar.JsText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One entry of the images input.
 *
 * @param name as it was written
 */
record ImageName(String name, boolean enabled, String row) {

  /** The names of the images that are on, in lower case. */
  static List<String> read(String input, boolean compat) {
    return entries(input, compat).stream()
        .filter(ImageName::enabled)
        .map(image -> image.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  static List<ImageName> entries(String input, boolean compat) {
    var rows = Lists.rows("images", input, compat);
    if (rows.size() == 1) {
      var row = rows.getFirst();
      var names = new ArrayList<ImageName>();
      for (var field : Lists.fields(row, "the image '" + row + "'")) {
        if (field.contains("=")) {
          return List.of(entry(row));
        }
        names.add(new ImageName(JsText.trim(field), true, row));
      }
      return names;
    }
    return rows.stream().map(row -> compat ? entry(row) : single(row)).toList();
  }

  private static ImageName single(String row) {
    var names =
        Lists.fields(row, "the image '" + row + "'").stream()
            .filter(field -> !field.contains("="))
            .count();
    if (names > 1) {
      throw Objection.rule(
          "several names on one of several lines",
          "the image '" + row + "'",
          "write one image a line");
    }
    return entry(row);
  }

  private static ImageName entry(String row) {
    var where = "the image '" + row + "'";
    var name = "";
    var enabled = true;
    for (var field : Lists.fields(row, where)) {
      var parts = List.of(field.split("=", -1)).stream().map(JsText::trim).toList();
      if (parts.size() == 1) {
        name = parts.getFirst();
        continue;
      }
      var value = parts.get(1);
      switch (parts.getFirst().toLowerCase(Locale.ROOT)) {
        case "name" -> name = value;
        case "enable" -> {
          if (!value.equals("true") && !value.equals("false")) {
            throw Objection.rule(
                "Invalid enable attribute value: " + row, where, "use enable=true or enable=false");
          }
          enabled = value.equals("true");
        }
        default ->
            throw Objection.rule("Unknown image attribute: " + row, where, "use name and enable");
      }
    }
    if (name.isEmpty()) {
      throw Objection.of(
          Objection.IMAGE,
          "Image name attribute empty: " + row,
          where,
          "write name=ghcr.io/owner/image");
    }
    return new ImageName(name, enabled, row);
  }
}
