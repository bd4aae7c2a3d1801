package dev.gantry.explain.workflow;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The variables that hold in a step, and texts with them put in. What only the run knows (secrets,
 * inputs, outputs) stays as it is written.
 *
 * @param outer the variables of the job or the file, which ours hide
 */
record Scope(Map<String, Node.Text> own, Optional<Scope> outer) {
  private static final Pattern EXPRESSION =
      Pattern.compile(
          "\\$\\{\\{\\s{0,8}env\\.([A-Za-z_]\\w{0,80})\\s{0,8}}}"
              + "|\\$\\{([A-Za-z_]\\w{0,80})}|\\$([A-Za-z_]\\w{0,80})|\\$\\(([A-Za-z_]\\w{0,80})\\)");
  private static final int ROUNDS = 4;
  private static final int LONGEST = 8_000;

  static Scope of(Map<String, Node.Text> own) {
    return new Scope(own, Optional.empty());
  }

  /** With further variables, which hide ours. */
  Scope with(Map<String, Node.Text> inner) {
    return inner.isEmpty() ? this : new Scope(inner, Optional.of(this));
  }

  /** The value that the file gives a variable. */
  Optional<String> value(String name) {
    var text = own.get(name);
    return text != null ? Optional.of(text.value()) : outer.flatMap(scope -> scope.value(name));
  }

  /** The text with every known variable in the place of its name. */
  String resolved(String text) {
    var now = text;
    for (var round = 0; round < ROUNDS && now.indexOf('$') >= 0; round++) {
      var next = now.length() > LONGEST ? now : once(now);
      if (next.equals(now) || next.length() > LONGEST) {
        return now;
      }
      now = next;
    }
    return now;
  }

  private String once(String text) {
    var matcher = EXPRESSION.matcher(text);
    var out = new StringBuilder();
    var from = 0;
    while (matcher.find() && out.length() <= LONGEST) {
      var name = "";
      for (var group = 1; group <= matcher.groupCount() && name.isEmpty(); group++) {
        name = matcher.group(group) == null ? "" : matcher.group(group);
      }
      out.append(text, from, matcher.start()).append(value(name).orElseGet(matcher::group));
      from = matcher.end();
    }
    return out.append(text, from, text.length()).toString();
  }
}
