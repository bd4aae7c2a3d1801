package dev.gantry.explain.log;

import dev.gantry.explain.phrase.Needles;
import dev.gantry.explain.phrase.Phrase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;

/**
 * Everything that a reader listens for: the phrases of the causes' signs by number, hints that are
 * facts when they stand in a line, and words that make a line worth reading for its requests and
 * references.
 */
public final class Vocabulary {
  private static final List<String> TELLING =
      List.of(
          "/v2/",
          "/v1/",
          "service=",
          "scope=",
          "/token",
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

  /** Of each needle: whose it is, and the bit of its group. */
  private final List<Integer> owners = new ArrayList<>();

  private final List<Integer> bits = new ArrayList<>();

  /** Of each owner: the bits of all of its groups. */
  private final List<Integer> wanted = new ArrayList<>();

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
    phrases.forEach(phrase -> own(phrase.needles(), texts));
    hints.forEach(hint -> own(hint.says().needles(), texts));
    own(List.of(TELLING), texts);
    noise.forEach(phrase -> own(phrase.needles(), texts));
    needles = new Needles(texts);
  }

  private void own(List<List<String>> groups, List<String> texts) {
    var owner = wanted.size();
    for (var group = 0; group < groups.size(); group++) {
      for (var needle : groups.get(group)) {
        texts.add(needle);
        owners.add(owner);
        bits.add(1 << group);
      }
    }
    wanted.add((1 << groups.size()) - 1);
  }

  /**
   * Marks the needles that stand in these bytes up to the end of the line; returns where it ends,
   * or {@code to}.
   */
  int scan(byte[] bytes, int from, int to, BitSet hits) {
    return needles.search(bytes, from, to, hits);
  }

  /** The numbers of the phrases, hints and noise of which a needle of every group was hit. */
  BitSet candidates(BitSet hits) {
    var numbers = new BitSet();
    var partly = new HashMap<Integer, Integer>();
    for (var hit = hits.nextSetBit(0); hit >= 0; hit = hits.nextSetBit(hit + 1)) {
      var owner = owners.get(hit);
      if (wanted.get(owner) == 1) {
        numbers.set(owner);
      } else if (partly
          .merge(owner, bits.get(hit), (some, more) -> some | more)
          .equals(wanted.get(owner))) {
        numbers.set(owner);
      }
    }
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
  boolean noise(String plain, BitSet candidates) {
    var first = phrases.size() + hints.size() + 1;
    for (var at = candidates.nextSetBit(first); at >= 0; at = candidates.nextSetBit(at + 1)) {
      if (noise.get(at - first).in(plain)) {
        return true;
      }
    }
    return false;
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
