package dev.gantry.explain.workflow;

import java.util.Locale;

/**
 * One value of a pipeline file with the path of keys that leads to it, as {@code
 * jobs.build.steps.2.with.tags}.
 *
 * @param line counted from 1
 */
record Entry(String path, String value, int line) {

  /** The last key. */
  String key() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** Whether the path ends with these keys. */
  boolean endsWith(String keys) {
    return path.equals(keys) || path.endsWith("." + keys);
  }

  String lower() {
    return value.toLowerCase(Locale.ROOT);
  }
}
