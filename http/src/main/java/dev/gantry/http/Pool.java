package dev.gantry.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Connections that wait for their next request. How many are open at a time is not limited here:
 * whoever sends decides that.
 */
final class Pool {
  private static final int KEPT_PER_ROUTE = 64;

  private record Waiting(Connection connection, long since) {}

  private final Map<Route, Deque<Waiting>> waiting = new HashMap<>();
  private final long idle;
  private boolean closed;

  Pool(Duration idle) {
    this.idle = idle.toNanos();
  }

  /** The one used last that is still good. */
  Optional<Connection> take(Route route) {
    while (true) {
      var next = poll(route);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      if (System.nanoTime() - next.get().since() < idle && next.get().connection().quiet()) {
        return Optional.of(next.get().connection());
      }
      next.get().connection().cut();
    }
  }

  private synchronized Optional<Waiting> poll(Route route) {
    var kept = waiting.get(route);
    return kept == null ? Optional.empty() : Optional.ofNullable(kept.pollFirst());
  }

  /** Takes a connection back, or cuts it when there are enough. */
  void give(Route route, Connection connection) {
    if (!kept(route, connection)) {
      connection.cut();
    }
  }

  private synchronized boolean kept(Route route, Connection connection) {
    var kept = waiting.computeIfAbsent(route, _ -> new ArrayDeque<>());
    if (closed || kept.size() >= KEPT_PER_ROUTE) {
      return false;
    }
    kept.addFirst(new Waiting(connection, System.nanoTime()));
    return true;
  }

  /** Cuts what has waited for too long. */
  void sweep() {
    old(System.nanoTime()).forEach(Connection::cut);
  }

  private synchronized List<Connection> old(long now) {
    var found = new ArrayList<Connection>();
    for (var kept : waiting.values()) {
      while (!kept.isEmpty() && now - kept.peekLast().since() >= idle) {
        found.add(kept.pollLast().connection());
      }
    }
    waiting.values().removeIf(Deque::isEmpty);
    return found;
  }

  /** Cuts everything and keeps nothing from now on. */
  void close() {
    all().forEach(Connection::cut);
  }

  private synchronized List<Connection> all() {
    closed = true;
    var found = waiting.values().stream().flatMap(Deque::stream).map(Waiting::connection).toList();
    waiting.clear();
    return found;
  }
}
