package dev.gantry.tags;

import dev.gantry.tags.grammar.JsText;
import java.util.List;
import java.util.Locale;

/**
 * What holds for all rules.
 *
 * @param latest auto, true or false
 * @param prefix before every tag that has no prefix of its own; an expression
 * @param prefixLatest whether the prefix stands before {@code latest} too
 */
record Flavor(
    String latest, String prefix, boolean prefixLatest, String suffix, boolean suffixLatest) {

  static final Flavor PLAIN = new Flavor("auto", "", false, "", false);

  static Flavor read(String input, boolean compat) {
    var flavor = PLAIN;
    for (var row : Lists.rows("flavor", input, compat)) {
      flavor = flavor.with(row, compat);
    }
    return flavor;
  }

  private Flavor with(String row, boolean compat) {
    var where = "the flavor '" + row + "'";
    if (!compat && row.contains(";")) {
      throw Objection.rule(
          "a semicolon does not separate entries", where, "write each entry on a line of its own");
    }
    var flavor = this;
    var last = "";
    for (var field : Lists.fields(row, where)) {
      var parts = List.of(field.split("=", -1)).stream().map(JsText::trim).toList();
      if (parts.size() == 1) {
        throw Objection.rule(
            "Invalid flavor entry: " + row, where, "write latest=, prefix= or suffix=");
      }
      if (!compat && parts.size() > 2) {
        throw Objection.rule(
            "an equals sign within the value of '" + parts.getFirst() + "'",
            where,
            "leave it out: a tag cannot hold one");
      }
      var key = parts.getFirst().toLowerCase(Locale.ROOT);
      var value = parts.get(1);
      flavor =
          switch (key) {
            case "latest" -> flavor.latest(value, row, where);
            case "prefix" ->
                new Flavor(
                    flavor.latest, value, flavor.prefixLatest, flavor.suffix, flavor.suffixLatest);
            case "suffix" ->
                new Flavor(
                    flavor.latest, flavor.prefix, flavor.prefixLatest, value, flavor.suffixLatest);
            case "onlatest" -> flavor.onLatest(last, value, where, compat);
            default ->
                throw Objection.rule(
                    "Unknown flavor entry: " + row,
                    where,
                    "use latest, prefix, suffix or onlatest");
          };
      last = key.equals("onlatest") || key.equals("latest") ? last : key;
    }
    return flavor;
  }

  private Flavor latest(String value, String row, String where) {
    if (!List.of("auto", "true", "false").contains(value)) {
      throw Objection.rule(
          "Invalid latest flavor entry: " + row, where, "use latest=auto, true or false");
    }
    return new Flavor(value, prefix, prefixLatest, suffix, suffixLatest);
  }

  private Flavor onLatest(String of, String value, String where, boolean compat) {
    if (!value.equals("true") && !value.equals("false")) {
      throw Objection.rule(
          "Invalid value for onlatest attribute: " + value, where, "use onlatest=true or false");
    }
    var yes = value.equals("true");
    if (of.equals("prefix")) {
      return new Flavor(latest, prefix, yes, suffix, suffixLatest);
    }
    if (of.equals("suffix")) {
      return new Flavor(latest, prefix, prefixLatest, suffix, yes);
    }
    if (!compat) {
      throw Objection.rule(
          "onlatest stands without a prefix or suffix before it on its line",
          where,
          "write suffix=-x,onlatest=true on one line");
    }
    return this;
  }
}
