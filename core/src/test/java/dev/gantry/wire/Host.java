package dev.gantry.wire;

import dev.gantry.http.Body;
import dev.gantry.http.Headers;
import dev.gantry.http.HttpServer;
import dev.gantry.http.ServerExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A real server on a loopback port that answers by a script: what was queued for a method and path,
 * in turn, the last of them again and again.
 */
public final class Host implements AutoCloseable {

  /** One request as it came. */
  public record Seen(String method, String target, Headers headers, byte[] body) {
    public String line() {
      return method + " " + target;
    }

    public Optional<String> authorization() {
      return headers.first("Authorization");
    }
  }

  /** Answers a request. */
  @FunctionalInterface
  public interface Answer {
    void to(ServerExchange exchange, Seen seen) throws IOException;
  }

  private record Rule(String method, String path, Deque<Answer> answers) {}

  private final HttpServer server;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  public Host() {
    try {
      server = HttpServer.start(this::handle);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What to answer to a method on a path (without its query). */
  public Host on(String method, String path, Answer... answers) {
    rules.addFirst(new Rule(method, path, new ArrayDeque<>(List.of(answers))));
    return this;
  }

  /** An answer without a body. */
  public static Answer status(int status, String... headers) {
    return body(status, "", headers);
  }

  /** An answer with a body. */
  public static Answer body(int status, String body, String... headers) {
    return (exchange, _) ->
        exchange.respond(
            status, Headers.of(headers), new Body.Bytes(body.getBytes(StandardCharsets.UTF_8)));
  }

  /** The connection is cut before any answer. */
  public static Answer cut() {
    return (exchange, _) -> exchange.cut();
  }

  private void handle(ServerExchange exchange) throws IOException {
    var body = exchange.body().readAllBytes();
    var request = new Seen(exchange.method(), exchange.target(), exchange.headers(), body);
    seen.add(request);
    answer(exchange).to(exchange, request);
  }

  private synchronized Answer answer(ServerExchange exchange) {
    for (var rule : rules) {
      if (rule.method().equals(exchange.method()) && rule.path().equals(exchange.path())) {
        return rule.answers().size() > 1 ? rule.answers().poll() : rule.answers().peek();
      }
    }
    return body(404, "{\"errors\":[{\"code\":\"NAME_UNKNOWN\",\"message\":\"no script\"}]}");
  }

  public URI uri() {
    return server.uri();
  }

  /** Host and port. */
  public String name() {
    return server.uri().getAuthority();
  }

  /** Everything that came, in order. */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** Method and target of everything that came. */
  public List<String> lines() {
    return seen.stream().map(Seen::line).toList();
  }

  /** How many requests had this method and path. */
  public long count(String method, String path) {
    return seen.stream()
        .filter(one -> one.method().equals(method) && one.target().split("\\?", 2)[0].equals(path))
        .count();
  }

  @Override
  public void close() {
    server.close();
  }
}
