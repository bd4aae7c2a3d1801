package dev.gantry.cli;

import dev.gantry.event.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What is going on, shown: bars on a terminal, a line every few seconds in a log, or the events
 * themselves. Takes events from any thread.
 */
public final class Progress implements Consumer<Event> {

  /** How it is shown. */
  enum Style {
    BARS,
    LINES,
    EVENTS,
    NONE
  }

  private static final long SECOND = 1_000_000_000L;

  /** Between two drawings, in nanoseconds: enough for the eye. */
  private static final long DRAWING = SECOND / 10;

  /** Between two lines of a log, in nanoseconds. */
  private static final long LINE = 5 * SECOND;

  /** What the rate is measured over, in nanoseconds. */
  private static final long WINDOW = 8 * SECOND;

  /** How many blobs are drawn at once; the rest is in the sum. */
  private static final int MOST_BARS = 8;

  private final Terminal terminal;
  private final LongSupplier nanos;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final ArrayDeque<Point> points = new ArrayDeque<>();
  private long shown;
  private String retry = "";
  private String stage = "";

  private record Point(long at, long bytes) {}

  /** One blob on its way, or one layer being compressed. */
  private record Row(String name, long done, long size, boolean sending, boolean ended) {
    Row at(long bytes) {
      return new Row(name, Math.min(bytes, size), size, sending, ended);
    }

    Row over() {
      return new Row(name, size, size, sending, true);
    }
  }

  Progress(Terminal terminal, LongSupplier nanos) {
    this.terminal = terminal;
    this.nanos = nanos;
    this.shown = nanos.getAsLong();
  }

  @Override
  public synchronized void accept(Event event) {
    switch (terminal.view().progress()) {
      case NONE -> {}
      case EVENTS -> written(event, EventJson.of(event).compact());
      case LINES -> {
        said(event);
        counted(event);
        if (nanos.getAsLong() - shown >= LINE && !rows.isEmpty()) {
          shown = nanos.getAsLong();
          terminal.error(sum());
        }
      }
      case BARS -> {
        said(event);
        counted(event);
        if (nanos.getAsLong() - shown >= DRAWING) {
          shown = nanos.getAsLong();
          terminal.draw(bars());
        }
      }
    }
  }

  /** Events of bytes come by the thousand; one every half second for each style is enough. */
  private void written(Event event, String line) {
    boolean flood = event instanceof Event.BlobAdvanced || event instanceof Event.Compressing;
    if (!flood || nanos.getAsLong() - shown >= SECOND / 2) {
      shown = flood ? nanos.getAsLong() : shown;
      terminal.error(line);
    }
  }

  /** The events that are worth a line of their own. */
  private void said(Event event) {
    var lang = terminal.lang();
    switch (event) {
      case Event.Reached reached -> {
        stage = Chinese.of(reached.text(), lang);
        terminal.error(stage);
      }
      case Event.TagMoved moved ->
          terminal.error(
              new Text("tag {0} → {1}", "标签 {0} → {1}")
                  .in(lang, moved.in() + ":" + moved.tag(), moved.to()));
      case Event.Retrying retrying -> {
        var line =
            new Text("{0}: again in {1} s (attempt {2})", "{0}：{1} 秒后重试（第 {2} 次）")
                .in(
                    lang,
                    Chinese.of(retrying.why(), lang),
                    Math.max(1, retrying.pause().toSeconds()),
                    retrying.attempt());
        if (!line.equals(retry)) { // what hits one blob mostly hits all that are under way
          retry = line;
          terminal.error(line);
        }
      }
      case Event.Noticed noticed -> terminal.error(Chinese.of(noticed.text(), lang));
      case Event.BlobStarted _,
          Event.BlobAdvanced _,
          Event.BlobDone _,
          Event.ManifestDone _,
          Event.Compressing _ -> {}
    }
  }

