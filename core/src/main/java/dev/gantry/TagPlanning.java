package dev.gantry;

import dev.gantry.failure.Failure;
import dev.gantry.failure.Failure.Problem;
import dev.gantry.failure.Failure.Stage;
import dev.gantry.failure.PublishException;
import dev.gantry.oci.Json;
import dev.gantry.oci.Malformed;
import dev.gantry.oci.Tag;
import dev.gantry.tags.Answers;
import dev.gantry.tags.Context;
import dev.gantry.tags.Fact;
import dev.gantry.tags.Now;
import dev.gantry.tags.Planner;
import dev.gantry.tags.Surroundings;
import dev.gantry.tags.TagInputs;
import dev.gantry.tags.TagPlan;
import dev.gantry.tags.time.JsDate;
import dev.gantry.tags.time.Zone;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The front door to tag plans: reads what a plan needs from files, environment, git and API. */
public final class TagPlanning {
  private TagPlanning() {}

  /** A plan and the context it was made in. */
  public record Planned(TagPlan plan, Context context) {}

  /**
   * Makes the plan a wish asks for.
   *
   * @throws PublishException naming the rule or input, the value and the fix
   */
  public static Planned plan(TagWish wish) {
    var inputs = new TagInputs(wish.inputs(), wish.env(), wish.compat());
    var context = context(wish, inputs);
    var answers = answers(wish, inputs, context);
    var all =
        wish.releases().<Answers>map(known -> new ReleaseAnswers(known, answers)).orElse(answers);
    return new Planned(Planner.plan(inputs, context, all, now(wish)), context);
  }

  /** The plan's tags, for a push. */
  public static List<Tag> tags(TagWish wish) {
    return plan(wish).plan().names().stream().map(Tag::new).toList();
  }

  /**
   * The inputs in a rules file: YAML with the inputs' names, each a text or a list of lines, and
   * {@code preset} for one to begin with.
   *
   * @param file a path, or {@code -} for the stream
   */
  public static Map<String, String> rules(Path file, InputStream stream) {
    return RulesFile.read(file, stream);
  }

  private static Context context(TagWish wish, TagInputs inputs) {
    var git = new GitAnswers(wish.folder(), Map.of());
    var fromGit = inputs.source().equals("git");
    var payload = payload(wish.env());
    if (wish.compat()) {
      return Surroundings.github(
          wish.env(), payload, fromGit ? git.head() : Map.<String, Fact>of());
    }
    var checkout = fromGit || !Surroundings.known(wish.env());
    return Surroundings.read(wish.env(), payload, checkout ? git.head() : Map.<String, Fact>of());
  }

  private static Json.Obj payload(Map<String, String> env) {
    var path = env.getOrDefault("GITHUB_EVENT_PATH", "");
    return path.isEmpty() || !Files.exists(Path.of(path))
        ? Json.object()
        : read(Path.of(path), "GITHUB_EVENT_PATH");
  }

  private static Json.Obj read(Path file, String where) {
    try {
      if (Json.parse(Files.readAllBytes(file)) instanceof Json.Obj object) {
        return object;
      }
      throw refused("the JSON is no object", where + " " + file, "give a file with an object");
    } catch (IOException e) {
      throw refused(
          "the file cannot be read: " + e.getMessage(),
          where + " " + file,
          "give a file that is there");
    } catch (Malformed fault) {
      throw refused(
          String.valueOf(fault.getMessage()), where + " " + file, "give a file with valid JSON");
    }
  }

  private static Answers answers(TagWish wish, TagInputs inputs, Context context) {
    Answers local = wish.compat() ? Answers.NONE : new GitAnswers(wish.folder(), Map.of());
    if (wish.repository().isPresent()) {
      return new RepositoryAnswers(
          read(wish.repository().get(), "--repository-json"), "--repository-json", local);
    }
    var given = inputs.get("github-token");
    var token = given.isEmpty() ? wish.env().getOrDefault("GITHUB_TOKEN", "") : given;
    var name = context.repository().map(Fact::value);
    if (token.isEmpty() || name.isEmpty() || !wish.env().containsKey("GITHUB_REPOSITORY")) {
      return local;
    }
    var api = wish.env().getOrDefault("GITHUB_API_URL", "https://api.github.com");
    return new ForgeAnswers(api, name.get(), token, wish.compat(), local);
  }

  /** By {@code --now}, else SOURCE_DATE_EPOCH (reproducible-builds.org), else the clock. */
  private static Now now(TagWish wish) {
    return new Now(
        wish.now()
            .map(TagPlanning::instant)
            .or(() -> epoch(wish.env()))
            .orElseGet(wish.clock()::instant),
        zone(wish.env()));
  }

  /** This machine's zone as TZ names it (POSIX, 8.3); UTC where it names none. */
  private static ZoneId zone(Map<String, String> env) {
    var name = env.getOrDefault("TZ", "");
    return name.isEmpty() || name.equals("UTC")
        ? Zone.UTC.id()
        : Zone.find(name.startsWith(":") ? name.substring(1) : name).orElse(Zone.UTC).id();
  }

  private static Instant instant(String text) {
    return JsDate.parse(text, ZoneId.of("UTC"))
        .orElseThrow(() ->
            refused("'" + text + "' is no time", "--now", "write it as 2020-01-10T00:30:00Z"));
  }

  private static Optional<Instant> epoch(Map<String, String> env) {
    var text = env.getOrDefault("SOURCE_DATE_EPOCH", "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
    } catch (NumberFormatException _) {
      throw refused(
          "'" + text + "' is no number of seconds",
          "SOURCE_DATE_EPOCH",
          "set it to the seconds since 1970, as $(git log -1 --format=%ct)");
    }
  }

  private static PublishException refused(String what, String where, String todo) {
    return new PublishException(
        new Failure.Refused(
            Stage.REQUEST, new Problem("ci.misconfigured-workflow", what, where, todo)));
  }
}
