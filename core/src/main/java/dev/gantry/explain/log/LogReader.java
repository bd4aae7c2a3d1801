package dev.gantry.explain.log;

import dev.gantry.explain.phrase.Plain;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads one log from front to back, in memory that does not grow with it. Every byte goes once
 * through the needles, which see through colours and encodings; only lines with a hit are looked
 * at. A carriage return begins a new line of the same number, as a terminal shows it.
 */
public final class LogReader {
  private static final int BLOCK = 1 << 17;
  private static final int LONGEST_LINE = 1 << 16;

  /** How much of a long line is looked at as one, and how far apart these pieces begin. */
  private static final int WINDOW = Plain.LONGEST;

  private static final int STRIDE = WINDOW - 600;

  /** BuildKit's step and the seconds in it; its closing excerpt of a RUN has the seconds alone. */
  private static final Pattern STEP =
      Pattern.compile("^(?:#(\\d{1,5}) )?(?:(\\d{1,6}\\.\\d{1,4}) )?");

  private static final Pattern ANNOUNCED = Pattern.compile("(?:#\\d{1,5}|=>) (?:cached )?\\[");

  /** What CI systems print where a step begins. */
  private static final Pattern BEGUN =
      Pattern.compile(
          "^(?:Run |\\$ |\\+ |\\[Pipeline] \\{ \\(|Starting: |##\\[section]Starting:"
              + " )(.{2,160}?)\\)?$");

  private static final Pattern OF_BUILD =
      Pattern.compile("^#\\d{1,5} ((?:\\[|exporting|pushing|importing|resolving).{2,160})$");

  private static final Set<String> PREPOSITIONS =
      Set.of("at", "from", "to", "for", "in", "of", "with");

  /** How long a run had gone on, in seconds: logrus' counter, BuildKit's times of steps. */
  private static final Pattern ELAPSED =
      Pattern.compile("^(?:INFO|WARN|ERRO|FATA|DEBU)\\[(\\d{4,6})]|^#\\d{1,5} (\\d{4,6})\\.\\d");

  /** How long the upload alone took, in seconds: BuildKit's plain and its drawn progress. */
  private static final Pattern UPLOADING =
      Pattern.compile("(?:pushing layers|exporting to image) +(\\d{3,6})\\.\\d");

  /** From here on a token that was asked for at the start may have ended: 30 minutes are usual. */
  private static final int LONG_RUN = 1700;

  /** The shortest usual life of a registry's own token is 5 minutes (Docker Hub, GitLab). */
  private static final int LONG_UPLOAD = 290;

  private final String source;
  private final Vocabulary vocabulary;
  private final Kept kept = new Kept();
  private final Shapes shapes = new Shapes();
  private final List<Observation> places = new ArrayList<>();
  private final Facts all = new Facts();
  private final Facts near = new Facts();
  private final Map<String, Facts> steps = new HashMap<>();
  private long line = 1;
  private long size;
  private String pending = "";

  /** Whether the line said nothing so far: it changed nothing and was not kept. */
  private boolean silent;

  private int joined;

  private LogReader(String source, Vocabulary vocabulary) {
    this.source = source;
    this.vocabulary = vocabulary;
  }

  /** Reads to the end; the caller closes. */
  public static Log read(String source, InputStream in, Vocabulary vocabulary) throws IOException {
    return new LogReader(source, vocabulary).run(Unwrapped.of(in));
  }

  private Log run(InputStream in) throws IOException {
    var block = new byte[BLOCK];
    var hits = new BitSet();
    var open = 0; // bytes of a line that is not at its end yet, at the front of the block
    for (var got = in.read(block, 0, BLOCK); got >= 0; got = in.read(block, open, BLOCK - open)) {
      size += got;
      var end = open + got;
      var from = 0;
      while (from < end) {
        hits.clear();
        var at = vocabulary.scan(block, from, end, hits);
        if (at == end && end - from <= LONGEST_LINE) {
          break;
        }
        line(block, from, at, hits);
        line += at < end && block[at] == '\n' ? 1 : 0;
        from = Math.min(at + 1, end);
      }
      System.arraycopy(block, from, block, 0, end - from);
      open = end - from;
    }
    hits.clear();
    vocabulary.scan(block, 0, open, hits);
    line(block, 0, open, hits);
    return new Log(source, kept.inOrder(), places, all, line, size);
  }

