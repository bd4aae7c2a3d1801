package dev.gantry.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/** One request on a connection of our server. Used by the thread of that connection only. */
final class LiveExchange implements ServerExchange {
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Connection connection;
  private final ServerSettings settings;
  private final Outlet outlet;
  private final Head.OfRequest head;
  private final Framing framing;
  private final Incoming incoming;
  private final RequestBody body = new RequestBody();
  private boolean continueOwed;
  private boolean close;
  private boolean cut;
  private int status;
  private boolean answered;
  private boolean raw;
  private boolean finished;
  private long received;
  private long sent;

  /** Reads the head of the next request. */
  LiveExchange(Connection connection, ServerSettings settings) throws IOException {
    this.connection = connection;
    this.settings = settings;
    this.outlet = new Outlet(connection, settings.stall());
    this.head = Head.request(connection.in(), settings.limits());
    this.framing = Framing.of(head);
    this.incoming = new Incoming(connection.in(), framing, settings.limits());
    this.close = !Framing.keepsAlive(head);
    checkHost();
    var expect = head.headers().first("Expect");
    if (expect.isPresent() && !expect.get().equalsIgnoreCase("100-continue")) {
      throw BadMessage.unknown(417, "an expectation other than 100-continue");
    }
    this.continueOwed = expect.isPresent() && head.minor() == 1 && !incoming.ended();
  }

  private void checkHost() throws BadMessage {
    int hosts = head.headers().all("Host").size();
    if (hosts > 1 || (hosts == 0 && head.minor() == 1)) {
      throw BadMessage.syntax(hosts + " Host headers");
    }
  }

  @Override
  public String method() {
    return head.method();
  }

  @Override
  public String target() {
    return head.target();
  }

