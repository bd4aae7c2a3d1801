package dev.gantry.rehearsal.fault;

import dev.gantry.http.Body;
import dev.gantry.http.Headers;
import dev.gantry.http.ServerExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** An exchange on which faults work in both directions. */
final class FaultyExchange implements ServerExchange {
  private static final String OTHER_DIGEST = "sha256:" + "0".repeat(64);

  private final ServerExchange exchange;
  private final List<Fault> faults;
  private final Control control;
  private final InputStream body;

  FaultyExchange(ServerExchange exchange, List<Fault> faults, Control control) {
    this.exchange = exchange;
    this.faults = List.copyOf(faults);
    this.control = control;
    this.body = new FaultyBody(exchange.body(), this.faults, control);
  }

  @Override
  public String method() {
    return exchange.method();
  }

  @Override
  public String target() {
    return exchange.target();
  }

  @Override
  public String path() {
    return exchange.path();
  }

  @Override
  public String query() {
    return exchange.query();
  }

  @Override
  public Headers headers() {
    return has(Fault.OutOfOrder.class)
        ? exchange.headers().without("Content-Range")
        : exchange.headers();
  }

  @Override
  public InputStream body() {
    return body;
  }

  @Override
  public OptionalLong bodyLength() {
    return exchange.bodyLength();
  }

  @Override
  public SocketAddress remote() {
    return exchange.remote();
  }

  @Override
  public boolean secure() {
    return exchange.secure();
  }

  @Override
  public boolean answered() {
    return exchange.answered();
  }

  @Override
  public void closeAfter() {
    exchange.closeAfter();
  }

  @Override
  public void cut() {
    exchange.cut();
  }

  @Override
  public OutputStream raw() {
    return exchange.raw();
  }

  @Override
  public OutputStream respond(int status, Headers headers, OptionalLong length) throws IOException {
    return exchange.respond(status, changed(headers), length);
  }

  @Override
  public void respond(int status, Headers headers, Body content) throws IOException {
    if (has(Fault.Drop.class)) {
      exchange.cut();
      throw new ScriptedCut("the work is done and the answer dropped");
    }
    var cut = find(Fault.CutSent.class);
    if (cut.isPresent()) {
      cutAfter(cut.get().after(), status, changed(headers), content);
    } else if (has(Fault.StallSent.class) || has(Fault.Slow.class) || has(Fault.DamageSent.class)) {
      try {
        send(status, changed(headers), content);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted within a scripted fault");
      }
    } else {
      exchange.respond(status, changed(headers), content);
    }
  }

  private Headers changed(Headers headers) {
    var changed = headers;
    if (has(Fault.WrongDigest.class) && headers.has("Docker-Content-Digest")) {
      changed = changed.with("Docker-Content-Digest", OTHER_DIGEST);
    }
    if (has(Fault.NoLocation.class)) {
      changed = changed.without("Location");
    }
    var move = find(Fault.MoveLocation.class);
    var location = changed.first("Location");
    if (move.isPresent() && location.isPresent()) {
      changed = changed.with("Location", moved(location.get(), move.get().origin()));
    }
    return changed;
  }

  private static String moved(String location, URI origin) {
    var path = URI.create(location).getRawPath();
    var query = Optional.ofNullable(URI.create(location).getRawQuery());
    return origin.getScheme()
        + "://"
        + origin.getRawAuthority()
        + path
        + query.map(text -> "?" + text).orElse("");
  }

  /** Announces everything, sends a part and closes: no reset, so that the part arrives. */
  private void cutAfter(long after, int status, Headers headers, Body content) throws IOException {
    long length = content.length().orElse(0);
    long count = Math.min(after, length);
    byte[] part;
    try (var in = open(content)) {
      part = in.readNBytes(Math.toIntExact(count));
    }
    exchange.respond(
        status,
        headers.with("Content-Length", Long.toString(length)),
        count == 0 ? Body.NONE : new Body.Bytes(part));
    exchange.closeAfter();
  }

  private void send(int status, Headers headers, Body content)
      throws IOException, InterruptedException {
    var stall = find(Fault.StallSent.class);
    long limit = stall.map(Fault.StallSent::after).orElse(Long.MAX_VALUE);
    var pace = Pace.of(faults, control);
    boolean damaged = !has(Fault.DamageSent.class);
    var buffer = new byte[1 << 16];
    long count = 0;
    try (var in = open(content);
        var out = exchange.respond(status, headers, content.length())) {
      while (count < limit) {
        long most = Math.min(limit - count, pace.piece(buffer.length));
        int n = in.read(buffer, 0, Math.toIntExact(most));
        if (n < 0) {
          return;
        }
        if (!damaged) {
          buffer[0] ^= 1;
          damaged = true;
        }
        out.write(buffer, 0, n);
        out.flush();
        count += n;
        pace.hold(count);
      }
      if (stall.isPresent()) {
        control.pause(stall.get().time());
        exchange.cut();
      }
    }
  }

  private static InputStream open(Body content) throws IOException {
    return switch (content) {
      case Body.Empty _ -> InputStream.nullInputStream();
      case Body.Bytes(var bytes) -> new ByteArrayInputStream(bytes);
      case Body.Stream(var opener, _) -> opener.open();
      case Body.FileRegion(var file, long offset, long count) -> {
        var channel = FileChannel.open(file);
        channel.position(offset);
        yield new Stretch(Channels.newInputStream(channel), count);
      }
    };
  }

  private boolean has(Class<? extends Fault> kind) {
    return faults.stream().anyMatch(kind::isInstance);
  }

  private <F extends Fault> Optional<F> find(Class<F> kind) {
    return faults.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  /** The first bytes of a stream. */
  private static final class Stretch extends InputStream {
    private final InputStream in;
    private long left;

    Stretch(InputStream in, long count) {
      this.in = in;
      this.left = count;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int n = in.read(into, offset, Math.toIntExact(Math.min(length, left)));
      left -= Math.max(n, 0);
      return n;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
