package dev.gantry.tags;

import dev.gantry.oci.Malformed;
import dev.gantry.tags.grammar.Csv;
import dev.gantry.tags.grammar.JsText;
import java.util.ArrayList;
import java.util.List;

/** Reads an input that is a list: one entry a line, remarks after {@code #}. */
final class Lists {
  private Lists() {}

  /**
   * The entries as text. With {@code compat}, only a row whose very first character is {@code #} is
   * a remark; without, blanks may stand before it, and rows of blanks are nothing.
   */
  static List<String> rows(String name, String input, boolean compat) {
    var text = JsText.trim(input);
    if (text.isEmpty()) {
      return List.of();
    }
    var rows = new ArrayList<String>();
    for (var row : parse(name, text)) {
      var joined = String.join(",", row);
      if (joined.isEmpty()) {
        continue;
      }
      var entry = JsText.trim(joined);
      if (compat || !(entry.isEmpty() || entry.startsWith("#"))) {
        rows.add(entry);
      }
    }
    return rows;
  }

  private static List<List<String>> parse(String name, String text) {
    try {
      return Csv.relaxed(text);
    } catch (Malformed fault) {
      throw Objection.rule(
          fault.what(), "the input '" + name + "'", "close the quote, or double it: \"\"");
    }
  }

  /** The fields of an entry. */
  static List<String> fields(String entry, String where) {
    try {
      return Csv.fields(entry);
    } catch (Malformed fault) {
      throw Objection.rule(
          String.valueOf(fault.getMessage()),
          where,
          "put the whole field between quotes, or remove the quote");
    }
  }
}
