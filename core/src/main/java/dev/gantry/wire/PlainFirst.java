package dev.gantry.wire;

import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Goes over to TLS where a loopback host that was spoken to in plain HTTP turns out to want it, and
 * remembers that. Other hosts are left alone: there, the scheme is the user's word.
 */
public final class PlainFirst implements Exchange {
  /** What servers say to plain HTTP on a TLS port, with status 400: Go, nginx, Apache httpd. */
  private static final Pattern WANTS_TLS =
      Pattern.compile(
          "(?i)HTTP request to an HTTPS server|plain HTTP request was sent to HTTPS port"
              + "|speaking plain HTTP to an SSL-enabled");

  private final Exchange inner;
  private final Set<String> secure = ConcurrentHashMap.newKeySet();

  public PlainFirst(Exchange inner) {
    this.inner = inner;
  }

  @Override
  public Reply send(Call call) throws InterruptedException {
    if (!call.url().getScheme().equals("http") || !Endpoint.loopback(call.url())) {
      return inner.send(call);
    }
    var host = Endpoint.authority(call.url());
    if (!secure.contains(host)) {
      var plain = inPlain(call);
      if (plain.isPresent()) {
        return plain.get();
      }
      secure.add(host);
    }
    return inner.send(call.to(URI.create("https" + call.url().toString().substring(4))));
  }

  /** The reply, or nothing if the host wants TLS. */
  private Optional<Reply> inPlain(Call call) throws InterruptedException {
    try {
      var reply = inner.send(call);
      if (reply.status() == 400 && wantsTls(reply)) {
        reply.close();
        return Optional.empty();
      }
      return Optional.of(reply);
    } catch (PublishException failed) {
      if (failed.failure() instanceof Failure.Unreachable(_, _, var why, _)
          && why == Failure.Why.HTTP_HTTPS) {
        return Optional.empty();
      }
      throw failed;
    }
  }

  private static boolean wantsTls(Reply reply) {
    return reply.evidence().answer().stream()
        .anyMatch(answer -> WANTS_TLS.matcher(answer.excerpt()).find());
  }
}