  private void line(byte[] bytes, int from, int to, BitSet hits) {
    var whole = !hits.isEmpty();
    if (whole && pending.isEmpty()) {
      if (shapes.known(bytes, from, to)) {
        return;
      }
      silent = true;
      piece(bytes, from, to, hits);
      if (silent && pending.isEmpty()) {
        shapes.nothing();
      }
    } else {
      piece(bytes, from, to, hits);
    }
    if (whole) {
      // Of a long line only the beginning is looked at by phrases: the rest goes in pieces.
      for (var at = from + STRIDE; at < to; at += STRIDE) {
        var end = letter(bytes, Math.min(to, at + WINDOW), to);
        var start = letter(bytes, at, to);
        hits.clear();
        vocabulary.scan(bytes, start, end, hits);
        if (!hits.isEmpty()) {
          piece(bytes, start, end, hits);
        }
      }
    }
  }

  /** The first place from here on at which a letter of UTF-8 begins. */
  private static int letter(byte[] bytes, int from, int to) {
    var at = from;
    while (at < to && (bytes[at] & 0xc0) == 0x80) {
      at++;
    }
    return at;
  }

  private void piece(byte[] bytes, int from, int to, BitSet hits) {
    if (to <= from || (hits.isEmpty() && pending.isEmpty())) {
      return;
    }
    var known = vocabulary.candidates(hits);
    if (known.isEmpty() && pending.isEmpty() && !hides(bytes, from, to)) {
      return;
    }
    var raw = Legible.decode(bytes, from, Math.min(to, from + LONGEST_LINE));
    var text = Legible.clean(raw);
    if (text.isEmpty()) {
      return;
    }
    var whole = pending.isEmpty() ? text : pending + " " + text;
    var plain = Plain.of(whole);
    var candidates =
        !pending.isEmpty() || !raw.contains(text) // cleaning has shown what the bytes hid
            ? vocabulary.candidates(plain)
            : known;
    pending = "";
    if (!candidates.isEmpty()) {
      observe(whole, plain, candidates);
      joined = whole.equals(text) ? 0 : joined + 1;
      // A message that ends with a colon goes on below: terminals and web pages break lines there.
      pending = joined < 3 && whole.length() < 3000 && goesOn(text) ? whole : "";
    }
  }

  /** Whether cleaning may show what the bytes hide: other letters, links, JSON, entities. */
  private static boolean hides(byte[] bytes, int from, int to) {
    for (var at = from; at < to; at++) {
      var b = bytes[at];
      if (b < 0 || b == '{' || b == '&' || (b == '(' && at > from && bytes[at - 1] == ']')) {
        return true;
      }
    }
    return false;
  }

  /** Whether the message ends in the middle: at a mark, a preposition, a registry's address. */
  private static boolean goesOn(String text) {
    var last = text.charAt(text.length() - 1);
    if (last == ':' || last == ',') {
      return true;
    }
    var blank = text.lastIndexOf(' ');
    var word = text.substring(blank + 1);
    return PREPOSITIONS.contains(word)
        || (word.startsWith("http") && Requests.mayBeToRegistry(word))
        || (last == '{' && text.contains("auth"));
  }

  /** Whether it only names what BuildKit is about to do: {@code #2 [internal] load …}. */
  private static boolean announced(String plain) {
    return (plain.startsWith("#") || plain.startsWith("=> "))
        && ANNOUNCED.matcher(plain).lookingAt()
        && !plain.contains("error");
  }