  private void counted(Event event) {
    switch (event) {
      case Event.BlobStarted started ->
          rows.put(
              key(started.to(), started.blob().digest()),
              new Row(shortly(started.blob().digest()), 0, started.blob().size(), true, false));
      case Event.BlobAdvanced advanced -> {
        rows.computeIfPresent(
            key(advanced.to(), advanced.blob().digest()), (_, row) -> row.at(advanced.bytes()));
        measured();
      }
      case Event.BlobDone done ->
          rows.computeIfPresent(key(done.to(), done.blob().digest()), (_, row) -> row.over());
      case Event.Compressing compressing -> {
        var row =
            new Row(
                shortly(compressing.diffId()),
                compressing.bytes(),
                compressing.total(),
                false,
                false);
        rows.put(
            "compressing " + compressing.diffId(),
            compressing.bytes() >= compressing.total() ? row.over() : row);
      }
      case Event.Reached _,
          Event.ManifestDone _,
          Event.TagMoved _,
          Event.Retrying _,
          Event.Noticed _ -> {}
    }
  }

  private static String key(Object repository, Object digest) {
    return repository + " " + digest;
  }

  private static String shortly(Object digest) {
    var text = digest.toString();
    int from = text.indexOf(':') + 1;
    return text.substring(from, Math.min(text.length(), from + 12));
  }

  private void measured() {
    long now = nanos.getAsLong();
    points.addLast(new Point(now, sent()));
    while (points.size() > 2 && now - points.getFirst().at() > WINDOW) {
      points.removeFirst();
    }
  }

  private long sent() {
    return rows.values().stream().filter(Row::sending).mapToLong(Row::done).sum();
  }

  /** Bytes a second over the last few seconds; 0 while that cannot be told. */
  private long rate() {
    if (points.size() < 2) {
      return 0;
    }
    long span = points.getLast().at() - points.getFirst().at();
    long bytes = points.getLast().bytes() - points.getFirst().bytes();
    return span <= 0 ? 0 : (long) (bytes / (span / (double) SECOND));
  }

  /** {@code 3/7 blobs, 12.0 MB of 40.0 MB, 4.0 MB/s, 7 s left}. */
  private String sum() {
    var blobs = rows.values().stream().filter(Row::sending).toList();
    long total = blobs.stream().mapToLong(Row::size).sum();
    long rate = rate();
    var line =
        new Text("{0}/{1} blobs, {2} of {3}", "{0}/{1} 个 blob，{2} / {3}")
            .in(
                terminal.lang(),
                blobs.stream().filter(Row::ended).count(),
                blobs.size(),
                Columns.bytes(sent()),
                Columns.bytes(total));
    if (rate > 0 && total > sent()) {
      line +=
          new Text(", {0}/s, {1} s left", "，{0}/s，剩余 {1} 秒")
              .in(terminal.lang(), Columns.bytes(rate), (total - sent()) / rate + 1);
    }
    return line;
  }

  private List<String> bars() {
    var lines = new ArrayList<String>();
    rows.values().stream()
        .filter(row -> !row.ended())
        .limit(MOST_BARS)
        .forEach(row -> lines.add(bar(row)));
    if (!rows.isEmpty()) {
      lines.add(Columns.cut(sum(), terminal.view().width() - 1));
    }
    return lines;
  }

  private String bar(Row row) {
    int room = Math.clamp(terminal.view().width() - 50L, 10, 40);
    int full = row.size() == 0 ? room : (int) (row.done() * room / row.size());
    var verb = row.sending() ? new Text("sending", "上传") : new Text("packing", "压缩");
    return Columns.cut(
        Columns.padded(verb.in(terminal.lang()), 8)
            + row.name()
            + " ["
            + "=".repeat(full)
            + " ".repeat(room - full)
            + "] "
            + Columns.bytes(row.done())
            + " / "
            + Columns.bytes(row.size()),
        terminal.view().width() - 1);
  }
}
