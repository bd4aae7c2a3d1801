package dev.gantry.explain.workflow;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A log on its way to its reader: remembers what it names as it passes, in memory that does not
 * grow with it. Of each line only the first 400 bytes are looked at.
 */
public final class Overheard extends FilterInputStream {
  private static final int HEAD = 400;
  private static final int MOST = 2_000;

  /** How far in a line the name of a job goes. */
  private static final int TABBED = 120;

  /**
   * First letters of Run, Complete job name, commands, groups, stages, colours, a mark of order.
   */
  private static final String BEGINNINGS = "RC$+#[\u001b\u00ef";

  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]{0,20}[A-Za-z]");
  private static final Pattern STAMP =
      Pattern.compile(
          "^\ufeff?\\[?\\d{4}-\\d{2}-\\d{2}T[0-9:.]{8,20}Z?\\]?[ \\t](?:\\d{2}[OE]\\+?[ \\t])?");
  private static final Pattern ACTION =
      Pattern.compile("^[\\w.-]{1,80}/[\\w./-]{1,120}@[\\w./-]{1,80}$");
  private static final Pattern STAGE = Pattern.compile("^\\[Pipeline] \\{ \\((.{1,200})\\)$");

  private final byte[] head = new byte[HEAD];
  private int filled;
  private final Set<String> jobs = new HashSet<>();
  private final Set<String> steps = new HashSet<>();
  private final Set<String> actions = new HashSet<>();
  private final Set<String> commands = new HashSet<>();

  public Overheard(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    var one = super.read();
    if (one >= 0) {
      pass((byte) one);
    }
    return one;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    var got = super.read(bytes, from, length);
    var end = from + got;
    for (var at = from; at < end; ) {
      var stop = at;
      while (stop < end && bytes[stop] != '\n') {
        stop++;
      }
      var kept = Math.min(stop - at, HEAD - filled);
      System.arraycopy(bytes, at, head, filled, kept);
      filled += kept;
      if (stop < end) {
        pass(bytes[stop]);
      }
      at = stop + 1;
    }
    return got;
  }

  private void pass(byte one) {
    if (one == '\n') {
      line();
      filled = 0;
    } else if (filled < HEAD) {
      head[filled++] = one;
    }
  }

  /** What was named so far. */
  public RunNames names() {
    line();
    filled = 0;
    return new RunNames(jobs, steps, actions, commands);
  }

  private void line() {
    if (filled < 3
        || !telling()
        || jobs.size() + steps.size() + actions.size() + commands.size() > MOST) {
      return;
    }
    var text = new String(head, 0, filled, StandardCharsets.UTF_8);
    text = COLOUR.matcher(text).replaceAll("").stripTrailing();
    var first = text.indexOf('\t');
    var second = first < 0 ? -1 : text.indexOf('\t', first + 1);
    if (first > 0 && second > first) { // "job<TAB>step<TAB>text", as gh run view prints it
      var rest = text.substring(second + 1);
      if (STAMP.matcher(rest).find()) {
        jobs.add(RunNames.plain(text.substring(0, first)));
        step(text.substring(first + 1, second));
        text = rest;
      }
    }
    said(STAMP.matcher(text).replaceFirst(""));
  }

  private void said(String text) {
    var line = text.startsWith("##[group]") ? text.substring(9) : text;
    var stage = STAGE.matcher(line);
    if (line.startsWith("Run ")) {
      run(line.substring(4).strip());
    } else if (line.startsWith("##[section]Starting: ")) {
      step(line.substring(21));
    } else if (line.startsWith("Complete job name: ")) {
      jobs.add(RunNames.plain(line.substring(19)));
    } else if (stage.matches()) {
      step(stage.group(1));
    } else if (line.startsWith("$ ") || line.startsWith("+ ")) {
      commands.add(line.substring(2).strip().toLowerCase(Locale.ROOT));
    }
  }

  /** Whether the line can begin with a name at all: most do not, and need no text made of them. */
  private boolean telling() {
    var at = 0;
    if (head[0] >= '0' && head[0] <= '9' && filled > 20 && head[4] == '-' && head[10] == 'T') {
      while (at < 40 && at < filled && head[at] != ' ' && head[at] != '\t') {
        at++;
      }
      at++;
    }
    if (at < filled && BEGINNINGS.indexOf(head[at] & 255) >= 0) {
      return true;
    }
    for (var next = at; next < filled && next < TABBED; next++) {
      if (head[next] == '\t') {
        return true;
      }
    }
    return false;
  }

  private void step(String name) {
    var bare = RunNames.plain(name);
    if (bare.startsWith("run ")) {
      run(name.strip().substring(4).strip());
    } else if (!bare.isEmpty() && !bare.equals("unknown step") && !bare.equals("set up job")) {
      steps.add(bare);
    }
  }

  private void run(String what) {
    var lower = what.toLowerCase(Locale.ROOT);
    (ACTION.matcher(what).matches() ? actions : commands).add(lower);
  }
}
