package dev.gantry.tags;

import dev.gantry.oci.Malformed;
import dev.gantry.tags.grammar.Csv;
import dev.gantry.tags.grammar.JsText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the tags input: one rule a line, sorted by priority. */
final class RuleReader {
  /** What is meant when no rule is given (docker/metadata-action, README, tags input). */
  private static final List<String> DEFAULTS =
      List.of("type=schedule", "type=ref,event=branch", "type=ref,event=tag", "type=ref,event=pr");

  private static final Set<String> COMMON = Set.of("enable", "priority", "prefix", "suffix");
  private static final Set<String> OURS = Set.of("case", "max-length", "variants");
  private static final Map<Rule.Type, Set<String>> OWN =
      Map.of(
          Rule.Type.SCHEDULE, Set.of("pattern"),
          Rule.Type.SEMVER, Set.of("pattern", "value", "match"),
          Rule.Type.PEP440, Set.of("pattern", "value", "match"),
          Rule.Type.MATCH, Set.of("pattern", "group", "value"),
          Rule.Type.EDGE, Set.of("branch"),
          Rule.Type.REF, Set.of("event"),
          Rule.Type.RAW, Set.of("value"),
          Rule.Type.SHA, Set.of("format"));

  private RuleReader() {}

  static List<Rule> read(String input, boolean compat) {
    var rows = Lists.rows("tags", input, compat);
    var rules = new ArrayList<Rule>();
    for (var row : rows.isEmpty() ? DEFAULTS : rows) {
      rules.add(rule(row, rules.size() + 1, compat));
    }
    if (rules.stream().allMatch(rule -> JsText.number(rule.get("priority")).isPresent())) {
      rules.sort(
          Comparator.comparing(
              rule -> -JsText.number(rule.get("priority")).orElse(0.0),
              Comparator.comparingDouble(Double::doubleValue)));
    } else {
      sortPartly(rules);
    }
    return List.copyOf(rules);
  }

  /** Sorts where some priorities are no numbers and compare equal to everything. */
  private static void sortPartly(List<Rule> rules) {
    for (var i = 1; i < rules.size(); i++) {
      var moved = rules.get(i);
      var low = 0;
      var high = i;
      while (low < high) {
        var middle = (low + high) >>> 1;
        var one = JsText.number(moved.get("priority")).orElse(Double.NaN);
        var two = JsText.number(rules.get(middle).get("priority")).orElse(Double.NaN);
        if (one > two) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      rules.add(low, rules.remove(i));
    }
  }

  private static Rule rule(String row, int number, boolean compat) {
    var where = "rule " + number + " '" + row + "'";
    var attributes = new LinkedHashMap<String, String>();
    var type = Rule.Type.RAW;
    for (var field : fields(row, where)) {
      var equals = field.indexOf('=');
      if (equals < 1) {
        put(attributes, "value", JsText.trim(field), where, compat);
        continue;
      }
      var key = JsText.trim(field.substring(0, equals)).toLowerCase(Locale.ROOT);
      var value = JsText.trim(field.substring(equals + 1));
      if (key.equals("type")) {
        type =
            Rule.Type.of(value)
                .orElseThrow(() ->
                    Objection.rule(
                        "Unknown tag type attribute: " + value,
                        where,
                        "use one of schedule, semver, pep440, match, edge, ref, raw, sha"));
      } else {
        put(attributes, key, value, where, compat);
      }
    }
    var rule = new Rule(type, attributes, row, number);
    if (!compat) {
      known(rule);
    }
    return complete(rule);
  }

  private static List<String> fields(String row, String where) {
    try {
      return Csv.fields(row);
    } catch (Malformed fault) {
      throw Objection.rule(
          String.valueOf(fault.getMessage()),
          where,
          "put the whole line between quotes and double the quotes inside it");
    }
  }

  private static void put(
      Map<String, String> attributes, String key, String value, String where, boolean compat) {
    if (!compat && key.equals("value") && value.isEmpty() && attributes.containsKey(key)) {
      throw Objection.rule(
          "a trailing comma erases the value '" + attributes.get(key) + "'",
          where,
          "remove the comma");
    }
    if (attributes.put(key, value) != null && !compat) {
      throw Objection.rule(
          "the attribute '" + key + "' stands twice",
          where,
          "keep one of them; a value with a comma needs the whole line between quotes");
    }
  }

  private static void known(Rule rule) {
    var own = OWN.getOrDefault(rule.type(), Set.of());
    for (var key : rule.attributes().keySet()) {
      if (!COMMON.contains(key) && !OURS.contains(key) && !own.contains(key)) {
        var all = new java.util.TreeSet<>(own);
        all.addAll(COMMON);
        all.addAll(OURS);
        throw Objection.rule(
            "type=" + rule.type().word() + " has no attribute '" + key + "'",
            rule.where(),
            "use one of " + String.join(", ", all));
      }
    }
    if (rule.attribute("priority").isPresent()
        && JsText.number(rule.get("priority")).filter(Double::isFinite).isEmpty()) {
      throw Objection.rule(
          "the priority '" + rule.get("priority") + "' is no number",
          rule.where(),
          "write a whole number, as priority=" + rule.type().weight());
    }
  }

  /** Fills in what a rule may leave out, and refuses one that leaves out what it needs. */
  private static Rule complete(Rule rule) {
    var all = new LinkedHashMap<>(rule.attributes());
    switch (rule.type()) {
      case SCHEDULE -> all.putIfAbsent("pattern", "nightly");
      case SEMVER, PEP440 -> {
        need(rule, "pattern", "add pattern={{version}}");
        all.putIfAbsent("value", "");
        all.putIfAbsent("match", "");
      }
      case MATCH -> {
        need(rule, "pattern", "add pattern=v(.*),group=1");
        all.putIfAbsent("group", "0");
        all.putIfAbsent("value", "");
        if (JsText.number(all.getOrDefault("group", "")).isEmpty()) {
          throw Objection.rule(
              "Invalid match group for " + rule.text(), rule.where(), "give a number, as group=1");
        }
      }
      case EDGE -> all.putIfAbsent("branch", "");
      case REF -> {
        need(rule, "event", "add event=branch, event=tag or event=pr");
        if (!Set.of("branch", "tag", "pr").contains(rule.get("event"))) {
          throw Objection.rule(
              "Invalid event for " + rule.text(), rule.where(), "use branch, tag or pr");
        }
        if (rule.get("event").equals("pr")) {
          all.putIfAbsent("prefix", "pr-");
        }
      }
      case RAW -> need(rule, "value", "add value=latest, or what the tag shall be");
      case SHA -> {
        all.putIfAbsent("prefix", "sha-");
        all.putIfAbsent("format", "short");
        if (!Set.of("short", "long").contains(all.getOrDefault("format", ""))) {
          throw Objection.rule(
              "Invalid format for " + rule.text(), rule.where(), "use short or long");
        }
      }
    }
    all.putIfAbsent("enable", "true");
    all.putIfAbsent("priority", Integer.toString(rule.type().weight()));
    return new Rule(rule.type(), all, rule.text(), rule.number());
  }

  private static void need(Rule rule, String attribute, String todo) {
    if (rule.attribute(attribute).isEmpty()) {
      throw Objection.rule(
          "Missing " + attribute + " attribute for " + rule.text(), rule.where(), todo);
    }
  }
}
