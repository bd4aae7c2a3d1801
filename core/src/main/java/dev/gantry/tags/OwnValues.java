package dev.gantry.tags;

import dev.gantry.oci.Malformed;
import dev.gantry.tags.grammar.JsText;
import dev.gantry.tags.grammar.Pep440;
import dev.gantry.tags.grammar.SemVer;
import dev.gantry.tags.template.Template;
import dev.gantry.tags.template.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What rules give where docker/metadata-action is wrong: {@code latest} and floating tags belong to
 * the highest stable release, a pre-release keeps its pattern's text, and a tag of another
 * component of a monorepo is not mistaken for one's own.
 */
final class OwnValues extends RuleValues {
  private final List<String> images;

  OwnValues(Expressions expressions, Flavor flavor, List<String> warnings, List<String> images) {
    super(expressions, flavor, warnings);
    this.images = images;
  }

  @Override
  Map<String, Value> scheduleNames() {
    return expressions.names();
  }

  @Override
  Optional<String> defaultBranch() {
    return expressions instanceof OwnExpressions own
        ? own.defaultBranch().map(Fact::value)
        : super.defaultBranch();
  }

  @Override
  Made semver(Rule rule) {
    return version(
        rule, "semantic version", text -> SemVer.parse(text).map(version -> semver(rule, version)));
  }

  @Override
  Made pep440(Rule rule) {
    return version(
        rule,
        "version by PEP 440",
        text -> Pep440.parse(text).map(version -> pep440(rule, version)));
  }

  private Made version(Rule rule, String kind, Function<String, Optional<Made>> reader) {
    var given = versionText(rule);
    if (given.isEmpty()) {
      return none("the ref is " + refName() + ", not a tag, and the rule has no value");
    }
    var text = own(rule, given.get());
    if (text.isEmpty()) {
      return none(
          rule.get("match").isEmpty()
              ? "'"
                  + given.get()
                  + "' is the tag of another component; add match="
                  + before(given.get())
                  + "(.*) to take it"
              : "'" + given.get() + "' does not match " + rule.get("match"));
    }
    return reader
        .apply(text.get())
        .orElseGet(() -> {
          warnings.add(rule.where() + ": '" + text.get() + "' is no " + kind);
          return none("'" + text.get() + "' is no " + kind);
        });
  }

  /** The version within a tag: what the rule matches, or what follows the component's own name. */
  private Optional<String> own(Rule rule, String text) {
    if (!rule.get("match").isEmpty()) {
      var found = pattern(rule.get("match"), rule, false).match(text);
      if (found.isPresent() && (found.get().size() < 2 || found.get().get(1).isEmpty())) {
        throw Objection.rule(
            "match=" + rule.get("match") + " has no group 1",
            rule.where(),
            "put the version part between parentheses, as match=api/(.*)");
      }
      return found.flatMap(groups -> groups.get(1));
    }
    var prefix = before(text);
    if (prefix.isEmpty() || !rule.get("value").isEmpty()) {
      return Optional.of(text);
    }
    var component = prefix.substring(0, prefix.length() - 1);
    var ours =
        images.isEmpty()
            || images.stream().anyMatch(image -> ("/" + image).endsWith("/" + component));
    return ours ? Optional.of(text.substring(prefix.length())) : Optional.empty();
  }

  /** What stands before the version in {@code api/v1.2.3} or {@code api@1.2.3}, sign included. */
  private static String before(String text) {
    var at = Math.max(text.lastIndexOf('/'), text.lastIndexOf('@'));
    return text.substring(0, at + 1);
  }

  @Override
  Made semver(Rule rule, SemVer version) {
    var names = new LinkedHashMap<>(expressions.names());
    names.putAll(semverNames(version));
    List.of("loose", "includePrerelease", "options").forEach(names::remove);
    var channel =
        version.prerelease().stream()
            .findFirst()
            .filter(part -> !part.chars().allMatch(JsText::isDigit))
            .orElse("");
    names.put("channel", Value.of(channel));
    var release = Release.of(version.version()).orElseThrow();
    return released(
        rule,
        names,
        version.isStable(),
        channel,
        release,
        "the version " + version.version(),
        text ->
            SemVer.parse(text)
                .map(other -> {
                  Map<String, Value> others = new LinkedHashMap<>(names);
                  others.putAll(semverNames(other));
                  return others;
                }));
  }

