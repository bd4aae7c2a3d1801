package dev.gantry.registry;

import dev.gantry.event.Event;
import dev.gantry.failure.Failure;
import dev.gantry.oci.Repository;
import dev.gantry.wire.Call;
import dev.gantry.wire.Endpoint;
import dev.gantry.wire.Exchange;
import dev.gantry.wire.Reply;
import dev.gantry.wire.Scope;
import dev.gantry.wire.Tries;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The line to one repository: where it is, what passes its calls on, what they may do, and at which
 * part of the walk they are made.
 *
 * @param actions what the repository is opened for: {@code pull}, {@code push}, {@code delete}
 * @param told warnings that were shown already
 */
record Line(
    Repository repository,
    Endpoint endpoint,
    Exchange exchange,
    Supplier<Tries> tries,
    List<String> actions,
    Failure.Stage stage,
    Consumer<Event> events,
    Set<String> told) {

  /** {@code 299 - "text"} (distribution-spec, "Warnings"). */
  private static final Pattern WARNING = Pattern.compile("299 - \"((?:[^\"\\\\]|\\\\.)*)\".*");

  /** Characters of a warning that are shown; the specification allows 4096 bytes. */
  private static final int WARNING_LENGTH = 4096;

  static Set<String> nothingTold() {
    return ConcurrentHashMap.newKeySet();
  }

  Line at(Failure.Stage other) {
    return new Line(repository, endpoint, exchange, tries, actions, other, events, told);
  }

  /** The same for fewer actions. */
  Line only(String... fewer) {
    return new Line(repository, endpoint, exchange, tries, List.of(fewer), stage, events, told);
  }

  /** A stateless call below the repository: {@code call("GET", "tags/list")}. */
  Call call(String method, String path) {
    return call(method, endpoint.at(repository.path() + "/" + path));
  }

  /** A stateless call to an address that the registry gave. */
  Call call(String method, URI url) {
    return Call.of(method, url, stage).with(List.of(scope()));
  }

  Scope scope() {
    return Scope.repository(repository.path(), actions.toArray(String[]::new));
  }

  /** Sends, and tells of the registry's warnings, each once. */
  Reply send(Call call) throws InterruptedException {
    var reply = exchange.send(call);
    for (var value : reply.headers().all("Warning")) {
      var warning = WARNING.matcher(value);
      if (warning.matches()) {
        var text = warning.group(1).replaceAll("\\\\(.)", "$1");
        tell(text.substring(0, Math.min(text.length(), WARNING_LENGTH)));
      }
    }
    return reply;
  }

  /** Tells something that stops nothing, once. */
  void tell(String text) {
    var line = repository.registry() + " says: " + text;
    if (told.add(line)) {
      events.accept(new Event.Noticed(line));
    }
  }

  /**
   * The address in {@code Location}, which may be relative or lead to another host, as sent back
   * for {@code reply} (distribution-spec, "Pushing a blob").
   *
   * @throws dev.gantry.failure.PublishException OffProtocol where there is none, or one that leads
   *     from HTTPS to plain HTTP or from outside into this machine
   */
  URI location(Reply reply) {
    var text =
        reply
            .header("Location")
            .orElseThrow(() -> reply.offProtocol("an upload was opened without a Location"));
    URI location;
    try {
      location = reply.url().resolve(URI.create(text));
    } catch (IllegalArgumentException _) {
      throw reply.offProtocol("the Location is no address");
    }
    var scheme = location.getScheme() == null ? "" : location.getScheme();
    if (location.getHost() == null || !Set.of("http", "https").contains(scheme)) {
      throw reply.offProtocol("the Location is no address of HTTP");
    }
    if (scheme.equals("http") && reply.url().getScheme().equals("https")) {
      throw reply.offProtocol("the Location leads from HTTPS to plain HTTP");
    }
    if (Endpoint.loopback(location) && !Endpoint.loopback(reply.url())) {
      throw reply.offProtocol("the Location leads into this machine");
    }
    return location;
  }
}
