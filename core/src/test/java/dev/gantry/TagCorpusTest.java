package dev.gantry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.failure.PublishException;
import dev.gantry.oci.Json;
import dev.gantry.tags.Answers;
import dev.gantry.tags.Fact;
import dev.gantry.tags.Now;
import dev.gantry.tags.PlanJson;
import dev.gantry.tags.Planner;
import dev.gantry.tags.Surroundings;
import dev.gantry.tags.TagInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recorded answers of docker/metadata-action. Runs where the environment variable GANTRY_CORPUS
 * names a folder that holds {@code tags/cases.jsonl}.
 */
class TagCorpusTest {
  /** Cases that no other program has to answer alike: accidents of JavaScript, impossible refs. */
  private static final Set<String> NOT_MEANT = Set.of("js-artifact", "crash", "impossible-ref");

  @TempDir Path folder;

  @Test
  void compatibleAnswersAreTheRecordedOnes() throws IOException, InterruptedException {
    var corpus = Optional.ofNullable(System.getenv("GANTRY_CORPUS"));
    assumeTrue(corpus.isPresent(), "GANTRY_CORPUS is not set");
    var file = Path.of(corpus.get()).resolve("tags/cases.jsonl");
    assumeTrue(Files.exists(file), "no tags/cases.jsonl in GANTRY_CORPUS");
    var failures = new ArrayList<String>();
    var count = 0;
    for (var line : Files.readAllLines(file)) {
      var one = (Json.Obj) Json.parse(line);
      var flags = one.array("flags").map(Json.Arr::texts).orElse(List.of());
      if (flags.stream().anyMatch(NOT_MEANT::contains)) {
        continue;
      }
      count++;
      var wrong = differences(one);
      if (!wrong.isEmpty()) {
        failures.add(one.needText("id") + ": " + String.join("; ", wrong));
      }
    }
    System.out.println("tag corpus: " + (count - failures.size()) + " of " + count + " alike");
    assertThat(failures).isEmpty();
    assertThat(count).isPositive();
  }

  private List<String> differences(Json.Obj one) throws IOException, InterruptedException {
    var expect = one.object("expect").orElseThrow();
    var wantsError = expect.text("error").isPresent();
    Json.Obj got;
    try {
      got = plan(one);
    } catch (PublishException e) {
      return wantsError ? List.of() : List.of("refused: " + e.getMessage());
    }
    if (wantsError) {
      return List.of("not refused, but " + expect.text("error").orElseThrow());
    }
    var wrong = new ArrayList<String>();
    compare(wrong, "version", expect.get("version"), got.get("version"));
    compare(wrong, "tags", expect.get("tags"), got.get("tags"));
    compare(wrong, "tag-names", expect.get("tag_names"), got.get("tag-names"));
    compare(wrong, "labels", expect.get("labels"), got.get("labels"));
    compare(wrong, "annotations", expect.get("annotations"), got.get("annotations"));
    compare(
        wrong,
        "label order",
        expect.get("label_keys").map(keys -> Json.strings(sorted((Json.Arr) keys))),
        got.object("labels").map(labels -> Json.strings(sorted(labels.members().keySet()))));
    var target = got.object("bake").flatMap(bake -> bake.object("target")).orElseThrow().members();
    compare(
        wrong,
        "bake arguments",
        expect.get("bake_args"),
        target.values().stream().findFirst().flatMap(json -> ((Json.Obj) json).get("args")));
    var warned = expect.array("warnings").map(all -> !all.items().isEmpty()).orElse(false);
    if (warned != !got.array("warnings").orElseThrow().items().isEmpty()) {
      wrong.add("warnings " + expect.get("warnings") + " but " + got.get("warnings"));
    }
    return wrong;
  }

  private static List<String> sorted(Json.Arr keys) {
    return List.copyOf(new TreeSet<>(keys.texts()));
  }

  private static List<String> sorted(Set<String> keys) {
    return List.copyOf(new TreeSet<>(keys));
  }

  private static void compare(
      List<String> wrong,
      String what,
      Optional<? extends Json> expected,
      Optional<? extends Json> got) {
    if (!expected.equals(got)) {
      wrong.add(
          what
              + " expected "
              + expected.map(Json::compact).orElse("nothing")
              + " but got "
              + got.map(Json::compact).orElse("nothing"));
    }
  }

  private Json.Obj plan(Json.Obj one) throws IOException, InterruptedException {
    var env = texts(one, "env");
    var inputs = texts(one, "inputs");
    var repository = one.object("repo").orElse(Json.object());
    var commits = one.object("api").flatMap(api -> api.object("commits"));
    if (commits.isPresent()) {
      repository = repository.with("commits", commits.get());
    }
    var payload = one.object("payload").orElse(Json.object());
    var now = new Now(Instant.parse(one.needText("now")), ZoneOffset.UTC);
    var wish = new TagInputs(inputs, env, true);
    var checkout = Map.<String, Fact>of();
    if (wish.source().equals("git")) {
      var git = new GitCheckout(Files.createTempDirectory(folder, "git"));
      git.prepare(one.object("git").orElseThrow());
      checkout = git.answers().head();
    }
    var context = Surroundings.github(env, payload, checkout);
    var answers = new RepositoryAnswers(repository, "--repository-json", Answers.NONE);
    return PlanJson.document(Planner.plan(wish, context, answers, now));
  }

  private static Map<String, String> texts(Json.Obj one, String name) {
    var texts = new LinkedHashMap<String, String>();
    one.object(name)
        .ifPresent(all -> all.members().forEach((key, _) -> texts.put(key, all.needText(key))));
    return texts;
  }
}