  @Override
  Made pep440(Rule rule, Pep440 version) {
    var names = new LinkedHashMap<>(expressions.names());
    names.putAll(pep440Names(version));
    names.put("channel", Value.of(""));
    var release = new Release(version.release(), version.pre() || version.dev());
    return released(
        rule,
        names,
        version.isFinal(),
        "",
        release,
        "the version " + version.version(),
        text ->
            Pep440.parse(text)
                .map(other -> {
                  Map<String, Value> others = new LinkedHashMap<>(names);
                  others.putAll(pep440Names(other));
                  return others;
                }));
  }

  private Made released(
      Rule rule,
      Map<String, Value> names,
      boolean stable,
      String channel,
      Release release,
      String why,
      Function<String, Optional<Map<String, Value>>> reader) {
    var template = template(rule);
    if (template.names("channel") && channel.isEmpty()) {
      return none(why.substring(4) + " is of no channel");
    }
    var pinned = Stream.of("version", "raw", "prerelease", "channel").anyMatch(template::names);
    if (!stable && !pinned) {
      return none(why.substring(4) + " is a pre-release, for which floating tags do not move");
    }
    var value = render(rule, template, names);
    if (stable && !pinned) {
      for (var higher : higher(rule, release)) {
        var other = reader.apply(higher).map(others -> render(rule, template, others));
        if (other.filter(value::equals).isPresent()) {
          return none(higher + " is higher and holds " + value);
        }
      }
    }
    var latest = stable && !context.prerelease().orElse(false) && highest(rule, release);
    return new Made.Text(dressed(rule, value), latest, why);
  }

  private Template template(Rule rule) {
    try {
      return Template.parse(rule.get("pattern"));
    } catch (Malformed fault) {
      throw Objection.in(rule.where(), fault);
    }
  }

  private String render(Rule rule, Template template, Map<String, Value> names) {
    try {
      return template.render(new Value.Obj(names), expressions.dialect());
    } catch (Malformed fault) {
      throw Objection.in(rule.where(), fault);
    }
  }

  /** The stable releases above this one, as git knows them. */
  private List<String> higher(Rule rule, Release release) {
    return expressions.answers.gitTags().stream()
        .flatMap(tag -> own(rule, tag).stream())
        .filter(text ->
            Release.of(text)
                .filter(other -> !other.pre() && other.compareTo(release) > 0)
                .isPresent())
        .toList();
  }

  /** Whether no stable release is higher; asked only where it decides over {@code latest}. */
  private boolean highest(Rule rule, Release release) {
    if (!flavor.latest().equals("auto")) {
      return true;
    }
    var tags = expressions.answers.gitTags();
    if (tags.size() < 2) {
      warnings.add(
          "only "
              + tags.size()
              + " release is known here, so nobody can tell whether this is the highest; fetch"
              + " the git tags (fetch-depth: 0), ask the registry (--releases-from registry), or"
              + " set latest=false in the flavor");
    }
    return higher(rule, release).isEmpty();
  }

  @Override
  Made match(Rule rule) {
    var made = super.match(rule);
    return made instanceof Made.Text text ? settled(rule, text) : made;
  }

  @Override
  Made ref(Rule rule) {
    var made = super.ref(rule);
    return made instanceof Made.Text text && rule.get("event").equals("tag")
        ? settled(rule, text)
        : made;
  }

  /** The same with {@code latest} for the highest stable release only. */
  private Made settled(Rule rule, Made.Text text) {
    var plain = context.tag().map(tag -> tag.substring(before(tag).length())).orElse(text.value());
    var release = Release.of(plain).filter(one -> !one.pre());
    var latest =
        release.isPresent()
            && !context.prerelease().orElse(false)
            && (!flavor.latest().equals("auto") || highest(rule, release.get()));
    return new Made.Text(text.value(), latest, text.why());
  }

  @Override
  String latestName() {
    return (flavor.prefixLatest() ? expressions.global(flavor.prefix(), "the flavor") : "")
        + "latest"
        + (flavor.suffixLatest() ? expressions.global(flavor.suffix(), "the flavor") : "");
  }
}
