package dev.gantry.rehearsal.protocol;

import dev.gantry.http.Headers;
import dev.gantry.http.ServerExchange;
import java.io.InputStream;
import java.util.Optional;

/** A request of the API, understood. */
public record Asked(Operation operation, Route route, Query query, ServerExchange exchange) {

  public Headers headers() {
    return exchange.headers();
  }

  public InputStream body() {
    return exchange.body();
  }

  /** The repository it is about, if it is about one. */
  public Optional<String> repository() {
    return route instanceof Route.InRepository in ? Optional.of(in.repository()) : Optional.empty();
  }
}
