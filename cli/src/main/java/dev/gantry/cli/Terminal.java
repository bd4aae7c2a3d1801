package dev.gantry.cli;

import dev.gantry.oci.Bytes;
import dev.gantry.oci.Json;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * Where a run reads from and writes to: results on stdout and nothing else there, all the rest on
 * stderr, both in UTF-8.
 */
public final class Terminal {
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;
  private final View view;
  private final Object writing = new Object();
  private int drawn;

  Terminal(
      InputStream in,
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      View view) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.environment = Map.copyOf(environment);
    this.view = view;
  }

  /** The same place, seen otherwise. */
  Terminal with(View other) {
    return new Terminal(in, out, err, environment, other);
  }

  public InputStream in() {
    return in;
  }

  public Map<String, String> environment() {
    return environment;
  }

  public Lang lang() {
    return view.lang();
  }

  View view() {
    return view;
  }

  /** Whether the result is to be one JSON document. */
  public boolean wantsJson() {
    return view.json();
  }

  /** One line of the result. */
  public void result(String line) {
    synchronized (writing) {
      wipe();
      out.print(line + "\n");
      out.flush();
    }
  }

  /** One line of the result for people. */
  public void result(Text text, Object... values) {
    result(text.in(view.lang(), values));
  }

  /** The result as bytes, just as they are. */
  public void bytes(Bytes bytes) {
    synchronized (writing) {
      wipe();
      out.writeBytes(bytes.toArray());
      out.flush();
    }
  }

  /** The result as a document on one line. */
  public void json(Json document) {
    result(document.compact());
  }

  /** One line beside the result, unless it shall be quiet. */
  public void note(Text text, Object... values) {
    if (!view.quiet()) {
      error(text.in(view.lang(), values));
    }
  }

  /** Lines on stderr in any case. */
  void error(String lines) {
    synchronized (writing) {
      wipe();
      err.print(lines + "\n");
      err.flush();
    }
  }

  /** Draws lines that the next drawing, or anything else that is written, replaces. */
  void draw(List<String> lines) {
    synchronized (writing) {
      var text = new StringBuilder(erased());
      lines.forEach(line -> text.append(line).append("\u001b[K\n"));
      err.print(text);
      err.flush();
      drawn = lines.size();
    }
  }

  private void wipe() {
    if (drawn > 0) {
      err.print(erased());
      err.flush();
      drawn = 0;
    }
  }

  private String erased() {
    return drawn == 0 ? "" : "\u001b[" + drawn + "A\u001b[J";
  }

  /** What is going on, shown as this run wants it. */
  public Progress progress() {
    return new Progress(this, System::nanoTime);
  }

  /** The words in bold, where that is possible. */
  String bold(String words) {
    return view.colours() ? "\u001b[1m" + words + "\u001b[0m" : words;
  }

  /** The words in red, where that is possible. */
  String red(String words) {
    return view.colours() ? "\u001b[1;31m" + words + "\u001b[0m" : words;
  }
}
