package dev.gantry.tags;

import dev.gantry.oci.Malformed;
import dev.gantry.tags.grammar.JsPattern;
import dev.gantry.tags.grammar.JsText;
import dev.gantry.tags.grammar.Pep440;
import dev.gantry.tags.grammar.SemVer;
import dev.gantry.tags.template.Template;
import dev.gantry.tags.template.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Works out what each type of rule gives in a context, as docker/metadata-action does. */
class RuleValues {
  final Expressions expressions;
  final Context context;
  final Flavor flavor;
  final List<String> warnings;

  RuleValues(Expressions expressions, Flavor flavor, List<String> warnings) {
    this.expressions = expressions;
    this.context = expressions.context;
    this.flavor = flavor;
    this.warnings = warnings;
  }

  /** What a rule comes to. */
  sealed interface Made {
    /**
     * A text that becomes a tag.
     *
     * @param latest whether the rule wants {@code latest} to point there too
     */
    record Text(String value, boolean latest, String why) implements Made {}

    /** No tag in this context. */
    record None(String why) implements Made {}
  }

  /** Whether the rule counts at all; anything but true and false is refused. */
  boolean enabled(Rule rule) {
    var enabled = expressions.global(rule.get("enable"), rule.where());
    if (!enabled.equals("true") && !enabled.equals("false")) {
      throw Objection.rule(
          "Invalid value for enable attribute: " + enabled,
          rule.where(),
          "write enable=true, enable=false or an expression that gives one of them, as"
              + " enable={{is_default_branch}}; here enable="
              + rule.get("enable")
              + " gave '"
              + enabled
              + "'");
    }
    return enabled.equals("true");
  }

  Made make(Rule rule) {
    return switch (rule.type()) {
      case SCHEDULE -> schedule(rule);
      case SEMVER -> semver(rule);
      case PEP440 -> pep440(rule);
      case MATCH -> match(rule);
      case EDGE -> edge(rule);
      case REF -> ref(rule);
      case RAW -> text(rule, expressions.global(rule.get("value"), rule.where()), "its value");
      case SHA -> sha(rule);
    };
  }

  Made text(Rule rule, String value, String why) {
    return new Made.Text(dressed(rule, value), false, why);
  }

  Made.None none(String why) {
    return new Made.None(why);
  }

  /** The value between the rule's prefix and suffix, or the flavor's where the rule has none. */
  String dressed(Rule rule, String value) {
    var prefix = rule.attribute("prefix").orElse(flavor.prefix());
    var suffix = rule.attribute("suffix").orElse(flavor.suffix());
    return expressions.global(prefix, rule.where())
        + value
        + expressions.global(suffix, rule.where());
  }

  private Made schedule(Rule rule) {
    if (!context.eventText().contains("schedule")) {
      return none("the event is " + event() + ", not schedule");
    }
    var pattern = rule.get("pattern");
    var value = expressions.render(pattern, new Value.Obj(scheduleNames()), rule.where());
    return text(rule, value, "the schedule");
  }

  Map<String, Value> scheduleNames() {
    return expressions.dates();
  }

  String event() {
    return context.event().map(Fact::toString).orElse("unknown");
  }

  /**
   * The text that a version is read from: the rule's own value, or the git tag; empty when there is
   * neither.
   */
  Optional<String> versionText(Rule rule) {
    var own = rule.get("value");
    if (!own.isEmpty()) {
      return Optional.of(expressions.global(own, rule.where()));
    }
    return context.tag();
  }

  /** The part of the text that the rule's {@code match} picks out. */
  private String matched(Rule rule, String text) {
    var match = rule.get("match");
    if (match.isEmpty()) {
      return text;
    }
    var found = pattern(match, rule, false).match(text);
    if (found.isEmpty()) {
      warnings.add(match + " does not match " + text + ".");
      return text;
    }
    if (found.get().size() < 2 || found.get().get(1).isEmpty()) {
      throw Objection.rule(
          "match=" + match + " has no group 1",
          rule.where(),
          "put the version part between parentheses, as match=api/(.*)");
    }
    return found.get().get(1).orElse("");
  }

  static JsPattern pattern(String source, Rule rule, boolean written) {
    try {
      return written ? JsPattern.ofWritten(source) : JsPattern.of(source, "");
    } catch (Malformed fault) {
      throw Objection.rule(
          "Invalid regular expression: " + fault.getMessage(),
          rule.where(),
          "correct it; a comma inside needs the whole line between quotes");
    }
  }

  Made semver(Rule rule) {
    var given = versionText(rule);
    if (given.isEmpty()) {
      return none("the ref is " + refName() + ", not a tag, and the rule has no value");
    }
    var text = matched(rule, given.get()).replace('/', '-');
    var version = SemVer.parse(text);
    if (version.isEmpty()) {
      warnings.add(text + " is not a valid semver. More info: https://semver.org/");
      return none("'" + text + "' is no semantic version");
    }
    return semver(rule, version.get());
  }

  Made semver(Rule rule, SemVer version) {
    var names = new Value.Obj(semverNames(version));
    var pattern = rule.get("pattern");
    if (version.isStable()) {
      return new Made.Text(
          dressed(rule, expressions.render(pattern, names, rule.where())),
          true,
          "the version " + version.version());
    }
    var only = Template.isOnly(pattern, "raw") ? pattern : "{{version}}";
    return new Made.Text(
        dressed(rule, expressions.render(only, names, rule.where())),
        false,
        "the pre-release " + version.version());
  }

