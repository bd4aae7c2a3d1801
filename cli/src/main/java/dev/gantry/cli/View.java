package dev.gantry.cli;

import java.util.Map;

/**
 * How a run shows what it has to show.
 *
 * @param json results as one JSON document
 * @param quiet nothing but results and errors
 * @param colours escape sequences are understood and wanted
 * @param width columns of the terminal
 */
record View(
    Lang lang, boolean json, boolean quiet, Progress.Style progress, boolean colours, int width) {

  /** What stands where nothing says how many columns there are. */
  static final int USUAL_WIDTH = 80;

  /**
   * The view by the surroundings alone: NO_COLOR (no-color.org) and TERM=dumb take the colours, CI
   * the bars; the launcher tells what it alone can see.
   *
   * @param terminal whether stderr is a terminal
   */
  static View of(Map<String, String> environment, boolean terminal, int width) {
    boolean dumb = environment.getOrDefault("TERM", "").equals("dumb");
    boolean live = terminal && !dumb && environment.getOrDefault("CI", "").isEmpty();
    return new View(
        Lang.of(environment),
        false,
        false,
        live ? Progress.Style.BARS : Progress.Style.LINES,
        terminal && !dumb && environment.getOrDefault("NO_COLOR", "").isEmpty(),
        width);
  }

  /** The same as the common options have it. */
  View with(Given given) {
    var style =
        switch (given.text("--progress").orElse("auto")) {
          case "plain" -> Progress.Style.LINES;
          case "json" -> Progress.Style.EVENTS;
          case "none" -> Progress.Style.NONE;
          default -> given.has("--quiet") ? Progress.Style.NONE : progress;
        };
    return new View(
        given.text("--lang").flatMap(Lang::of).orElse(lang),
        given.has("--json"),
        given.has("--quiet"),
        style,
        colours,
        width);
  }
}
