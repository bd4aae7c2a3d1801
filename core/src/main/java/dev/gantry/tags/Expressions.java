package dev.gantry.tags;

import dev.gantry.oci.Malformed;
import dev.gantry.tags.grammar.JsText;
import dev.gantry.tags.template.Template;
import dev.gantry.tags.template.Value;
import dev.gantry.tags.time.DatePattern;
import dev.gantry.tags.time.JsDate;
import dev.gantry.tags.time.Zone;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The expressions that stand in rules, flavor and labels (docker/metadata-action, README, global
 * expressions). Dates, zones and questions are worked out only when an expression asks for them.
 */
class Expressions {
  final TagInputs inputs;
  final Context context;
  final Answers answers;
  private final Now now;

  Expressions(TagInputs inputs, Context context, Answers answers, Now now) {
    this.inputs = inputs;
    this.context = context;
    this.answers = answers;
    this.now = now;
  }

  /** How templates are read here. */
  Template.Dialect dialect() {
    return Template.Dialect.HANDLEBARS;
  }

  /** The text with its expressions replaced by what holds for the whole run. */
  String global(String text, String where) {
    return Template.isPlain(text) ? text : render(text, new Value.Obj(names()), where);
  }

  /** The text with its expressions replaced from this context only. */
  String render(String text, Value.Obj values, String where) {
    try {
      return Template.parse(text).render(values, dialect());
    } catch (Malformed fault) {
      throw Objection.in(where, fault);
    }
  }

  /** What an expression may name. */
  Map<String, Value> names() {
    var names = new LinkedHashMap<String, Value>();
    names.put("branch", Value.lazy("branch", () -> Value.of(context.branch().orElse(""))));
    names.put("tag", Value.lazy("tag", () -> Value.of(context.tag().orElse(""))));
    names.put("sha", Value.lazy("sha", () -> Value.of(shortSha(sha()))));
    names.put("base_ref", Value.lazy("base_ref", () -> Value.of(baseRef())));
    names.putAll(dates());
    names.put(
        "is_default_branch", Value.lazy("is_default_branch", () -> condition(isDefaultBranch())));
    names.put(
        "is_not_default_branch",
        Value.lazy("is_not_default_branch", () -> condition(!isDefaultBranch())));
    return names;
  }

  /** Yes or no: two texts for the anchor, which {@code #if} both takes for true. */
  Value condition(boolean yes) {
    return Value.of(Boolean.toString(yes));
  }

  /** The two dates. */
  Map<String, Value> dates() {
    var names = new LinkedHashMap<String, Value>();
    names.put("date", date("date", () -> Optional.of(now.instant())));
    names.put("commit_date", date("commit_date", this::commitDate));
    return names;
  }

  private Value date(String name, java.util.function.Supplier<Optional<Instant>> when) {
    return new Value.Fn(
        name, (arguments, options) -> Value.of(date(name, arguments, options, when.get())));
  }

  private String date(
      String name,
      List<Value> arguments,
      Optional<Map<String, Value>> options,
      Optional<Instant> when) {
    if (arguments.size() != 1
        || (arguments.getFirst().truthy() && !(arguments.getFirst() instanceof Value.Text))) {
      throw new Malformed(
          "needs exactly one pattern, as {{" + name + " 'YYYYMMDD'}}", "{{" + name + "}}");
    }
    var pattern = arguments.getFirst() instanceof Value.Text(var text) ? text : "";
    var zone = Zone.UTC;
    for (var option : options.orElse(Map.of()).entrySet()) {
      if (!option.getKey().equals("tz")) {
        throw new Malformed(
            "Unknown " + option.getKey() + " attribute; there is only tz", "{{" + name + "}}");
      }
      if (!(option.getValue() instanceof Value.Text(var zoneName)) || zoneName.isEmpty()) {
        throw new Malformed("tz needs a zone's name, as tz='Asia/Tokyo'", "{{" + name + "}}");
      }
      zone = zone(zoneName);
    }
    return DatePattern.write(when, zone, pattern);
  }

  /** A zone by its name; the anchor takes the machine's own for one it does not know. */
  Zone zone(String name) {
    return name.equals("UTC") ? Zone.UTC : Zone.find(name).orElseGet(() -> Zone.local(now.zone()));
  }

  /** When the commit was committed; without an answer, now. Empty for a date that is none. */
  private Optional<Instant> commitDate() {
    var known =
        context
            .commitDate()
            .or(() -> context.sha().flatMap(sha -> answers.commitDate(sha.value())));
    return known.isEmpty()
        ? Optional.of(now.instant())
        : known.flatMap(fact -> JsDate.parse(fact.value(), now.zone()));
  }

  /** The commit's full name. */
  String sha() {
    return context
        .sha()
        .map(Fact::value)
        .orElseThrow(() ->
            new Malformed("no commit is known; set GITHUB_SHA, or use --context git", "{{sha}}"));
  }

  /**
   * The first characters of a commit's name, seven unless DOCKER_METADATA_SHORT_SHA_LENGTH says
   * otherwise.
   */
  String shortSha(String sha) {
    var setting = inputs.setting("DOCKER_METADATA_SHORT_SHA_LENGTH");
    var length = setting.isEmpty() ? Optional.of(7.0) : JsText.number(setting);
    if (length.isEmpty()) {
      throw Objection.rule(
          "DOCKER_METADATA_SHORT_SHA_LENGTH is not a valid number: " + setting,
          "DOCKER_METADATA_SHORT_SHA_LENGTH",
          "set it to a number from 1 to 40");
    }
    return length.get() >= sha.length() ? sha : sha.substring(0, (int) Math.max(0, length.get()));
  }

  /** The branch a tag or pull request belongs to, as far as the payload tells. */
  String baseRef() {
    return context.ref().isPresent() ? context.baseRef().map(Fact::value).orElse("") : "";
  }

  /** Whether this is the default branch, or an event that always happens there. */
  boolean isDefaultBranch() {
    if (context.ref().isEmpty()) {
      throw new Malformed("no ref is known; set GITHUB_REF", "{{is_default_branch}}");
    }
    var branch = GitHubContext.withoutHeads(context.refText());
    if (branch.isEmpty()) {
      return false;
    }
    var event = context.eventText();
    return context.defaultBranch().filter(main -> main.value().equals(branch)).isPresent()
        || event.contains("create")
        || event.contains("discussion")
        || event.contains("issues")
        || event.contains("schedule");
  }
}
