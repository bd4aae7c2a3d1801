package dev.gantry.tags;

import dev.gantry.tags.grammar.JsText;
import java.util.ArrayList;
import java.util.List;

/**
 * One of several images of a commit that stand beside each other under names of their own: an
 * architecture before the merge, or a flavour such as alpine.
 *
 * @param prefix before each tag
 * @param suffix behind each tag
 */
record Variant(String name, String prefix, String suffix) {

  /** Reads the variants input: {@code amd64}, or {@code name=amd64,suffix=-amd64,prefix=}. */
  static List<Variant> read(String input) {
    var variants = new ArrayList<Variant>();
    for (var row : Lists.rows("variants", input, false)) {
      if (!row.contains("=")) {
        for (var name : Lists.fields(row, "the variant '" + row + "'")) {
          variants.add(new Variant(JsText.trim(name), "", "-" + JsText.trim(name)));
        }
        continue;
      }
      variants.add(entry(row));
    }
    var names = variants.stream().map(Variant::name).distinct().count();
    var dress = variants.stream().map(one -> one.prefix + " " + one.suffix).distinct().count();
    if (names < variants.size() || dress < variants.size()) {
      throw Objection.rule(
          "two variants have the same name or give the same tags",
          "the input 'variants'",
          "give each a name and a suffix of its own");
    }
    return variants;
  }

  private static Variant entry(String row) {
    var where = "the variant '" + row + "'";
    var name = "";
    var prefix = "";
    var suffix = "";
    var suffixed = false;
    for (var field : Lists.fields(row, where)) {
      var equals = field.indexOf('=');
      var key = equals < 0 ? "name" : JsText.trim(field.substring(0, equals));
      var value = JsText.trim(field.substring(equals + 1));
      switch (key) {
        case "name" -> name = value;
        case "prefix" -> prefix = value;
        case "suffix" -> {
          suffix = value;
          suffixed = true;
        }
        default ->
            throw Objection.rule(
                "a variant has no attribute '" + key + "'", where, "use name, prefix, suffix");
      }
    }
    if (name.isEmpty()) {
      throw Objection.rule("a variant without a name", where, "write name=amd64,suffix=-amd64");
    }
    return new Variant(name, prefix, suffixed || !prefix.isEmpty() ? suffix : "-" + name);
  }

  /** A tag as this variant has it. */
  String dress(String tag) {
    return prefix + tag + suffix;
  }

  /** Whether its tags are the plain ones, so that nothing has to be merged under them. */
  boolean bare() {
    return prefix.isEmpty() && suffix.isEmpty();
  }
}