  private void observe(String text, String plain, BitSet candidates) {
    var phrases = announced(plain) ? new BitSet() : vocabulary.phrasesIn(plain, candidates);
    var hints = vocabulary.hintsIn(plain, candidates);
    if (phrases.isEmpty() && hints.isEmpty() && !vocabulary.telling(candidates)) {
      return;
    }
    if (hints.isEmpty() && plain.indexOf('/') < 0 && vocabulary.noise(plain, candidates)) {
      return;
    }
    var own = new Facts();
    Requests.find(text, plain, own);
    References.find(Requests.unformatted(text), plain, own);
    Wire.find(text, plain, own);
    var place = near;
    var step = STEP.matcher(text);
    if (step.lookingAt()) {
      if (step.group(1) != null) {
        place = steps.computeIfAbsent(step.group(1), _ -> new Facts());
      }
      var running = place.has("phase", "run") || (place == near && !near.has("phase"));
      if (step.group(2) != null && running) {
        own.add("inside", "run");
      }
    }
    elapsed(text);
    begun(text, place);
    for (var hint : hints) {
      switch (hint.reach()) {
        case LINE -> own.add(hint.fact());
        case NEAR -> {
          own.add(hint.fact());
          place.replace(new Facts().add(hint.fact()));
          near.replace(new Facts().add(hint.fact())); // what closes the log bears no step's number
        }
        case LOG -> {
          if (all.news(hint.fact())) {
            places.add(place(text, plain, hint.fact()));
          }
          all.add(hint.fact());
        }
      }
    }
    var around = place.copy().under(near);
    Wire.led(own, around);
    remember(own);
    silent &= hints.isEmpty() && own.isEmpty();
    if ((phrases.isEmpty() && own.isEmpty())
        || (vocabulary.noise(plain, candidates) && !refusal(own))) {
      return;
    }
    var mild =
        (plain.contains("warn") && !plain.contains("error")) || plain.contains("retrying in");
    silent = false;
    kept.add(new Observation(source, line, text, plain, phrases, own, around, mild));
  }

  /** Remembers which step of the run, or of the build, this is. */
  private void begun(String text, Facts place) {
    var begun = BEGUN.matcher(text);
    if (begun.find()) {
      near.replace(new Facts().add("step", begun.group(1)));
      silent = false;
    }
    var build = OF_BUILD.matcher(text);
    if (place != near && !place.has("step") && build.find() && !text.contains("ERROR")) {
      place.add("step", build.group(1));
      silent = false;
    }
  }

  private Observation place(String text, String plain, String fact) {
    var own = new Facts().add(fact);
    return new Observation(source, line, text, plain, new BitSet(), own, new Facts(), false);
  }

  private void elapsed(String text) {
    var uploading = text.contains("pushing layers") || text.contains("exporting to image");
    var counts = "#IWEFD".indexOf(text.charAt(0)) >= 0;
    if ((counts && seconds(ELAPSED, text) >= LONG_RUN)
        || (uploading && seconds(UPLOADING, text) >= LONG_UPLOAD)) {
      all.add("long");
      silent = false;
    }
  }

  private static int seconds(Pattern counter, String text) {
    var found = counter.matcher(text);
    if (!found.find()) {
      return 0;
    }
    var first = found.group(1);
    return Integer.parseInt(first == null ? found.group(found.groupCount()) : first);
  }

  /** Whether a registry's answer stands in it that never comes where all goes well. */
  private static boolean refusal(Facts own) {
    return List.of("NAME_INVALID", "NAME_UNKNOWN", "TAG_INVALID", "DENIED").stream()
        .anyMatch(code -> own.has("code", code));
  }

  /** Carries a line's place (host, registry, path, repository) on to the lines behind it. */
  private void remember(Facts own) {
    var place = new Facts();
    for (var name :
        new String[] {
          "host", "registry", "run-by", "path", "ref", "masked-host", "hostless", "url-repository"
        }) {
      own.all(name).forEach(value -> place.add(name, value));
    }
    if (own.has("host")) {
      for (var name : Arrays.asList("registry", "run-by", "masked-host", "hostless")) {
        if (!own.has(name) && near.has(name)) {
          near.forget(name);
        }
      }
    }
    near.replace(place);
    for (var name :
        Arrays.asList(
            "host",
            "registry",
            "run-by",
            "login-host",
            "ref",
            "path",
            "flaw",
            "masked-host",
            "host-case",
            "variable-shown",
            "workflow-file")) {
      own.all(name).forEach(value -> all.add(name, value));
    }
  }
}