  @Override
  public String path() {
    var target = withoutAuthority();
    int question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  @Override
  public String query() {
    var target = withoutAuthority();
    int question = target.indexOf('?');
    return question < 0 ? "" : target.substring(question + 1);
  }

  /**
   * The target less scheme and authority, which a client of a proxy sends (RFC 9112 section 3.2.2).
   */
  private String withoutAuthority() {
    var target = head.target();
    int authority = target.indexOf("://");
    if (target.startsWith("/") || authority < 0) {
      return target;
    }
    int slash = target.indexOf('/', authority + 3);
    return slash < 0 ? "/" : target.substring(slash);
  }

  @Override
  public Headers headers() {
    return head.headers();
  }

  @Override
  public InputStream body() {
    return body;
  }

  @Override
  public OptionalLong bodyLength() {
    return switch (framing) {
      case Framing.None _ -> OptionalLong.of(0);
      case Framing.Sized sized -> OptionalLong.of(sized.length());
      case Framing.Chunked _, Framing.UntilClose _ -> OptionalLong.empty();
    };
  }

  @Override
  public SocketAddress remote() {
    return connection.remote();
  }

  @Override
  public boolean secure() {
    return connection.secured();
  }

  @Override
  public void respond(int code, Headers headers, Body content) throws IOException {
    var stream = content instanceof Body.Stream && content.length().isEmpty();
    begin(code, headers, content.length());
    if (mayHaveBody(code)) {
      if (stream && head.minor() == 0) {
        close = true;
        try (var in = ((Body.Stream) content).opener().open()) {
          in.transferTo(new AnswerBody(OptionalLong.empty(), false));
        }
      } else {
        outlet.send(
            content,
            total -> {
              sent = total;
              return true;
            });
      }
    }
    finished = true;
  }

  @Override
  public OutputStream respond(int code, Headers headers, OptionalLong length) throws IOException {
    begin(code, headers, length);
    return new AnswerBody(length, length.isEmpty() && head.minor() == 1);
  }

  private void begin(int code, Headers headers, OptionalLong length) throws IOException {
    if (answered) {
      throw new IllegalStateException("answered already: " + status);
    }
    answered = true;
    status = code;
    // A client that was not told to go on may send its body or not, and nobody can tell which.
    close |= continueOwed || head.method().equals("CONNECT") || tooMuchToDrain();
    var all = framed(code, headers, length);
    if (close && !all.has("Connection")) {
      all = all.plus("Connection", "close");
    }
    close |= all.all("Connection").stream().anyMatch(v -> v.equalsIgnoreCase("close"));
    outlet.write(Outlet.head("HTTP/1.1 " + code + " " + Reason.of(code), all));
  }

  /**
   * Whether more of the body is left than would be read for the sake of the connection. Then the
   * close is announced: a client that had sent all of it would think that it can be used again.
   */
  private boolean tooMuchToDrain() {
    var length = bodyLength();
    return !incoming.ended()
        && (length.isEmpty() || length.getAsLong() - received > settings.limits().drain());
  }

  private Headers framed(int code, Headers headers, OptionalLong length) {
    if (headers.has("Content-Length") || headers.has("Transfer-Encoding")) {
      boolean honest =
          length.isPresent()
              && headers.all("Content-Length").equals(List.of(Long.toString(length.getAsLong())));
      close |= mayHaveBody(code) && !honest;
      return headers;
    }
    if (code / 100 == 1 || code == 204 || code == 304) {
      return headers;
    }
    if (length.isPresent()) {
      return headers.plus("Content-Length", Long.toString(length.getAsLong()));
    }
    if (head.minor() == 0) {
      close = true;
      return headers;
    }
    return headers.plus("Transfer-Encoding", "chunked");
  }

  private boolean mayHaveBody(int code) {
    return !head.method().equals("HEAD") && code / 100 != 1 && code != 204 && code != 304;
  }

  @Override
  public OutputStream raw() {
    answered = true;
    raw = true;
    close = true;
    return connection.out();
  }

  @Override
  public boolean answered() {
    return answered;
  }

  @Override
  public void closeAfter() {
    close = true;
  }

  @Override
  public void cut() {
    cut = true;
    connection.reset();
  }

  int status() {
    return status;
  }

  long received() {
    return received;
  }

  long sent() {
    return sent;
  }

  boolean wasCut() {
    return cut;
  }

  /** Whether nothing of the request is still to come. */
  boolean wholeRead() {
    return incoming.ended() && connection.in().waiting() == 0;
  }

  boolean reusable() {
    return !close;
  }

  /** After the handler: an answer that was begun and not ended can only be cut off. */
  void finish() throws IOException {
    if (answered && !raw && !finished && !cut) {
      cut();
    }
  }

  /** Reads what the handler left of the body, within the limit; false when there is more. */
  boolean drain() throws IOException {
    long left = settings.limits().drain();
    var sink = new byte[8 << 10];
    while (!incoming.ended()) {
      int n = body.read(sink, 0, sink.length);
      left -= Math.max(n, 0);
      if (left < 0) {
        return false;
      }
    }
    return true;
  }

  private final class RequestBody extends InputStream {
    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (continueOwed && !answered) {
        outlet.write(CONTINUE);
      }
      continueOwed &= answered;
      connection.guard().within(settings.stall());
      int n = incoming.read(into, offset, length);
      connection.guard().rest();
      received += Math.max(n, 0);
      return n;
    }
  }

  private final class AnswerBody extends OutputStream {
    private final OptionalLong length;
    private final boolean chunked;
    private boolean closed;

    AnswerBody(OptionalLong length, boolean chunked) {
      this.length = length;
      this.chunked = chunked;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      if (length.isPresent() && sent + count > length.getAsLong()) {
        throw new IOException("more than the announced " + length.getAsLong() + " bytes");
      }
      sent += count;
      if (!mayHaveBody(status)) {
        return;
      }
      if (chunked) {
        outlet.chunk(bytes, offset, count);
      } else {
        outlet.write(bytes, offset, count);
      }
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      if (length.isPresent() && sent < length.getAsLong() && mayHaveBody(status)) {
        cut();
        return;
      }
      if (chunked && mayHaveBody(status)) {
        outlet.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      finished = true;
    }
  }
}
