package dev.gantry.tags.grammar;

import dev.gantry.oci.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of JavaScript (ECMA-262, 22.2 and annex B.1.2), carried out by Java's
 * engine. A back reference to a group that took no part fails here, where in JavaScript it matches
 * nothing.
 */
public final class JsPattern {
  private final Pattern pattern;
  private final boolean global;
  private final boolean sticky;

  private JsPattern(Pattern pattern, boolean global, boolean sticky) {
    this.pattern = pattern;
    this.global = global;
    this.sticky = sticky;
  }

  /**
   * Reads an expression.
   *
   * @param flags of JavaScript: d g i m s u v y
   * @throws Malformed for what JavaScript refuses, also where Java would take it
   */
  public static JsPattern of(String source, String flags) {
    var seen = new StringBuilder();
    for (var i = 0; i < flags.length(); i++) {
      if ("dgimsuvy".indexOf(flags.charAt(i)) < 0 || seen.indexOf(flags.substring(i, i + 1)) >= 0) {
        throw new Malformed("an unknown or doubled flag of a regular expression", flags);
      }
      seen.append(flags.charAt(i));
    }
    var java = JsPatternParser.toJava(source, flags);
    var options = flags.contains("i") ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
    try {
      return new JsPattern(
          Pattern.compile(java, options), flags.contains("g"), flags.contains("y"));
    } catch (PatternSyntaxException e) {
      throw new Malformed(
          "a regular expression that cannot be carried out (" + e.getDescription() + ")", source);
    }
  }

  /** Reads {@code /source/flags}, or a bare source. */
  public static JsPattern ofWritten(String written) {
    var last = written.lastIndexOf('/');
    if (written.startsWith("/") && last > 1 && written.lines().count() == 1) {
      return of(written.substring(1, last), written.substring(last + 1));
    }
    return of(written, "");
  }

  /**
   * What {@code String.prototype.match} gives: the first match and its groups, or with the flag g
   * all matches; empty when there is none.
   */
  public Optional<List<Optional<String>>> match(String text) {
    var matcher = pattern.matcher(text);
    if (global) {
      var all = new ArrayList<Optional<String>>();
      var from = 0;
      while (find(matcher, from)) {
        all.add(Optional.of(matcher.group()));
        from = matcher.end() > matcher.start() ? matcher.end() : matcher.end() + 1;
      }
      return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }
    if (!find(matcher, 0)) {
      return Optional.empty();
    }
    var groups = new ArrayList<Optional<String>>();
    for (var i = 0; i <= matcher.groupCount(); i++) {
      groups.add(Optional.ofNullable(matcher.group(i)));
    }
    return Optional.of(groups);
  }

  private boolean find(Matcher matcher, int from) {
    try {
      return from <= matcher.regionEnd()
          && matcher.find(from)
          && (!sticky || matcher.start() == from);
    } catch (StackOverflowError e) {
      throw new Malformed("a regular expression that goes too deep", pattern.pattern());
    }
  }
}
