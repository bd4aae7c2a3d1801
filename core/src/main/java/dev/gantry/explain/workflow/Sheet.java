package dev.gantry.explain.workflow;

import dev.gantry.explain.log.Facts;
import dev.gantry.explain.log.Observation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The facts of a pipeline's file, each with its line. A fact {@code wf.name=value} brings {@code
 * at-name} (file:line), {@code of-name} (the value) and {@code job-name}, which remedies put into
 * their words; of facts with one name, those that may be a mistake come first.
 */
final class Sheet {
  private static final int MOST = 2_000;

  private final String source;
  private final List<String> lines;
  private final List<Observation> doubtful = new ArrayList<>();
  private final List<Observation> plain = new ArrayList<>();
  private final Set<String> said = new HashSet<>();
  private String job = "";

  Sheet(String source, List<String> lines) {
    this.source = source;
    this.lines = lines;
  }

  /** What is said from here on is about this job. */
  void about(Job now) {
    job = now.id();
  }

  /** A fact as it is. */
  void say(String name, String value, int line) {
    add(plain, name, value, line, "");
  }

  void say(String name, String value, int line, String note) {
    add(plain, name, value, line, note);
  }

  /** A fact that may be the reason of a failure. */
  void doubt(String name, String value, int line, String note) {
    add(doubtful, name, value, line, note);
  }

  private void add(List<Observation> to, String name, String value, int line, String note) {
    if (said.size() >= MOST || !said.add(name + "=" + value + "@" + line)) {
      return;
    }
    var own = new Facts().add("wf." + name, value);
    own.add("at-" + name, source + ":" + line).add("of-" + name, value);
    if (!job.isEmpty()) {
      own.add("job-" + name, job);
    }
    to.add(observation(line, note, own));
  }

  /** A fact about the run that the file gives away, such as the registry behind a mask. */
  void hint(String fact, int line) {
    if (said.size() < MOST && said.add(fact)) {
      plain.add(observation(line, "", new Facts().add(fact)));
    }
  }

  private Observation observation(int line, String note, Facts own) {
    var text = line > 0 && line <= lines.size() ? lines.get(line - 1).strip() : "";
    var shown = note.isEmpty() ? text : text.isEmpty() ? note : text + "  (" + note + ")";
    return new Observation(source, line, shown, "", new BitSet(), own, new Facts(), false);
  }

  List<Observation> all() {
    var all = new ArrayList<>(doubtful);
    all.addAll(plain);
    return List.copyOf(all);
  }
}
