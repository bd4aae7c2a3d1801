package dev.gantry.explain;

import dev.gantry.explain.log.Vocabulary;
import dev.gantry.explain.phrase.Phrase;
import dev.gantry.oci.Bytes;
import dev.gantry.oci.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The table of all causes, read once from the data files, with the vocabulary that their signs
 * need. {@code causes/index.json} lists the files, {@code facts.json} has the hints and the noise.
 */
public final class Causes {
  private static final String FOLDER = "/dev/gantry/explain/";

  private final List<Cause> causes;
  private final List<Phrase> phrases;
  private final Vocabulary vocabulary;

  private Causes(List<Cause> causes, List<Phrase> phrases, Vocabulary vocabulary) {
    this.causes = List.copyOf(causes);
    this.phrases = List.copyOf(phrases);
    this.vocabulary = vocabulary;
  }

  private static final class Held {
    private static final Causes TABLE = load();
  }

  /** The one table. */
  public static Causes table() {
    return Held.TABLE;
  }

  /**
   * One cause, read from its own file: for a failure whose cause is known already, the table need
   * not be read.
   */
  static Optional<Cause> only(String id) {
    return known().contains(id)
        ? Optional.of(Cause.of(resource("causes/" + id + ".json"), new ArrayList<>()))
        : Optional.empty();
  }

  private static List<String> known() {
    return resource("causes/index.json").array("causes").orElseThrow().texts();
  }

  private static Causes load() {
    var phrases = new ArrayList<Phrase>();
    var causes = new ArrayList<Cause>();
    for (var id : known()) {
      causes.add(Cause.of(resource("causes/" + id + ".json"), phrases));
    }
    var facts = resource("facts.json");
    var hints =
        facts.array("hints").orElseThrow().objects().stream()
            .map(json ->
                new Vocabulary.Hint(
                    Phrase.of(json.needText("says")),
                    json.needText("fact"),
                    Vocabulary.Reach.valueOf(json.needText("reach").toUpperCase(Locale.ROOT))))
            .toList();
    var noise = facts.array("noise").orElseThrow().texts().stream().map(Phrase::of).toList();
    return new Causes(causes, phrases, new Vocabulary(phrases, hints, noise));
  }

  private static Json.Obj resource(String name) {
    try (var in = Causes.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return Json.parseObject(Bytes.of(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of them, in the order of the index. */
  public List<Cause> all() {
    return causes;
  }

  public Optional<Cause> find(String id) {
    return causes.stream().filter(cause -> cause.id().equals(id)).findFirst();
  }

  /** Every phrase of every sign. */
  List<Phrase> phrases() {
    return phrases;
  }

  /** What a log reader must listen for. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }
}
