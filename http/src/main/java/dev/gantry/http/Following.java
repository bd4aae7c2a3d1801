package dev.gantry.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Goes from redirect to redirect up to the answer that is the caller's. */
final class Following {
  /** One request and its answer, wherever that points. */
  @FunctionalInterface
  interface Hop {
    Response send(Request request, List<Redirected> soFar) throws HttpFault, InterruptedException;
  }

  private final ClientSettings settings;
  private final Hop hop;

  Following(ClientSettings settings, Hop hop) {
    this.settings = settings;
    this.hop = hop;
  }

  Response send(Request request) throws HttpFault, InterruptedException {
    var redirects = new ArrayList<Redirected>();
    var current = request;
    while (true) {
      var answer = hop.send(current, redirects);
      var next = next(current, answer);
      if (next.isEmpty()) {
        return answer;
      }
      leave(answer);
      redirects.add(new Redirected(answer.status(), current.uri(), next.get().uri()));
      if (redirects.size() > settings.redirects()) {
        throw new HttpFault(
            HttpFault.Phase.RECEIVE,
            HttpFault.Kind.LIMIT,
            "more than " + settings.redirects() + " redirects",
            0);
      }
      current = next.get();
    }
  }

  private Optional<Request> next(Request request, Response answer) throws HttpFault {
    if (settings.redirects() == 0) {
      return Optional.empty();
    }
    try {
      return Redirects.next(request, answer, settings.downgrade());
    } catch (HttpFault useless) {
      answer.close();
      throw useless;
    }
  }

  private void leave(Response answer) throws InterruptedException {
    if (answer instanceof Answer ours) {
      ours.discard(settings.limits().drain());
    } else {
      answer.close();
    }
    Faults.ifInterrupted();
  }
}
