package dev.gantry.explain.log;

import dev.gantry.explain.phrase.Needles;
import dev.gantry.explain.phrase.Phrase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Everything that a reader listens for: the phrases of the causes' signs by number, hints that are
 * facts when they stand in a line, and words that make a line worth reading for its requests and
 * references.
 */
public final class Vocabulary {
  private static final List<String> TELLING =
      List.of(
          "http://",
          "https://",
          "refers to",
          "status",
          "docker push",
          "docker image push",
          "docker tag",
          "docker login",
          "acr login",
          "configure-docker",
          "podman push",
          "skopeo copy",
          "--tag ",
          "--destination",
          "failed to push",
          "exit code",
          "invalid tag",
          "parsing reference",
          "invalid argument",
          "docker://",
          "exit status",
          "parse reference",
          "no such image",
          "tag does not exist",
          "buildctl",
          "imagetools",
          "denied",
          "unauthorized",
          "forbidden",
          "logging in",
          "publishing ",
          "pushing ",
          "](http",
          "##[group]run ",
          "##[section]starting: ",
          "[pipeline] { (",
          ".github/workflows/",
          "auths");

  /** How far a hint reaches: its line, what follows until another says otherwise, or the log. */
  public enum Reach {
    LINE,
    NEAR,
    LOG
  }

  /** A fact that holds where its phrase stands. */
  public record Hint(Phrase says, String fact, Reach reach) {}

  private final List<Phrase> phrases;
  private final List<Hint> hints;
  private final List<Phrase> noise;
  private final Needles needles;
  private final List<Integer> owners = new ArrayList<>();

  /**
   * @param phrases the signs' phrases; the place in the list is the number in an observation
   * @param hints facts by phrase
   * @param noise lines that look like failures and are none
   */
  public Vocabulary(List<Phrase> phrases, List<Hint> hints, List<Phrase> noise) {
    this.phrases = List.copyOf(phrases);
    this.hints = List.copyOf(hints);
    this.noise = List.copyOf(noise);
    var texts = new ArrayList<String>();
    for (var number = 0; number < phrases.size(); number++) {
      own(phrases.get(number), number, texts);
    }
    for (var number = 0; number < hints.size(); number++) {
      own(hints.get(number).says(), phrases.size() + number, texts);
    }
    for (var text : TELLING) {
      texts.add(text);
      owners.add(phrases.size() + hints.size());
    }
    needles = new Needles(texts);
  }

  private void own(Phrase phrase, int number, List<String> texts) {
    for (var needle : phrase.needles()) {
      texts.add(needle);
      owners.add(number);
    }
  }

  /**
   * Marks the needles that stand in these bytes up to the end of the line; returns where it ends,
   * or {@code to}.
   */
  int scan(byte[] bytes, int from, int to, BitSet hits) {
    return needles.search(bytes, from, to, hits);
  }

  /** The numbers of the phrases and hints whose needles were hit. */
  BitSet candidates(BitSet hits) {
    var numbers = new BitSet();
    hits.stream().forEach(hit -> numbers.set(owners.get(hit)));
    return numbers;
  }

  /** Whether the line is worth reading for its requests and references. */
  boolean telling(BitSet candidates) {
    return candidates.get(phrases.size() + hints.size());
  }

  /** The numbers of those that may stand in a text in plain form. */
  public BitSet candidates(String plain) {
    var bytes = plain.getBytes(StandardCharsets.UTF_8);
    var hits = new BitSet();
    scan(bytes, 0, bytes.length, hits);
    return candidates(hits);
  }

  /** Whether the line looks like a failure and is none: a debug line, a notice. */
  boolean noise(String plain) {
    return noise.stream().anyMatch(phrase -> phrase.in(plain));
  }

  /** The phrases among the candidates that really stand in the text. */
  public BitSet phrasesIn(String plain, BitSet candidates) {
    var there = new BitSet();
    candidates.stream()
        .filter(number -> number < phrases.size() && phrases.get(number).in(plain))
        .forEach(there::set);
    return there;
  }

  /** The hints among the candidates that really stand in the text. */
  public List<Hint> hintsIn(String plain, BitSet candidates) {
    var from = phrases.size();
    return candidates.get(from, from + hints.size()).stream()
        .mapToObj(hints::get)
        .filter(hint -> hint.says().in(plain))
        .toList();
  }
}