  static Map<String, Value> semverNames(SemVer version) {
    var names = new LinkedHashMap<String, Value>();
    names.put("raw", Value.of(version.raw()));
    names.put("version", Value.of(version.version()));
    names.put("major", Value.of((double) version.major()));
    names.put("minor", Value.of((double) version.minor()));
    names.put("patch", Value.of((double) version.patch()));
    names.put(
        "prerelease",
        new Value.Arr(
            version.prerelease().stream()
                .map(part ->
                    part.length() < 16 && part.chars().allMatch(JsText::isDigit)
                        ? Value.of(Double.parseDouble(part))
                        : Value.of(part))
                .toList()));
    names.put("build", new Value.Arr(version.build().stream().map(Value::of).toList()));
    names.put("loose", new Value.Bool(true));
    names.put("includePrerelease", new Value.Bool(false));
    names.put("options", new Value.Obj(Map.of("loose", new Value.Bool(true))));
    return names;
  }

  Made pep440(Rule rule) {
    var given = versionText(rule);
    if (given.isEmpty()) {
      return none("the ref is " + refName() + ", not a tag, and the rule has no value");
    }
    var text = matched(rule, given.get()).replace('/', '-');
    var version = Pep440.parse(text);
    if (version.isEmpty()) {
      warnings.add(
          text
              + " does not conform to PEP 440. More info:"
              + " https://www.python.org/dev/peps/pep-0440");
      return none("'" + text + "' is no version by PEP 440");
    }
    return pep440(rule, version.get());
  }

  Made pep440(Rule rule, Pep440 version) {
    var pattern = rule.get("pattern");
    if (version.isFinal()) {
      var value = expressions.render(pattern, new Value.Obj(pep440Names(version)), rule.where());
      return new Made.Text(dressed(rule, value), true, "the version " + version.version());
    }
    var value = Template.isOnly(pattern, "raw") ? version.raw() : version.version();
    return new Made.Text(dressed(rule, value), false, "the version " + version.version());
  }

  static Map<String, Value> pep440Names(Pep440 version) {
    var names = new LinkedHashMap<String, Value>();
    names.put("raw", Value.lazy("raw", () -> Value.of(version.raw())));
    names.put("version", Value.lazy("version", () -> Value.of(version.version())));
    names.put("major", Value.lazy("major", () -> Value.of(version.part(0))));
    names.put("minor", Value.lazy("minor", () -> Value.of(version.part(1))));
    names.put("patch", Value.lazy("patch", () -> Value.of(version.part(2))));
    return names;
  }

  Made match(Rule rule) {
    var given = versionText(rule);
    if (given.isEmpty()) {
      return none("the ref is " + refName() + ", not a tag, and the rule has no value");
    }
    var source = rule.get("pattern");
    var found = pattern(source, rule, true).match(given.get());
    if (found.isEmpty()) {
      warnings.add(source + " does not match " + given.get() + ".");
      return none("'" + given.get() + "' does not match " + source);
    }
    var value = group(found.get(), rule.get("group"));
    if (value.isEmpty()) {
      warnings.add("Group " + rule.get("group") + " does not exist for " + source + " pattern.");
      return none("the pattern has no group " + rule.get("group"));
    }
    return new Made.Text(dressed(rule, value.get()), true, "the match of " + source);
  }

  /** A group by its number, written without leading zeros. */
  static Optional<String> group(List<Optional<String>> groups, String number) {
    for (var i = 0; i < groups.size(); i++) {
      if (Integer.toString(i).equals(number)) {
        return groups.get(i);
      }
    }
    return Optional.empty();
  }

  Made edge(Rule rule) {
    var branch = context.branch();
    if (branch.isEmpty()) {
      return none("the ref is " + refName() + ", not a branch");
    }
    var wanted = rule.get("branch").isEmpty() ? defaultBranch() : Optional.of(rule.get("branch"));
    if (!wanted.equals(branch)) {
      return none(
          "the branch is " + branch.get() + ", not " + wanted.orElse("the unknown default branch"));
    }
    return text(rule, "edge", "the branch " + branch.get());
  }

  /** The default branch as the forge has it. */
  Optional<String> defaultBranch() {
    return expressions.answers.project().flatMap(Project::defaultBranch);
  }

  Made ref(Rule rule) {
    var ref = context.refText();
    return switch (rule.get("event")) {
      case "branch" ->
          context
              .branch()
              .map(name -> text(rule, name, "the branch " + name))
              .orElseGet(() -> none("the ref is " + refName() + ", not a branch"));
      case "tag" ->
          context
              .tag()
              .<Made>map(name -> new Made.Text(dressed(rule, name), true, "the git tag " + name))
              .orElseGet(() -> none("the ref is " + refName() + ", not a tag"));
      default -> {
        if (!context.pullRef()) {
          yield none("the ref is " + refName() + ", not a pull request");
        }
        var name = ref.substring("refs/pull/".length());
        var number =
            name.endsWith("/merge") ? name.substring(0, name.length() - "/merge".length()) : name;
        yield text(rule, number, "the pull request " + number);
      }
    };
  }

  Made sha(Rule rule) {
    var sha = context.sha().map(Fact::value).filter(text -> !text.isEmpty());
    if (sha.isEmpty()) {
      return none("no commit is known");
    }
    var value = rule.get("format").equals("short") ? expressions.shortSha(sha.get()) : sha.get();
    return text(rule, value, "the commit " + sha.get());
  }

  String refName() {
    return context.ref().map(Fact::toString).orElse("unknown");
  }

  /** Everything that stands before {@code latest} and behind it. */
  String latestName() {
    var name = new ArrayList<String>();
    name.add(flavor.prefixLatest() ? flavor.prefix() : "");
    name.add("latest");
    name.add(flavor.suffixLatest() ? flavor.suffix() : "");
    return String.join("", name);
  }
}
