package dev.gantry.rehearsal.fault;

import dev.gantry.http.Headers;
import dev.gantry.rehearsal.protocol.Operation;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads a line of the fault language, {@code OCCASION [#TURNS]: FAULT}. */
final class FaultLanguage {
  /** Longer than any client waits. */
  private static final Duration LONG = Duration.ofHours(1);

  private static final Map<String, Operation> OPERATIONS =
      Map.ofEntries(
          Map.entry("ping", Operation.PING),
          Map.entry("catalog", Operation.CATALOG),
          Map.entry("tags", Operation.LIST_TAGS),
          Map.entry("referrers", Operation.LIST_REFERRERS),
          Map.entry("manifest", Operation.PULL_MANIFEST),
          Map.entry("blob", Operation.PULL_BLOB),
          Map.entry("open", Operation.OPEN_UPLOAD),
          Map.entry("mount", Operation.MOUNT),
          Map.entry("chunk", Operation.CHUNK),
          Map.entry("finish", Operation.FINISH_UPLOAD),
          Map.entry("upload-status", Operation.UPLOAD_STATUS),
          Map.entry("cancel", Operation.CANCEL_UPLOAD),
          Map.entry("put-manifest", Operation.PUT_MANIFEST),
          Map.entry("delete-tag", Operation.DELETE_TAG),
          Map.entry("delete-manifest", Operation.DELETE_MANIFEST),
          Map.entry("delete-blob", Operation.DELETE_BLOB));

  /** Every step of sending a blob. */
  private static final Set<Operation> UPLOAD =
      Set.of(Operation.OPEN_UPLOAD, Operation.CHUNK, Operation.FINISH_UPLOAD);

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

  private FaultLanguage() {}

  static Mishap parse(String line) {
    int colon = colon(line);
    var left = line.substring(0, colon).strip();
    var turns = Turns.ALL;
    int hash = left.indexOf('#');
    if (hash >= 0) {
      turns = Turns.parse(left.substring(hash + 1).strip());
      left = left.substring(0, hash).strip();
    }
    return new Mishap(occasion(left, line), turns, fault(new Words(line.substring(colon + 1))));
  }

  /** The colon that ends the occasion: a path may have others, but no blank behind them. */
  private static int colon(String line) {
    int colon = line.indexOf(": ");
    if (colon < 0) {
      throw new IllegalArgumentException(
          "'" + line + "': write WHICH REQUESTS: WHAT, as in 'chunk #2: cut received 1M'");
    }
    return colon;
  }

  private static Occasion occasion(String text, String line) {
    var methods = new LinkedHashSet<String>();
    var operations = new LinkedHashSet<Operation>();
    var path = Optional.<String>empty();
    boolean any = false;
    for (var word : text.split("[\\s,]+", -1)) {
      if (word.startsWith("/")) {
        path = Optional.of(word);
      } else if (METHODS.contains(word.toUpperCase(Locale.ROOT))) {
        methods.add(word.toUpperCase(Locale.ROOT));
      } else if (OPERATIONS.containsKey(word)) {
        operations.add(OPERATIONS.get(word));
      } else if (word.equals("upload")) {
        operations.addAll(UPLOAD);
      } else if (word.equals("token")) {
        path = Optional.of("/token");
      } else if (word.equals("any")) {
        any = true;
      } else {
        throw new IllegalArgumentException(
            "'%s': '%s' is no request; there are any, token, upload, methods, paths that begin with / and %s"
                .formatted(line, word, String.join(", ", new TreeMap<>(OPERATIONS).keySet())));
      }
    }
    if (any && (path.isPresent() || !methods.isEmpty() || !operations.isEmpty())) {
      throw new IllegalArgumentException("'" + line + "': 'any' stands alone");
    }
    return new Occasion(methods, path.map(Occasion::glob), operations);
  }

  private static Fault fault(Words words) {
    var name = words.text("the fault");
    var fault =
        switch (name) {
          case "status" -> status(words);
          case "too-many" -> tooMany(words);
          case "html" -> new Fault.Html(words.status(502));
          case "full-disk" ->
              new Fault.FullDisk(words.status(500), words.take("after") ? words.size("after") : 0);
          case "read-only" -> new Fault.ReadOnly();
          case "cut" -> cut(words);
          case "stall" -> stall(words);
          case "slow" -> slow(words);
          case "drop" -> new Fault.Drop();
          case "wrong-digest" -> new Fault.WrongDigest();
          case "damage" -> received(words) ? new Fault.DamageReceived() : new Fault.DamageSent();
          case "expire-tokens" -> new Fault.ExpireTokens();
          case "lose-sessions" -> new Fault.LoseSessions();
          case "out-of-order" -> new Fault.OutOfOrder();
          case "no-location" -> new Fault.NoLocation();
          case "location" -> location(words);
          case "restart" -> restart(words);
          default -> throw words.wrong("'" + name + "' is no fault");
        };
    words.end();
    return fault;
  }

  private static Fault status(Words words) {
    int status = words.status(0);
    if (status < 200) {
      throw words.wrong("status takes a number from 200 to 599");
    }
    var headers = Headers.NONE;
    var body = "";
    while (!words.atEnd()) {
      if (words.take("header")) {
        var header = words.text("a header");
        int colon = header.indexOf(':');
        if (colon < 1) {
          throw words.wrong("a header is written \"Name: value\"");
        }
        headers = headers.plus(header.substring(0, colon), header.substring(colon + 1).strip());
      } else if (words.take("body")) {
        body = words.text("a body");
      } else {
        words.end();
      }
    }
    return new Fault.Status(status, headers, body);
  }

  private static Fault tooMany(Words words) {
    if (words.take("date")) {
      return new Fault.TooMany(words.number("seconds ahead"), true);
    }
    return new Fault.TooMany(words.atEnd() ? 1 : words.number("seconds"), false);
  }

  private static boolean received(Words words) {
    if (words.take("received")) {
      return true;
    }
    if (words.take("sent")) {
      return false;
    }
    throw words.wrong("say received or sent");
  }

  private static Fault cut(Words words) {
    boolean received = received(words);
    long after = words.size("bytes");
    return received ? new Fault.CutReceived(after) : new Fault.CutSent(after);
  }

  private static Fault stall(Words words) {
    boolean received = received(words);
    long after = words.size("bytes");
    var time = words.take("for") ? words.time("the time") : LONG;
    return received ? new Fault.StallReceived(after, time) : new Fault.StallSent(after, time);
  }

  private static Fault slow(Words words) {
    long rate = words.size("bytes a second");
    if (rate == 0) {
      throw words.wrong("0 bytes a second is 'stall'");
    }
    return new Fault.Slow(rate);
  }

  private static Fault location(Words words) {
    var text = words.text("the origin");
    try {
      var origin = URI.create(text);
      if (origin.getScheme() != null && origin.getRawAuthority() != null) {
        return new Fault.MoveLocation(origin);
      }
      throw words.wrong("an origin is written http://HOST:PORT");
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          words.wrong("an origin is written http://HOST:PORT").getMessage(), e);
    }
  }

  private static Fault restart(Words words) {
    long after = words.take("after") ? words.size("after") : 0;
    return new Fault.Restart(after, words.take("losing-sessions"));
  }
}
