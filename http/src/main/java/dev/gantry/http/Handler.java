package dev.gantry.http;

import java.io.IOException;

/** Answers the requests of a server; called on a virtual thread per connection. */
@FunctionalInterface
public interface Handler {
  /** Answers once. What it does not read of the body is drained or the connection is closed. */
  void handle(ServerExchange exchange) throws IOException, InterruptedException;
}
