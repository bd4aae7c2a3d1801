package dev.gantry.source;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import java.io.EOFException;
import java.util.Locale;

/** The ways in which a source is refused: each one problem, at the stage of reading. */
final class Refusal {
  private static final String ALTERED = "content.digest-mismatch";

  private Refusal() {}

  static PublishException of(String cause, String what, String where, String todo) {
    return new PublishException(
        new Failure.Refused(Failure.Stage.READ, new Failure.Problem(cause, what, where, todo)));
  }

  /** Something for which the table of causes has no word. */
  static PublishException other(String what, String where, String todo) {
    return of("other", what, where, todo);
  }

  /** There is no such file, folder or entry. */
  static PublishException missing(String what, String where, String todo) {
    return of("name.local-image-missing", what, where, todo);
  }

  /** Bytes are not what their name or size says. */
  static PublishException altered(String what, String where) {
    return of(ALTERED, what, where, "make or copy it again; it was altered or cut off on its way");
  }

  /** Bytes came to an end too soon. */
  static PublishException ended(EOFException fault, String where) {
    return altered(String.valueOf(fault.getMessage()), where);
  }

  static PublishException noRoom(String what, long needed, long free, String where) {
    return of(
        "local.disk-full",
        what + " takes up to " + size(needed) + ", and " + size(free) + " are free",
        where,
        "make room there, or point XDG_CACHE_HOME at a larger disk");
  }

  /** Bytes for people: 1.5 MiB. */
  static String size(long bytes) {
    var units = new String[] {"B", "KiB", "MiB", "GiB", "TiB"};
    var value = (double) bytes;
    var unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }
}
